package io.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the initialisers promise of their numbers.
 *
 * <p>The bounds of the moments are six standard errors of the moment of n numbers: with a fixed seed they hold or not, and
 * a wrong factor would break them.
 */
class InitializerTest {
    private static final int BLOCKS = 4;
    private static final int ROWS = 50;
    private static final int COLUMNS = 30;

    static Stream<Arguments> uniform() {
        return Stream.of(
                Arguments.of("uniform", Initializer.uniform(0.25), 0.25),
                Arguments.of("by hidden size", Initializer.uniformByHiddenSize(ROWS), 1 / Math.sqrt(50)),
                Arguments.of("Glorot", Initializer.glorotUniform(BLOCKS), Math.sqrt(6.0 / (50 + 30))),
                Arguments.of("He", Initializer.heUniform(), Math.sqrt(6.0 / 30)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uniform")
    void uniformNumbersFillTheirRangeEvenly(String name, Initializer initializer, double limit) {
        float[] values = matrix(initializer);

        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isBetween(0.99 * limit, limit * (1 + 0x1p-24));
        // the fourth moment of a uniform distribution is 9/5 of the square of its variance
        requireMoments(values, limit * limit / 3, 1.8);
    }

    static Stream<Arguments> normal() {
        return Stream.of(
                Arguments.of("normal", Initializer.normal(0.25), 0.25),
                Arguments.of("Glorot", Initializer.glorotNormal(BLOCKS), Math.sqrt(2.0 / (50 + 30))),
                Arguments.of("He", Initializer.heNormal(), Math.sqrt(2.0 / 30)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("normal")
    void normalNumbersHaveTheirStandardDeviation(String name, Initializer initializer, double deviation) {
        requireMoments(matrix(initializer), deviation * deviation, 3);
    }

    @Test
    void truncatedNumbersStayWithinTwoStandardDeviations() {
        float[] values = matrix(Initializer.truncatedNormal(0.5));

        for (float value : values) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo(1);
        }
        // the variance of a normal distribution cut at ±2 is 1 - 4 φ(2) / (Φ(2) - Φ(-2)) = 0.7737413; its kurtosis is
        // below that of the normal distribution
        requireMoments(values, 0.25 * 0.7737413, 3);
    }

    @Test
    void everyBlockOfAnIdentityHasTheScaleOnItsDiagonal() {
        Tensor tall = Tensor.zeros(2 * 3, 2);
        tall.fill(7);
        Initializer.identity(2, 0.5).fill(tall, Rng.of(1));
        Tensor wide = Tensor.zeros(2, 3);
        Initializer.identity(1, -1).fill(wide, Rng.of(1));

        assertThat(tall.toArray()).containsExactly(0.5f, 0, 0, 0.5f, 0, 0, 0.5f, 0, 0, 0.5f, 0, 0);
        assertThat(wide.toArray()).containsExactly(-1, 0, 0, 0, -1, 0);
    }

    @Test
    void chronoBiasesForgetInUpToTheLongestLag() {
        int size = 4000;
        double longest = 100;
        Tensor bias = Tensor.zeros(4 * size);
        Initializer.chrono(4, 1, 0, longest).fill(bias, Rng.of(5));

        double sum = 0;
        for (int k = 0; k < size; k++) {
            float forget = bias.at(size + k);
            assertThat(bias.at(k)).isEqualTo(-forget);
            // e^b is uniform in [1, 99]; the bias below log 99 < 8 is rounded once to float32
            double lag = Math.exp(forget);
            assertThat(lag).isBetween(1.0, 99 * (1 + 8 * 0x1p-24));
            sum += lag;
            assertThat(bias.at(2 * size + k)).isZero();
            assertThat(bias.at(3 * size + k)).isZero();
        }
        assertThat(sum / size).isCloseTo(50, within(6 * 98 / Math.sqrt(12.0 * size)));
    }

    @Test
    void chronoBiasesOfACellWithoutAnInputGateLeaveTheOthersAtZero() {
        Tensor bias = Tensor.zeros(3 * 2);
        Initializer.chrono(3, 1, -1, 50).fill(bias, Rng.of(5));

        assertThat(bias.toArray()).startsWith(0, 0).endsWith(0, 0);
        assertThat(bias.at(2)).isPositive();
        assertThat(bias.at(3)).isPositive();
    }

    @Test
    void aChronoBiasOfAnInputGateAloneIsTheNegative() {
        Tensor both = Tensor.zeros(4 * 2);
        Initializer.chrono(4, 1, 0, 50).fill(both, Rng.of(5));
        Tensor input = Tensor.zeros(3 * 2);
        Initializer.chrono(3, -1, 0, 50).fill(input, Rng.of(5));

        assertThat(input.toArray()).containsExactly(both.at(0), both.at(1), 0, 0, 0, 0);
    }

    @Test
    void someBlocksCanComeFromAnotherInitializer() {
        Tensor tensor = Tensor.zeros(3 * 2, 2);
        Initializer.constant(5).replacing(3, Initializer.identity(3, 2), 0, 2).fill(tensor, Rng.of(5));

        assertThat(tensor.toArray()).containsExactly(2, 0, 0, 2, 5, 5, 5, 5, 2, 0, 0, 2);
    }

    @Test
    void promiseFiveAnInitializerThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Initializer.uniform(0)).hasMessage("limit must be positive and finite, got 0.0");
        assertThatThrownBy(() -> Initializer.normal(Double.NaN))
                .hasMessage("standard deviation must be positive and finite, got NaN");
        assertThatThrownBy(() -> Initializer.truncatedNormal(-1))
                .hasMessage("standard deviation must be positive and finite, got -1.0");
        assertThatThrownBy(() -> Initializer.identity(1, Double.POSITIVE_INFINITY))
                .hasMessage("scale must be finite, got Infinity");
        assertThatThrownBy(() -> Initializer.chrono(4, 1, 0, 1.5))
                .hasMessage(
                        "longest lag of the chrono initialiser must be finite and at least 2, got 1.5; give the longest "
                                + "dependency in time steps");
    }

    private static float[] matrix(Initializer initializer) {
        Tensor tensor = Tensor.zeros(BLOCKS * ROWS, COLUMNS);
        initializer.fill(tensor, Rng.of(8));
        return tensor.toArray();
    }

    /** Mean 0 and the variance, within six standard errors. */
    private static void requireMoments(float[] values, double variance, double kurtosis) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        int n = values.length;
        assertThat(sum / n).isCloseTo(0, within(6 * Math.sqrt(variance / n)));
        assertThat(squares / n).isCloseTo(variance, within(6 * variance * Math.sqrt((kurtosis - 1) / n)));
    }
}
