package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.tensor.Rng;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AreaUnderCurvePropertyTest {

    @Test
    void isTheShareOfPairsInTheRightOrderWithTiesAsHalves() {
        for (int seed = 0; seed < 200; seed++) {
            Rng rng = Rng.of(seed);
            int examples = 2 + rng.nextInt(30);
            double[] scores = new double[examples];
            boolean[] positive = new boolean[examples];
            for (int i = 0; i < examples; i++) {
                scores[i] = rng.nextInt(8) / 8.0 - 0.5; // many ties, zeros of both signs
                scores[i] = rng.nextInt(5) == 0 ? -scores[i] : scores[i];
                positive[i] = rng.nextInt(3) == 0;
            }
            long halves = 0;
            long pairs = 0;
            for (int i = 0; i < examples; i++) {
                for (int j = 0; j < examples; j++) {
                    if (positive[i] && !positive[j]) {
                        pairs++;
                        halves += scores[i] > scores[j] ? 2 : scores[i] == scores[j] ? 1 : 0;
                    }
                }
            }
            Double expected = pairs == 0 ? Double.NaN : halves / 2.0 / pairs;
            assertThat(AreaUnderCurve.of(scores, positive)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void aPerfectRankingIsOneAndNoRankingIsAHalf() {
        assertThat(AreaUnderCurve.of(new double[] {1, 2, 3}, new boolean[] {false, true, true}))
                .isEqualTo(1);
        assertThat(AreaUnderCurve.of(new double[] {3, 2, 1}, new boolean[] {false, true, true}))
                .isEqualTo(0);
        assertThat(AreaUnderCurve.of(new double[5], new boolean[] {true, false, true, false, false}))
                .isEqualTo(0.5);
    }

    @Test
    void theMeanOverClassesLeavesOutTheUndefined() {
        double[][] probabilities = {{0.9, 0.1, 0}, {0.2, 0.8, 0}, {0.6, 0.4, 0}};
        assertThat(AreaUnderCurve.oneVersusRest(probabilities, new int[] {0, 1, 1}))
                .isEqualTo(1);
        assertThat(AreaUnderCurve.oneVersusRest(probabilities, new int[] {0, 0, 0}))
                .isNaN();
    }

    @Test
    void refusesAScoreThatIsNoNumber() {
        double[] scores = new double[3];
        Arrays.fill(scores, Double.NaN);
        assertThatThrownBy(() -> AreaUnderCurve.of(scores, new boolean[3]))
                .hasMessage("score of example 0 must be a number, got NaN");
    }
}
