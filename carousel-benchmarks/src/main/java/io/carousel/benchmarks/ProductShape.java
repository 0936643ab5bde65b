package io.carousel.benchmarks;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import java.util.Random;

/**
 * A product {@code C [m, n] += A [m, k] · B [k, n]} to be measured.
 *
 * @param packing whether B is packed in every call, as for the gradient of a weight
 */
record ProductShape(String use, int m, int k, int n, boolean aTransposed, boolean packing) {
    double operations() {
        return 2.0 * m * k * n;
    }

    /** The product with these kernels, ready to run again and again. */
    Runnable prepare(Kernels kernels) {
        Random random = new Random(1);
        float[] a = values(random, m * k);
        float[] b = values(random, k * n);
        float[] c = new float[m * n];
        PackedMatrix packed = kernels.allocate(k, n);
        kernels.pack(b, 0, n, false, packed);
        return () -> {
            if (packing) {
                kernels.pack(b, 0, n, false, packed);
            }
            kernels.multiply(m, a, 0, aTransposed ? m : k, aTransposed, packed, c, 0, n, false);
        };
    }

    private static float[] values(Random random, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        return x;
    }

    @Override
    public String toString() {
        return m + "x" + k + "x" + n + (aTransposed ? " A'" : "") + (packing ? " packing B" : "") + ", " + use;
    }
}
