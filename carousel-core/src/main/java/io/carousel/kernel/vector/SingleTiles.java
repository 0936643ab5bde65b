package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.LENGTH;
import static io.carousel.kernel.vector.Width.all;
import static io.carousel.kernel.vector.Width.load;

import jdk.incubator.vector.FloatVector;

/** Products with a panel of one vector of columns, the first of a matrix with an odd number of them. */
final class SingleTiles {
    private SingleTiles() {}

    static void rows(
            int m,
            int k,
            float[] a,
            int aOffset,
            int aStride,
            boolean aTransposed,
            float[] b,
            int at,
            float[] c,
            int cOffset,
            int cStride) {
        int rowStep = aTransposed ? 1 : aStride;
        int depthStep = aTransposed ? aStride : 1;
        int i = 0;
        for (; i + 8 <= m; i += 8) {
            eight(k, a, aOffset + i * rowStep, rowStep, depthStep, b, at, c, cOffset + i * cStride, cStride);
        }
        for (; i < m; i++) {
            one(k, a, aOffset + i * rowStep, depthStep, b, at, c, cOffset + i * cStride);
        }
    }

    private static void one(int k, float[] a, int aOffset, int depthStep, float[] b, int at, float[] c, int cOffset) {
        FloatVector s = load(c, cOffset);
        for (int p = 0; p < k; p++) {
            s = all(a[aOffset + p * depthStep]).fma(load(b, at + p * LENGTH), s);
        }
        s.intoArray(c, cOffset);
    }

    private static void eight(
            int k,
            float[] a,
            int aOffset,
            int rowStep,
            int depthStep,
            float[] b,
            int at,
            float[] c,
            int c0,
            int cStride) {
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        int c4 = c3 + cStride;
        int c5 = c4 + cStride;
        int c6 = c5 + cStride;
        int c7 = c6 + cStride;
        FloatVector s0 = load(c, c0);
        FloatVector s1 = load(c, c1);
        FloatVector s2 = load(c, c2);
        FloatVector s3 = load(c, c3);
        FloatVector s4 = load(c, c4);
        FloatVector s5 = load(c, c5);
        FloatVector s6 = load(c, c6);
        FloatVector s7 = load(c, c7);
        for (int p = 0; p < k; p++) {
            FloatVector x = load(b, at + p * LENGTH);
            int q = aOffset + p * depthStep;
            s0 = all(a[q]).fma(x, s0);
            s1 = all(a[q + rowStep]).fma(x, s1);
            s2 = all(a[q + 2 * rowStep]).fma(x, s2);
            s3 = all(a[q + 3 * rowStep]).fma(x, s3);
            s4 = all(a[q + 4 * rowStep]).fma(x, s4);
            s5 = all(a[q + 5 * rowStep]).fma(x, s5);
            s6 = all(a[q + 6 * rowStep]).fma(x, s6);
            s7 = all(a[q + 7 * rowStep]).fma(x, s7);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c1);
        s2.intoArray(c, c2);
        s3.intoArray(c, c3);
        s4.intoArray(c, c4);
        s5.intoArray(c, c5);
        s6.intoArray(c, c6);
        s7.intoArray(c, c7);
    }
}
