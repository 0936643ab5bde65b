package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.ColumnProduct;
import jdk.incubator.vector.FloatVector;

/**
 * Products of a transposed A with fewer columns than a vector, such as the gradient of the weights of few features: vectors
 * run down the columns of the result.
 */
final class NarrowProduct {
    private static final int ROWS = 2 * LENGTH;

    private NarrowProduct() {}

    /**
     * The product, its columns packed as {@link ColumnProduct#pack} does.
     *
     * @param scratch at least 8 vectors
     */
    static void multiply(
            int m,
            int k,
            int n,
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            float[] c,
            int cOffset,
            int cStride,
            boolean accumulate,
            float[] scratch) {
        int i = 0;
        for (; i + ROWS <= m; i += ROWS) {
            int at = cOffset + i * cStride;
            int j = 0;
            for (; j + 4 <= n; j += 4) {
                gather(4, c, at + j, cStride, accumulate, scratch);
                four(k, a, aOffset + i, aStride, b, j * k, scratch);
                scatter(4, c, at + j, cStride, scratch);
            }
            for (; j < n; j++) {
                gather(1, c, at + j, cStride, accumulate, scratch);
                one(k, a, aOffset + i, aStride, b, j * k, scratch);
                scatter(1, c, at + j, cStride, scratch);
            }
        }
        ColumnProduct.multiply(
                m - i, k, n, a, aOffset + i, 1, aStride, b, c, cOffset + i * cStride, cStride, accumulate);
    }

    private static void gather(int columns, float[] c, int at, int cStride, boolean accumulate, float[] scratch) {
        for (int j = 0; j < columns; j++) {
            for (int r = 0; r < ROWS; r++) {
                scratch[j * ROWS + r] = accumulate ? c[at + r * cStride + j] : 0f;
            }
        }
    }

    private static void scatter(int columns, float[] c, int at, int cStride, float[] scratch) {
        for (int j = 0; j < columns; j++) {
            for (int r = 0; r < ROWS; r++) {
                c[at + r * cStride + j] = scratch[j * ROWS + r];
            }
        }
    }

    private static void one(int k, float[] a, int aOffset, int aStride, float[] b, int b0, float[] s) {
        FloatVector s0 = fromArray(FLOATS, s, 0);
        FloatVector t0 = fromArray(FLOATS, s, LENGTH);
        for (int p = 0; p < k; p++) {
            FloatVector x = broadcast(FLOATS, b[b0 + p]);
            s0 = fromArray(FLOATS, a, aOffset + p * aStride).fma(x, s0);
            t0 = fromArray(FLOATS, a, aOffset + p * aStride + LENGTH).fma(x, t0);
        }
        s0.intoArray(s, 0);
        t0.intoArray(s, LENGTH);
    }

    private static void four(int k, float[] a, int aOffset, int aStride, float[] b, int b0, float[] s) {
        int b1 = b0 + k;
        int b2 = b1 + k;
        int b3 = b2 + k;
        FloatVector s0 = fromArray(FLOATS, s, 0 * LENGTH);
        FloatVector t0 = fromArray(FLOATS, s, 1 * LENGTH);
        FloatVector s1 = fromArray(FLOATS, s, 2 * LENGTH);
        FloatVector t1 = fromArray(FLOATS, s, 3 * LENGTH);
        FloatVector s2 = fromArray(FLOATS, s, 4 * LENGTH);
        FloatVector t2 = fromArray(FLOATS, s, 5 * LENGTH);
        FloatVector s3 = fromArray(FLOATS, s, 6 * LENGTH);
        FloatVector t3 = fromArray(FLOATS, s, 7 * LENGTH);
        for (int p = 0; p < k; p++) {
            FloatVector x = fromArray(FLOATS, a, aOffset + p * aStride);
            FloatVector y = fromArray(FLOATS, a, aOffset + p * aStride + LENGTH);
            FloatVector v0 = broadcast(FLOATS, b[b0 + p]);
            s0 = x.fma(v0, s0);
            t0 = y.fma(v0, t0);
            FloatVector v1 = broadcast(FLOATS, b[b1 + p]);
            s1 = x.fma(v1, s1);
            t1 = y.fma(v1, t1);
            FloatVector v2 = broadcast(FLOATS, b[b2 + p]);
            s2 = x.fma(v2, s2);
            t2 = y.fma(v2, t2);
            FloatVector v3 = broadcast(FLOATS, b[b3 + p]);
            s3 = x.fma(v3, s3);
            t3 = y.fma(v3, t3);
        }
        s0.intoArray(s, 0 * LENGTH);
        t0.intoArray(s, 1 * LENGTH);
        s1.intoArray(s, 2 * LENGTH);
        t1.intoArray(s, 3 * LENGTH);
        s2.intoArray(s, 4 * LENGTH);
        t2.intoArray(s, 5 * LENGTH);
        s3.intoArray(s, 6 * LENGTH);
        t3.intoArray(s, 7 * LENGTH);
    }
}
