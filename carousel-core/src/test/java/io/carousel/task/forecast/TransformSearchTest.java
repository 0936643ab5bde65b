package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformSearchTest {
    private static TransformCandidate choose(SeriesSet set, ForecastSpec spec) {
        Partition partition = new Partition(set.list(), TargetSeries.of(set.list(), spec), spec);
        TransformSearch search = new TransformSearch(
                partition.seen(),
                partition.splits(),
                spec,
                new ForecastEncoding.Numbers(partition.season(), partition.window(), 0, 1, 0, List.of()),
                spec.trainingLoss());
        return search.contenders(search.candidates()).get(0);
    }

    @Test
    void swingsThatGrowWithTheLevelAskForALog() {
        double[] steep = Examples.sales(240, 1);
        for (int row = 0; row < steep.length; row++) {
            steep[row] *= Math.exp(0.01 * row);
        }

        TransformCandidate chosen = choose(
                Examples.monthly("units", steep), ForecastSpec.builder("units").build());

        assertThat(chosen.transform().log()).isEqualTo(LogScale.LOG);
        assertThat(chosen.score()).isLessThan(0.5);
    }

    @Test
    void noiseAroundOneLevelIsNotMeasuredFromItsLastValue() {
        Rng rng = Rng.of(2);
        double[] values = new double[300];
        Arrays.setAll(values, row -> 10 + rng.nextGaussian());

        TransformCandidate chosen = choose(
                SeriesSet.of(Series.of("x", values)),
                ForecastSpec.builder("x").window(5).build());

        assertThat(chosen.transform())
                .isEqualTo(new SeriesTransform(LogScale.NONE, chosen.transform().level(), false, 0));
        assertThat(chosen.transform().level()).isNotEqualTo(LevelRemoval.LAST);
    }

    @Test
    void whatTheSpecSetsIsNotChosen() {
        TransformCandidate chosen = choose(
                Examples.monthly("units", Examples.sales(120, 1)),
                ForecastSpec.builder("units")
                        .log(LogScale.NONE)
                        .level(LevelRemoval.MEAN)
                        .harmonics(0)
                        .build());

        assertThat(chosen.transform()).isEqualTo(new SeriesTransform(LogScale.NONE, LevelRemoval.MEAN, false, 0));
    }

    @Test
    void seriesWithAValueOfZeroAreOfferedTheLogOfOnePlusTheirValues() {
        double[] counts = Examples.sales(120, 1);
        counts[5] = 0;
        ForecastSpec spec = ForecastSpec.builder("units").build();
        SeriesSet set = Examples.monthly("units", counts);
        Partition partition = new Partition(set.list(), TargetSeries.of(set.list(), spec), spec);

        List<TransformCandidate> candidates = new TransformSearch(
                        partition.seen(),
                        partition.splits(),
                        spec,
                        new ForecastEncoding.Numbers(12, 24, 0, 1, 0, List.of()),
                        spec.trainingLoss())
                .candidates();

        assertThat(candidates)
                .extracting(candidate -> candidate.transform().log())
                .contains(LogScale.LOG1P)
                .doesNotContain(LogScale.LOG);
    }
}
