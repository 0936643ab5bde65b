package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.loss.HuberLoss;
import io.carousel.loss.QuantileLoss;
import io.carousel.loss.SquaredLoss;
import io.carousel.model.Json;
import io.carousel.task.FitOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastSpecTest {
    @Test
    void defaultsAreThese() {
        ForecastSpec spec = ForecastSpec.builder("units").build();

        assertThat(spec.horizon()).isEqualTo(1);
        assertThat(spec.hidden()).isEqualTo(32);
        assertThat(spec.layers()).isEqualTo(1);
        assertThat(spec.members()).isEqualTo(3);
        assertThat(spec.dropout()).isEqualTo(0.3);
        assertThat(spec.quantiles()).containsExactly(0.1, 0.5, 0.9);
        assertThat(spec.mode()).isEqualTo(ForecastMode.DIRECT);
        assertThat(spec.refit()).isTrue();
        assertThat(spec.trainingLoss()).isEqualTo(QuantileLoss.of(0.1, 0.5, 0.9));
    }

    @Test
    void withoutQuantilesTheLossIsSquared() {
        ForecastSpec spec = ForecastSpec.builder("units").quantiles(List.of()).build();

        assertThat(spec.trainingLoss()).isEqualTo(new SquaredLoss());
    }

    @Test
    void specPrintsAsJsonAndReadsBackEqual() throws Exception {
        ForecastSpec spec = ForecastSpec.builder("units")
                .time("day")
                .key("shop")
                .inputs(List.of("weather"))
                .futureInputs(List.of("price", "holiday"))
                .horizon(7)
                .season(7)
                .window(28)
                .loss(new HuberLoss(2))
                .log(LogScale.LOG1P)
                .level(LevelRemoval.SEASON)
                .windowScale(true)
                .harmonics(3)
                .build();

        assertThat(Json.read(Json.write(spec), ForecastSpec.class, "test")).isEqualTo(spec);
        ForecastSpec plain = ForecastSpec.builder("units").build();
        assertThat(Json.read(Json.write(plain), ForecastSpec.class, "test")).isEqualTo(plain);
    }

    @Test
    void harmonicsFasterThanTwoRowsAreRefused() {
        assertThat(ForecastSpec.builder("units").season(7).harmonics(3).build().harmonics())
                .isEqualTo(3);
        assertThatThrownBy(() ->
                        ForecastSpec.builder("units").season(7).harmonics(4).build())
                .hasMessage("harmonics must be at most 3, half of season 7, got 4; give fewer, or name the season");
        assertThatThrownBy(() -> ForecastSpec.builder("units").harmonics(-1).build())
                .hasMessage("harmonics must not be negative, got -1");
        assertThatThrownBy(() -> Forecaster.fit(
                        Examples.monthly("units", Examples.sales(96, 1)),
                        Examples.small("units").harmonics(7).build(),
                        Examples.quick(),
                        FitOptions.defaults()))
                .hasMessage("harmonics must be at most 6, half of season 12, got 7; give fewer, or name the season");
    }

    @Test
    void columnNamedTwiceIsRefused() {
        assertThatThrownBy(() ->
                        ForecastSpec.builder("units").inputs(List.of("units")).build())
                .hasMessage("target, inputs and future inputs must be different columns, got target units,"
                        + " inputs [units], future inputs []; name each once");
    }

    @Test
    void aCellThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> ForecastSpec.builder("units").cell("lsdm").build())
                .hasMessageStartingWith("cell must be one of [coupled, ")
                .hasMessageEndingWith(", got lsdm; name one of them, or put the cell of that name on the class path");
        assertThatThrownBy(() ->
                        ForecastSpec.builder("units").cell("slstm:heads=5").build())
                .hasMessageStartingWith("heads of cell slstm must divide the hidden size 32, got 5");
        assertThatThrownBy(() -> ForecastSpec.builder("units").cell("time-lstm").build())
                .hasMessage(
                        "cell of a forecast must not need the time since the last step, got time-lstm; the steps of "
                                + "a series are evenly spaced: use lstm");
    }

    @Test
    void numbersOutsideOfTheirRangeAreRefused() {
        assertThatThrownBy(() -> ForecastSpec.builder("units").horizon(0).build())
                .hasMessage("horizon must be at least 1, got 0");
        assertThatThrownBy(() ->
                        ForecastSpec.builder("units").hidden(2_000_000_000).build())
                .hasMessage("hidden must be at most 16384, got 2000000000");
        assertThatThrownBy(() ->
                        ForecastSpec.builder("units").layers(2_000_000_000).build())
                .hasMessage("layers must be at most 64, got 2000000000");
        assertThatThrownBy(() -> ForecastSpec.builder("units").members(1001).build())
                .hasMessage("members must be at most 1000, got 1001");
        assertThatThrownBy(() -> ForecastSpec.builder("units").dropout(1).build())
                .hasMessage("dropout must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> ForecastSpec.builder("units")
                        .quantiles(List.of(0.9, 0.1))
                        .build())
                .hasMessageContaining("quantile levels must ascend");
        assertThatThrownBy(() -> FitOptions.defaults().withThreads(0)).hasMessage("threads must be at least 1, got 0");
    }
}
