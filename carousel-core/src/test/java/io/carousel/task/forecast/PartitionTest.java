package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.data.SeriesSet;
import org.junit.jupiter.api.Test;

class PartitionTest {
    private static Partition of(int rows, ForecastSpec.Builder builder) {
        ForecastSpec spec = builder.build();
        SeriesSet set = Examples.monthly("units", Examples.sales(rows, 1));
        return new Partition(set.list(), TargetSeries.of(set.list(), spec), spec);
    }

    @Test
    void lastFifthIsTheTestAndAFifthOfTheRestTheValidation() {
        SeriesSplit split = of(144, ForecastSpec.builder("units")).splits().get(0);

        assertThat(split.testFrom()).isEqualTo(116);
        assertThat(split.validationFrom()).isEqualTo(93);
        assertThat(split.trainedUntil()).isEqualTo("1999-08");
    }

    @Test
    void bothPartsHoldAWholeHorizon() {
        SeriesSplit split =
                of(144, ForecastSpec.builder("units").horizon(30)).splits().get(0);

        assertThat(split.testFrom()).isEqualTo(114);
        assertThat(split.validationFrom()).isEqualTo(84);
    }

    @Test
    void seasonIsTheUsualOneOfTheStepAndTheWindowHoldsTwoOfThem() {
        Partition months = of(144, ForecastSpec.builder("units"));

        assertThat(months.season()).isEqualTo(12);
        assertThat(months.window()).isEqualTo(24);
    }

    @Test
    void seriesShorterThanThreeSeasonsHasNone() {
        assertThat(of(40, ForecastSpec.builder("units")).season()).isEqualTo(1);
    }

    @Test
    void windowOfAShortSeriesIsShorter() {
        assertThat(of(48, ForecastSpec.builder("units")).window()).isEqualTo(15);
    }

    @Test
    void rowsOfTheTestPartAreNotHandedOn() {
        assertThat(of(144, ForecastSpec.builder("units")).seen().get(0).rows()).isEqualTo(116);
    }
}
