package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.data.SeriesSet;
import io.carousel.model.Model;
import io.carousel.task.FitOptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The fifth promise: a forecast that is no number does not pass. */
class FiniteForecastTest {
    private static final SeriesSet SET = Examples.monthly("units", Examples.sales(96, 1));

    private static Forecaster fit(ForecastSpec.Builder spec) {
        return Forecaster.fit(SET, spec.horizon(3).build(), Examples.quick(), FitOptions.defaults())
                .forecaster();
    }

    @Test
    void promiseFiveAForecastThatOverflowsIsAnErrorThatNamesSeriesStepAndRemedy() throws Exception {
        Model model = fit(Examples.small("units").log(LogScale.LOG).level(LevelRemoval.LAST))
                .model();
        ObjectNode task = model.task();
        ((ObjectNode) task.at("/numbers")).put("scale", 1e100);
        Forecaster wild = Forecaster.of(Model.of(model.network(), task, model.provenance()), "m.carousel");
        model.network()
                .parameters()
                .get("linear.bias")
                .tensor()
                .data()[model.network().parameters().get("linear.bias").offset()] = 1;

        assertThatThrownBy(() -> wild.predict(SET))
                .isInstanceOf(DataException.class)
                .hasMessageMatching(
                        "forecast of series 'sales', step [123] after 1997-12, must be finite, got Infinity;"
                                + " check the rows before for values far from those of the training, or fit without a log");
        assertThatThrownBy(() -> wild.evaluate(SET))
                .isInstanceOf(DataException.class)
                .hasMessageMatching(
                        "forecast of series 'sales', step [123] after 199\\d-\\d\\d, must be finite, got .*");
    }

    @Test
    void rowsFarBeyondThoseOfTheTrainingAreRefusedAndNotTurnedIntoNaN() {
        double[] values = Examples.sales(96, 1);
        values[95] = 1e300;
        Forecaster forecaster = fit(Examples.small("units").log(LogScale.NONE).level(LevelRemoval.NONE));

        assertThatThrownBy(() -> forecaster.predict(Examples.monthly("units", values)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("step 1 after 1997-12, must be finite, got ");
        assertThat(forecaster.predict(SET).get(0).point()).allMatch(Double::isFinite);
    }
}
