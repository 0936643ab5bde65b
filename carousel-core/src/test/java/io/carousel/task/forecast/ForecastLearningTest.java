package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.SharedData;
import io.carousel.data.CsvSeriesReader;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.task.FitOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastLearningTest {
    private static ForecastEvaluation evaluate(SeriesSet set, ForecastSpec spec) {
        return Forecaster.fit(set, spec, Forecaster.defaultPlan(set), FitOptions.defaults())
                .forecaster()
                .evaluate(set);
    }

    @Test
    void aSeasonAndATrendAreForecastBetterThanByAnyNaiveMethod() {
        SeriesSet set = Examples.monthly("units", Examples.sales(144, 1));

        ForecastEvaluation evaluation = evaluate(
                set, ForecastSpec.builder("units").horizon(12).hidden(16).build());

        assertThat(evaluation.beatsBestNaive()).isTrue();
        assertThat(evaluation.metrics().mase()).isLessThan(0.5);
        assertThat(evaluation.metrics().get("coverage80")).isBetween(0.5, 1.0);
        assertThat(evaluation.verdict()).startsWith("The network beats the best naive method");
    }

    /** The figure to beat is 22; a linear autoregression on logs reaches 20.55, tutorials with LSTMs 47.5. */
    @Test
    void airlinePassengersAreForecastAMonthAheadWithAnErrorBelow22() {
        SeriesSet set =
                CsvSeriesReader.builder().build().read(SharedData.file("classic-univariate/airline-passengers.csv"));

        ForecastEvaluation evaluation = evaluate(
                set,
                ForecastSpec.builder("Passengers")
                        .window(12)
                        .testRows(48)
                        .quantiles(List.of())
                        .build());

        assertThat(evaluation.examples()).isEqualTo(48);
        assertThat(evaluation.metrics().rmse()).isLessThanOrEqualTo(22);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noSkillIsClaimedOnARandomWalk(long seed) {
        SeriesSet set = SeriesSet.of(Series.of("price", Examples.randomWalk(400, seed)));

        ForecastEvaluation evaluation =
                evaluate(set, ForecastSpec.builder("price").horizon(5).hidden(8).build());

        assertThat(evaluation.beatsBestNaive()).isFalse();
        assertThat(evaluation.verdict()).contains("naive method");
    }
}
