package io.carousel.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The elementary functions against {@code StrictMath} in double, over all floats.
 *
 * <p>The bounds count roundings. A rounding is half an ulp of its own result, which is up to one ulp of a final result whose
 * fraction is smaller. {@code e^x} rounds r, r², q and the last sum: q is below half the sum and r² q a quarter of it, so
 * that the first three together count as one rounding: 2 ulp. The logistic function rounds an exponential (2 halves), a sum
 * and a quotient: 4 ulp. So does tanh, with {@code e^2x - 1} in place of the exponential. The logarithm rounds a
 * correction that is at most a quarter of its result, and two sums: 2 ulp.
 */
class ElementaryTest {
    /** A prime, so that all exponents and fractions are met. */
    private static final int STRIDE = 3989;

    private interface FloatFunction {
        float apply(float x);
    }

    @Test
    void expIsWithinTwoUlp() {
        assertWithin(2, Elementary::exp, StrictMath::exp);
    }

    @Test
    void logIsWithinTwoUlp() {
        assertWithin(2, Elementary::log, StrictMath::log);
    }

    @Test
    void sigmoidIsWithinFourUlp() {
        assertWithin(
                4,
                Elementary::sigmoid,
                x -> x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x)) : 1 / (1 + StrictMath.exp(-x)));
    }

    @Test
    void tanhIsWithinFourUlp() {
        assertWithin(4, Elementary::tanh, StrictMath::tanh);
    }

    /** Every {@value #STRIDE}th float, and all floats in little windows where a branch or an exponent changes. */
    private static void assertWithin(double ulps, FloatFunction function, DoubleUnaryOperator reference) {
        for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
            check(ulps, function, reference, Float.intBitsToFloat((int) bits));
        }
        float[] edges = {
            0f, 0.34657359f, 0.5f, 0.70710678f, 1f, 1.4142135f, 9f, 10f, 87.33654f, 88.72284f, 90f, 103.97208f, 104.5f
        };
        for (float edge : edges) {
            int center = Float.floatToRawIntBits(edge);
            for (int d = -500; d <= 500; d++) {
                check(ulps, function, reference, Float.intBitsToFloat(center + d));
                check(ulps, function, reference, -Float.intBitsToFloat(center + d));
            }
        }
    }

    private static void check(double ulps, FloatFunction function, DoubleUnaryOperator reference, float x) {
        double expected = reference.applyAsDouble(x);
        float nearest = (float) expected;
        float actual = function.apply(x);
        if (Float.isNaN(nearest) || Float.isInfinite(nearest)) {
            if (Float.floatToIntBits(actual) != Float.floatToIntBits(nearest)) {
                throw new AssertionError("at " + x + " expected " + nearest + ", got " + actual);
            }
        } else if (!(Math.abs(actual - expected) <= ulps * Math.ulp(nearest))) {
            throw new AssertionError("at " + x + " expected " + expected + " within " + ulps + " ulp, got " + actual);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, -Infinity, 0.5, 0",
        "-0.0, 1, -Infinity, 0.5, -0.0",
        "NaN, NaN, NaN, NaN, NaN",
        "Infinity, Infinity, Infinity, 1, 1",
        "-Infinity, 0, NaN, 0, -1",
        "1e-45, 1, -103.27893, 0.5, 1e-45",
        "-1e-45, 1, NaN, 0.5, -1e-45",
        "-3.4028235e38, 0, NaN, 0, -1",
        "3.4028235e38, Infinity, 88.72284, 1, 1"
    })
    void specialValuesGiveTheirLimits(float x, float exp, float log, float sigmoid, float tanh) {
        assertThat(Float.floatToIntBits(Elementary.exp(x))).isEqualTo(Float.floatToIntBits(exp));
        assertThat(Float.floatToIntBits(Elementary.log(x))).isEqualTo(Float.floatToIntBits(log));
        assertThat(Float.floatToIntBits(Elementary.sigmoid(x))).isEqualTo(Float.floatToIntBits(sigmoid));
        assertThat(Float.floatToIntBits(Elementary.tanh(x))).isEqualTo(Float.floatToIntBits(tanh));
    }

    @Test
    void tanhIsOddAndSigmoidOfZeroIsHalf() {
        for (float x = 1e-30f; x < 1e30f; x *= 1.37f) {
            assertThat(Elementary.tanh(-x)).isEqualTo(-Elementary.tanh(x));
        }
        assertThat(Elementary.sigmoid(0f)).isEqualTo(0.5f);
    }
}
