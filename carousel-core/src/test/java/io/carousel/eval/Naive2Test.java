package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Naive2Test {
    @Test
    void aPureSeasonIsFoundAndContinued() {
        double[] season = {1, 2, 3, 2};
        double[] history = new double[40];
        Arrays.setAll(history, i -> season[i % 4]);

        assertThat(Naive2.isSeasonal(history, 4)).isTrue();
        // the moving average over whole seasons is the constant 2, so the indices are the season / 2, without rounding
        assertThat(Naive2.seasonalIndices(history, 4)).containsExactly(0.5, 1, 1.5, 1);
        assertThat(Naive2.forecast(history, 4, 5)).containsExactly(1, 2, 3, 2, 1);
    }

    @Test
    void thePhaseGoesOnWhereTheHistoryEndsWithinASeason() {
        double[] season = {1, 2, 3, 2};
        double[] history = new double[42];
        Arrays.setAll(history, i -> season[i % 4]);

        assertThat(Naive2.forecast(history, 4, 3)).containsExactly(3, 2, 1);
    }

    @Test
    void theMeanOfTheSeasonalIndicesIsOne() {
        double[] history = new Random(5).doubles(100, 1, 9).toArray();
        for (int season = 2; season < 20; season++) {
            double mean = Arrays.stream(Naive2.seasonalIndices(history, season)).sum() / season;
            assertThat(mean).isCloseTo(1, within((season + 2) * Math.ulp(1.0)));
        }
    }

    @Test
    void withoutASeasonItIsTheLastValue() {
        double[] noise = new Random(2).doubles(200, 1, 2).toArray();

        assertThat(Naive2.isSeasonal(noise, 12)).isFalse();
        assertThat(Naive2.forecast(noise, 12, 3)).containsExactly(noise[199], noise[199], noise[199]);
        assertThat(Naive2.forecast(noise, 1, 1)).containsExactly(noise[199]);
    }

    @Test
    void threeSeasonsAreNeededToFindOne() {
        double[] history = new double[12];
        Arrays.setAll(history, i -> 1 + i % 4);

        assertThat(Naive2.isSeasonal(history, 4)).isTrue();
        assertThat(Naive2.isSeasonal(Arrays.copyOf(history, 11), 4)).isFalse();
    }

    @Test
    void aHistoryThatIsNotPositiveIsNotAdjusted() {
        double[] history = new double[40];
        Arrays.setAll(history, i -> i % 4);

        assertThat(Naive2.forecast(history, 4, 2)).containsExactly(3, 3);
    }

    @Test
    void aConstantHistoryHasNoSeason() {
        double[] history = new double[40];
        Arrays.fill(history, 3);

        assertThat(Naive2.isSeasonal(history, 4)).isFalse();
        assertThatThrownBy(() -> Naive2.seasonalIndices(history, 1))
                .hasMessage(
                        "seasonal indices must have a season of at least 2 and two seasons, got 1 and 40 values; give more history or no season");
    }
}
