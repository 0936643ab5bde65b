package io.carousel.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.kernel.ElementaryLoops.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementaryLoopsParityTest {
    private static final int LENGTH = 500;
    private static final int STEP = 4_999;

    @ParameterizedTest
    @EnumSource
    void loopsGiveTheBitsOfTheFunction(Function function) {
        ElementaryLoops loops = new ElementaryLoops();
        float[] x = new float[LENGTH];
        float[] y = new float[LENGTH];
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += (long) LENGTH * STEP) {
            for (int i = 0; i < LENGTH; i++) {
                x[i] = Float.intBitsToFloat((int) (bits + (long) i * STEP));
            }
            loops.apply(function, 1, LENGTH, x, 0, 0, y, 0, 0);
            for (int i = 0; i < LENGTH; i++) {
                if (Float.floatToIntBits(y[i]) != Float.floatToIntBits(value(function, x[i]))) {
                    assertThat(y[i]).as("of %s", x[i]).isEqualTo(value(function, x[i]));
                }
            }
        }
    }

    @Test
    void rowsOfEveryWidthKeepWhatStandsBetweenThem() {
        for (int n : new int[] {0, 1, 3, 8, 17, 511, 512, 513, 1100}) {
            int stride = n + 5;
            float[] x = new float[7 * stride];
            for (int i = 0; i < x.length; i++) {
                x[i] = (i % 37 - 18) * 0.3f;
            }
            float[] expected = x.clone();
            for (int r = 0; r < 6; r++) {
                for (int j = 0; j < n; j++) {
                    expected[2 + r * stride + j] = Elementary.tanh(x[2 + r * stride + j]);
                }
            }

            new ElementaryLoops().apply(Function.TANH, 6, n, x, 2, stride, x, 2, stride);

            assertThat(x).isEqualTo(expected);
        }
    }

    private static float value(Function function, float x) {
        return switch (function) {
            case EXP -> Elementary.exp(x);
            case TANH -> Elementary.tanh(x);
            case SIGMOID -> Elementary.sigmoid(x);
        };
    }
}
