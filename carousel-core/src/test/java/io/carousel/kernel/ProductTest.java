package io.carousel.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products against a {@code double} reference, within the bound of a chain of k roundings. */
class ProductTest {
    /** Half an ulp of one. */
    private static final double UNIT = 0x1p-24;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1, 64, 100",
        "3, 17, 5",
        "8, 32, 32",
        "13, 50, 47",
        "32, 256, 128",
        "5, 300, 12",
        "40, 513, 33"
    })
    void everyElementIsWithinTheBoundOfItsChain(int m, int k, int n) {
        for (Kernels kernels : new Kernels[] {new ScalarKernels(), Kernels.best()}) {
            for (int mode = 0; mode < 8; mode++) {
                check(kernels, m, k, n, (mode & 1) != 0, (mode & 2) != 0, (mode & 4) != 0);
            }
        }
    }

    private static void check(
            Kernels kernels, int m, int k, int n, boolean aTransposed, boolean bTransposed, boolean accumulate) {
        Random random = new Random(m * 31L + k * 7L + n);
        float[] a = gaussian(random, m * k);
        float[] b = gaussian(random, k * n);
        float[] c = gaussian(random, m * n);
        float[] result = c.clone();
        PackedMatrix packed = kernels.allocate(k, n);
        kernels.pack(b, 0, bTransposed ? k : n, bTransposed, packed);
        kernels.multiply(m, a, 0, aTransposed ? m : k, aTransposed, packed, result, 0, n, accumulate);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = accumulate ? c[i * n + j] : 0;
                double size = Math.abs(sum);
                for (int p = 0; p < k; p++) {
                    double term =
                            (double) a[aTransposed ? p * m + i : i * k + p] * b[bTransposed ? j * k + p : p * n + j];
                    sum += term;
                    size += Math.abs(term);
                }
                double bound = k * UNIT / (1 - k * UNIT) * size;
                assertThat((double) result[i * n + j]).isBetween(sum - bound, sum + bound);
            }
        }
    }

    private static float[] gaussian(Random random, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
