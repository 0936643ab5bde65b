package io.carousel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SpecialFunctionsTest {
    private static final double ROUNDING = 0x1p-53;
    /**
     * Both ours and PyTorch's round at most twenty times. Ours of log Γ below 12: twelve factors of the recurrence, three
     * for the product with the logarithm and four sums of terms up to 30; beyond, seven for terms of the size of the result.
     */
    private static final double BOUND = 40 * ROUNDING;
    /**
     * The relative error of a tail of Student's t distribution of few degrees: three times log Γ with ten roundings of
     * terms up to 30, 200 for the other terms of the exponent, and six for each of at most 33 steps of the continued fraction.
     */
    private static final double TAIL = (3 * 10 * 30 + 200 + 6 * 33) * ROUNDING;

    private final JsonNode golden = Golden.read("losses.json").get("special");

    @Test
    void logGammaAndDigammaAreThoseOfPyTorch() {
        double[] x = Golden.doubles(golden.get("x"));
        double[] logGamma = Golden.doubles(golden.get("logGamma"));
        double[] digamma = Golden.doubles(golden.get("digamma"));
        for (int i = 0; i < x.length; i++) {
            double size = Math.max(10, Math.abs(logGamma[i]));
            assertThat(SpecialFunctions.logGamma(x[i])).isCloseTo(logGamma[i], within(BOUND * size));
            assertThat(SpecialFunctions.digamma(x[i])).isCloseTo(digamma[i], within(BOUND * 10));
        }
    }

    @Test
    void normalQuantilesAreThoseOfWichura() {
        double[] levels = Golden.doubles(golden.get("levels"));
        double[] expected = Golden.doubles(golden.get("normalQuantiles"));
        for (int i = 0; i < levels.length; i++) {
            // the level's own rounding, seen through the slope of the quantile function
            double density = Math.exp(-0.5 * expected[i] * expected[i]) / Math.sqrt(2 * Math.PI);
            assertThat(SpecialFunctions.normalQuantile(levels[i]))
                    .as("level %s", levels[i])
                    .isCloseTo(expected[i], within(BOUND * (1 + 1 / density)));
        }
    }

    @Test
    void studentQuantilesMeetTheClosedFormsOfTwoAndFourDegrees() {
        for (double level : new double[] {0.001, 0.025, 0.1, 0.3, 0.7, 0.9, 0.999}) {
            double a = 4 * level * (1 - level);
            double two = 2 * (level - 0.5) * Math.sqrt(2 / a);
            double root = Math.cos(Math.acos(Math.sqrt(a)) / 3) / Math.sqrt(a);
            double four = Math.signum(level - 0.5) * 2 * Math.sqrt(root - 1);
            // eight roundings of the closed forms; those of the root are seen through the difference root - 1 = four² /
            // 4
            double closedTwo = 8 * ROUNDING * Math.abs(two);
            double closedFour = 8 * ROUNDING * (Math.abs(four) + 4 * root / Math.abs(four));
            assertThat(SpecialFunctions.studentQuantile(level, 2))
                    .isCloseTo(two, within(closedTwo + solved(level, two, Math.pow(2 + two * two, -1.5))));
            assertThat(SpecialFunctions.studentQuantile(level, 4))
                    .isCloseTo(four, within(closedFour + solved(level, four, 12 * Math.pow(4 + four * four, -2.5))));
        }
        assertThat(SpecialFunctions.studentQuantile(0.5, 2)).isZero();
        assertThat(SpecialFunctions.studentQuantile(0.5, 4)).isZero();
    }

    /**
     * The error of a quantile that is solved for: that of the tail through the density, and the last step. A tail above
     * 0.115 is one half less the rest, whose error is that of at most five such tails.
     */
    private static double solved(double level, double quantile, double density) {
        return (5 * TAIL * Math.min(level, 1 - level) + ROUNDING) / density + 1e-15 * Math.abs(quantile);
    }

    @Test
    void studentQuantilesOfManyDegreesApproachTheNormalOnes() {
        for (double level : new double[] {0.01, 0.25, 0.75, 0.975}) {
            double z = SpecialFunctions.normalQuantile(level);
            double n = 1e4;
            double first = (Math.pow(z, 3) + z) / (4 * n);
            double second = (5 * Math.pow(z, 5) + 16 * Math.pow(z, 3) + 3 * z) / (96 * n * n);
            // the next term of the series (Abramowitz and Stegun 26.7.5), at most; the rest is smaller than as much
            // again
            double size = Math.abs(z);
            double rest = (3 * Math.pow(size, 7) + 19 * Math.pow(size, 5) + 17 * Math.pow(size, 3)) / (384 * n * n * n);
            // log Γ(5000) twice with seven roundings of terms up to 4.3e4 and four sums of them, and 5000 times the
            // logarithm of a number with two roundings; the tail, or one half where it is the rest of it, is less than
            // twice the density
            double tail = ((2 * 7 + 4) * 4.3e4 + 2 * 5000) * ROUNDING;
            assertThat(SpecialFunctions.studentQuantile(level, n))
                    .isCloseTo(z + first + second, within(2 * rest + 2 * tail));
        }
    }

    @Test
    void softplusAndSigmoidNeitherOverflowNorLoseSmallNumbers() {
        assertThat(SpecialFunctions.softplus(1000)).isEqualTo(1000);
        assertThat(SpecialFunctions.softplus(-700)).isEqualTo(StrictMath.exp(-700));
        assertThat(SpecialFunctions.sigmoid(1000)).isEqualTo(1);
        assertThat(SpecialFunctions.sigmoid(-700)).isEqualTo(StrictMath.exp(-700));
    }
}
