package io.carousel.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.tensor.Rng;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwappedProductParityTest {
    /** Around the lengths of blocks and parts, with a remainder and without. */
    @ParameterizedTest
    @CsvSource({
        "512, 16, 8, false", "513, 33, 128, false", "1030, 5, 63, false", "2049, 20, 9, false",
        "64, 16, 8, true", "65, 17, 257, true", "1025, 40, 66, true", "2050, 3, 300, true"
    })
    void itsElementsAreTheSameChains(int m, int k, int n, boolean transposed) {
        assertThat(SwappedProduct.suits(m, n, transposed)).isTrue();
        Rng rng = Rng.of(m + k + n);
        int stride = (transposed ? m : k) + 3;
        float[] a = random(rng, 5 + stride * (transposed ? k : m));
        float[] b = random(rng, k * n);
        float[] c = random(rng, 7 + m * (n + 2));
        float[] expected = c.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int at = 7 + i * (n + 2) + j;
                for (int p = 0; p < k; p++) {
                    float x = a[5 + (transposed ? p * stride + i : i * stride + p)];
                    expected[at] = Math.fma(x, b[p * n + j], expected[at]);
                }
            }
        }
        ScalarKernels kernels = new ScalarKernels();
        PackedMatrix packed = kernels.allocate(k, n);
        kernels.pack(b, 0, n, false, packed);

        kernels.multiply(m, a, 5, stride, transposed, packed, c, 7, n + 2, true);

        assertThat(Arrays.equals(c, expected)).isTrue();
    }

    private static float[] random(Rng rng, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = rng.nextFloat() - 0.5f;
        }
        return x;
    }
}
