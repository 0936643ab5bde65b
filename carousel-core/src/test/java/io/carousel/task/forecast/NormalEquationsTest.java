package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.tensor.Rng;
import org.junit.jupiter.api.Test;

class NormalEquationsTest {
    /** Two inputs without noise: sums of n squares, each with a relative error of n units in the last place at most. */
    private static final double BOUND = 50 * 50 * Math.ulp(10.0);

    private static NormalEquations sums(int from, int to) {
        Rng rng = Rng.of(3);
        NormalEquations sums = new NormalEquations(2, 1);
        for (int i = 0; i < to; i++) {
            double[] x = {rng.nextGaussian(), rng.nextGaussian()};
            if (i >= from) {
                sums.add(x, new double[] {1 + 2 * x[0] - 3 * x[1]}, 1);
            }
        }
        return sums;
    }

    @Test
    void almostNoRidgeFindsTheLine() {
        LinearModel model = sums(0, 50).solve(1e-15);

        assertThat(model.weights()[0][0]).isCloseTo(2, within(BOUND));
        assertThat(model.weights()[1][0]).isCloseTo(-3, within(BOUND));
        assertThat(model.bias()[0]).isCloseTo(1, within(BOUND));
    }

    @Test
    void largeRidgeLeavesTheMean() {
        LinearModel model = sums(0, 50).solve(1e15);

        // at most the ratio of the deviations over the ridge: 2 and 3 times the ratio of those of the inputs, below 2
        assertThat(model.weights()[0][0]).isCloseTo(0, within((2 + 3 * 2) / 1e15));
    }

    @Test
    void sumsOfPartsAreTheSumsOfTheWhole() {
        NormalEquations parts = sums(0, 23);
        parts.add(sums(23, 50));

        assertThat(parts.rows()).isEqualTo(50);
        assertThat(parts.solve(0.1).weights()[0][0])
                .isCloseTo(sums(0, 50).solve(0.1).weights()[0][0], within(BOUND));
    }

    @Test
    void inputThatNeverChangesGetsNoWeight() {
        NormalEquations sums = new NormalEquations(2, 1);
        for (int i = 0; i < 9; i++) {
            sums.add(new double[] {i, 5}, new double[] {2 * i}, 1);
        }

        LinearModel model = sums.solve(1e-12);

        assertThat(model.weights()[1][0]).isZero();
        // The sums are whole numbers. The variance 204 / 9 - 16 and the covariance 408 / 9 - 32 enlarge the roundings
        // of
        // their terms five and nine times, the deviations, the factor and the two solutions add fewer than 50 more.
        assertThat(model.weights()[0][0]).isCloseTo(2, within(2 * (1e-12 + 64 * 0x1p-53)));
    }
}
