package io.carousel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SpecialFunctionsTest {
    /** A few dozen roundings of numbers up to 2000. */
    private static final double BOUND = 40 * 0x1p-53;

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
        for (double level : new double[] {0.001, 0.025, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999}) {
            double a = 4 * level * (1 - level);
            double two = 2 * (level - 0.5) * Math.sqrt(2 / a);
            double root = Math.cos(Math.acos(Math.sqrt(a)) / 3) / Math.sqrt(a);
            double four = Math.signum(level - 0.5) * 2 * Math.sqrt(root - 1);
            assertThat(SpecialFunctions.studentQuantile(level, 2))
                    .isCloseTo(two, within(1e3 * BOUND * (1 + Math.abs(two))));
            assertThat(SpecialFunctions.studentQuantile(level, 4))
                    .isCloseTo(four, within(1e4 * BOUND * (1 + Math.abs(four))));
        }
    }

    @Test
    void studentQuantilesOfManyDegreesApproachTheNormalOnes() {
        for (double level : new double[] {0.01, 0.25, 0.75, 0.975}) {
            double normal = SpecialFunctions.normalQuantile(level);
            double n = 1e4;
            double first = (Math.pow(normal, 3) + normal) / (4 * n);
            double second = (5 * Math.pow(normal, 5) + 16 * Math.pow(normal, 3) + 3 * normal) / (96 * n * n);
            // log Γ(5000) is 4e4; its rounding is seen through the density, which is at least 0.026
            assertThat(SpecialFunctions.studentQuantile(level, n))
                    .isCloseTo(normal + first + second, within(BOUND * 4e4 / 0.026));
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
