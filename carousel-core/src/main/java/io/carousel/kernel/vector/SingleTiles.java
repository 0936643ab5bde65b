package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

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
        FloatVector s = fromArray(FLOATS, c, cOffset);
        for (int p = 0; p < k; p++) {
            s = broadcast(FLOATS, a[aOffset + p * depthStep]).fma(fromArray(FLOATS, b, at + p * LENGTH), s);
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
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector s1 = fromArray(FLOATS, c, c1);
        FloatVector s2 = fromArray(FLOATS, c, c2);
        FloatVector s3 = fromArray(FLOATS, c, c3);
        FloatVector s4 = fromArray(FLOATS, c, c4);
        FloatVector s5 = fromArray(FLOATS, c, c5);
        FloatVector s6 = fromArray(FLOATS, c, c6);
        FloatVector s7 = fromArray(FLOATS, c, c7);
        for (int p = 0; p < k; p++) {
            FloatVector x = fromArray(FLOATS, b, at + p * LENGTH);
            int q = aOffset + p * depthStep;
            s0 = broadcast(FLOATS, a[q]).fma(x, s0);
            s1 = broadcast(FLOATS, a[q + rowStep]).fma(x, s1);
            s2 = broadcast(FLOATS, a[q + 2 * rowStep]).fma(x, s2);
            s3 = broadcast(FLOATS, a[q + 3 * rowStep]).fma(x, s3);
            s4 = broadcast(FLOATS, a[q + 4 * rowStep]).fma(x, s4);
            s5 = broadcast(FLOATS, a[q + 5 * rowStep]).fma(x, s5);
            s6 = broadcast(FLOATS, a[q + 6 * rowStep]).fma(x, s6);
            s7 = broadcast(FLOATS, a[q + 7 * rowStep]).fma(x, s7);
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
