package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost loops of the products: a tile of the result stays in registers while one row of B after the other passes.
 *
 * <p>A tile loads its part of C, continues every chain over {@code k} rows of a panel, and stores. The methods
 * whose name ends in T read rows of A that were copied side by side, {@link VectorProduct#GROUP} in a group.
 */
final class Tiles {
    private Tiles() {}

    static void rows8(
            int k, float[] a, int a0, int aStride, float[] b, int bOffset, float[] c, int c0, int second, int cStride) {
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
        int a6 = a5 + aStride;
        int a7 = a6 + aStride;
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        int c4 = c3 + cStride;
        int c5 = c4 + cStride;
        int c6 = c5 + cStride;
        int c7 = c6 + cStride;
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector t0 = fromArray(FLOATS, c, c0 + second);
        FloatVector s1 = fromArray(FLOATS, c, c1);
        FloatVector t1 = fromArray(FLOATS, c, c1 + second);
        FloatVector s2 = fromArray(FLOATS, c, c2);
        FloatVector t2 = fromArray(FLOATS, c, c2 + second);
        FloatVector s3 = fromArray(FLOATS, c, c3);
        FloatVector t3 = fromArray(FLOATS, c, c3 + second);
        FloatVector s4 = fromArray(FLOATS, c, c4);
        FloatVector t4 = fromArray(FLOATS, c, c4 + second);
        FloatVector s5 = fromArray(FLOATS, c, c5);
        FloatVector t5 = fromArray(FLOATS, c, c5 + second);
        FloatVector s6 = fromArray(FLOATS, c, c6);
        FloatVector t6 = fromArray(FLOATS, c, c6 + second);
        FloatVector s7 = fromArray(FLOATS, c, c7);
        FloatVector t7 = fromArray(FLOATS, c, c7 + second);
        for (int p = 0; p < k; p++) {
            FloatVector x = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p);
            FloatVector y = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p + LENGTH);
            FloatVector v0 = broadcast(FLOATS, a[a0 + p]);
            s0 = v0.fma(x, s0);
            t0 = v0.fma(y, t0);
            FloatVector v1 = broadcast(FLOATS, a[a1 + p]);
            s1 = v1.fma(x, s1);
            t1 = v1.fma(y, t1);
            FloatVector v2 = broadcast(FLOATS, a[a2 + p]);
            s2 = v2.fma(x, s2);
            t2 = v2.fma(y, t2);
            FloatVector v3 = broadcast(FLOATS, a[a3 + p]);
            s3 = v3.fma(x, s3);
            t3 = v3.fma(y, t3);
            FloatVector v4 = broadcast(FLOATS, a[a4 + p]);
            s4 = v4.fma(x, s4);
            t4 = v4.fma(y, t4);
            FloatVector v5 = broadcast(FLOATS, a[a5 + p]);
            s5 = v5.fma(x, s5);
            t5 = v5.fma(y, t5);
            FloatVector v6 = broadcast(FLOATS, a[a6 + p]);
            s6 = v6.fma(x, s6);
            t6 = v6.fma(y, t6);
            FloatVector v7 = broadcast(FLOATS, a[a7 + p]);
            s7 = v7.fma(x, s7);
            t7 = v7.fma(y, t7);
        }
        s0.intoArray(c, c0);
        t0.intoArray(c, c0 + second);
        s1.intoArray(c, c1);
        t1.intoArray(c, c1 + second);
        s2.intoArray(c, c2);
        t2.intoArray(c, c2 + second);
        s3.intoArray(c, c3);
        t3.intoArray(c, c3 + second);
        s4.intoArray(c, c4);
        t4.intoArray(c, c4 + second);
        s5.intoArray(c, c5);
        t5.intoArray(c, c5 + second);
        s6.intoArray(c, c6);
        t6.intoArray(c, c6 + second);
        s7.intoArray(c, c7);
        t7.intoArray(c, c7 + second);
    }

    static void rows8T(int k, float[] a, int a0, float[] b, int bOffset, float[] c, int c0, int second, int cStride) {
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        int c4 = c3 + cStride;
        int c5 = c4 + cStride;
        int c6 = c5 + cStride;
        int c7 = c6 + cStride;
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector t0 = fromArray(FLOATS, c, c0 + second);
        FloatVector s1 = fromArray(FLOATS, c, c1);
        FloatVector t1 = fromArray(FLOATS, c, c1 + second);
        FloatVector s2 = fromArray(FLOATS, c, c2);
        FloatVector t2 = fromArray(FLOATS, c, c2 + second);
        FloatVector s3 = fromArray(FLOATS, c, c3);
        FloatVector t3 = fromArray(FLOATS, c, c3 + second);
        FloatVector s4 = fromArray(FLOATS, c, c4);
        FloatVector t4 = fromArray(FLOATS, c, c4 + second);
        FloatVector s5 = fromArray(FLOATS, c, c5);
        FloatVector t5 = fromArray(FLOATS, c, c5 + second);
        FloatVector s6 = fromArray(FLOATS, c, c6);
        FloatVector t6 = fromArray(FLOATS, c, c6 + second);
        FloatVector s7 = fromArray(FLOATS, c, c7);
        FloatVector t7 = fromArray(FLOATS, c, c7 + second);
        for (int p = 0; p < k; p++) {
            FloatVector x = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p);
            FloatVector y = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p + LENGTH);
            int q = a0 + p * VectorProduct.GROUP;
            FloatVector v0 = broadcast(FLOATS, a[q]);
            s0 = v0.fma(x, s0);
            t0 = v0.fma(y, t0);
            FloatVector v1 = broadcast(FLOATS, a[q + 1]);
            s1 = v1.fma(x, s1);
            t1 = v1.fma(y, t1);
            FloatVector v2 = broadcast(FLOATS, a[q + 2]);
            s2 = v2.fma(x, s2);
            t2 = v2.fma(y, t2);
            FloatVector v3 = broadcast(FLOATS, a[q + 3]);
            s3 = v3.fma(x, s3);
            t3 = v3.fma(y, t3);
            FloatVector v4 = broadcast(FLOATS, a[q + 4]);
            s4 = v4.fma(x, s4);
            t4 = v4.fma(y, t4);
            FloatVector v5 = broadcast(FLOATS, a[q + 5]);
            s5 = v5.fma(x, s5);
            t5 = v5.fma(y, t5);
            FloatVector v6 = broadcast(FLOATS, a[q + 6]);
            s6 = v6.fma(x, s6);
            t6 = v6.fma(y, t6);
            FloatVector v7 = broadcast(FLOATS, a[q + 7]);
            s7 = v7.fma(x, s7);
            t7 = v7.fma(y, t7);
        }
        s0.intoArray(c, c0);
        t0.intoArray(c, c0 + second);
        s1.intoArray(c, c1);
        t1.intoArray(c, c1 + second);
        s2.intoArray(c, c2);
        t2.intoArray(c, c2 + second);
        s3.intoArray(c, c3);
        t3.intoArray(c, c3 + second);
        s4.intoArray(c, c4);
        t4.intoArray(c, c4 + second);
        s5.intoArray(c, c5);
        t5.intoArray(c, c5 + second);
        s6.intoArray(c, c6);
        t6.intoArray(c, c6 + second);
        s7.intoArray(c, c7);
        t7.intoArray(c, c7 + second);
    }

    static void rows4(
            int k, float[] a, int a0, int aStride, float[] b, int bOffset, float[] c, int c0, int second, int cStride) {
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector t0 = fromArray(FLOATS, c, c0 + second);
        FloatVector s1 = fromArray(FLOATS, c, c1);
        FloatVector t1 = fromArray(FLOATS, c, c1 + second);
        FloatVector s2 = fromArray(FLOATS, c, c2);
        FloatVector t2 = fromArray(FLOATS, c, c2 + second);
        FloatVector s3 = fromArray(FLOATS, c, c3);
        FloatVector t3 = fromArray(FLOATS, c, c3 + second);
        for (int p = 0; p < k; p++) {
            FloatVector x = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p);
            FloatVector y = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p + LENGTH);
            FloatVector v0 = broadcast(FLOATS, a[a0 + p]);
            s0 = v0.fma(x, s0);
            t0 = v0.fma(y, t0);
            FloatVector v1 = broadcast(FLOATS, a[a1 + p]);
            s1 = v1.fma(x, s1);
            t1 = v1.fma(y, t1);
            FloatVector v2 = broadcast(FLOATS, a[a2 + p]);
            s2 = v2.fma(x, s2);
            t2 = v2.fma(y, t2);
            FloatVector v3 = broadcast(FLOATS, a[a3 + p]);
            s3 = v3.fma(x, s3);
            t3 = v3.fma(y, t3);
        }
        s0.intoArray(c, c0);
        t0.intoArray(c, c0 + second);
        s1.intoArray(c, c1);
        t1.intoArray(c, c1 + second);
        s2.intoArray(c, c2);
        t2.intoArray(c, c2 + second);
        s3.intoArray(c, c3);
        t3.intoArray(c, c3 + second);
    }

    static void rows4T(int k, float[] a, int a0, float[] b, int bOffset, float[] c, int c0, int second, int cStride) {
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector t0 = fromArray(FLOATS, c, c0 + second);
        FloatVector s1 = fromArray(FLOATS, c, c1);
        FloatVector t1 = fromArray(FLOATS, c, c1 + second);
        FloatVector s2 = fromArray(FLOATS, c, c2);
        FloatVector t2 = fromArray(FLOATS, c, c2 + second);
        FloatVector s3 = fromArray(FLOATS, c, c3);
        FloatVector t3 = fromArray(FLOATS, c, c3 + second);
        for (int p = 0; p < k; p++) {
            FloatVector x = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p);
            FloatVector y = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p + LENGTH);
            int q = a0 + p * VectorProduct.GROUP;
            FloatVector v0 = broadcast(FLOATS, a[q]);
            s0 = v0.fma(x, s0);
            t0 = v0.fma(y, t0);
            FloatVector v1 = broadcast(FLOATS, a[q + 1]);
            s1 = v1.fma(x, s1);
            t1 = v1.fma(y, t1);
            FloatVector v2 = broadcast(FLOATS, a[q + 2]);
            s2 = v2.fma(x, s2);
            t2 = v2.fma(y, t2);
            FloatVector v3 = broadcast(FLOATS, a[q + 3]);
            s3 = v3.fma(x, s3);
            t3 = v3.fma(y, t3);
        }
        s0.intoArray(c, c0);
        t0.intoArray(c, c0 + second);
        s1.intoArray(c, c1);
        t1.intoArray(c, c1 + second);
        s2.intoArray(c, c2);
        t2.intoArray(c, c2 + second);
        s3.intoArray(c, c3);
        t3.intoArray(c, c3 + second);
    }

    /** Two rows of B in a turn, which also makes the method too long to be inlined: see ARCHITECTURE.md. */
    static void rows2(
            int k, float[] a, int a0, int aStride, float[] b, int bOffset, float[] c, int c0, int second, int cStride) {
        int a1 = a0 + aStride;
        int c1 = c0 + cStride;
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector t0 = fromArray(FLOATS, c, c0 + second);
        FloatVector s1 = fromArray(FLOATS, c, c1);
        FloatVector t1 = fromArray(FLOATS, c, c1 + second);
        int p = 0;
        for (; p + 1 < k; p += 2) {
            FloatVector x = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p);
            FloatVector y = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p + LENGTH);
            FloatVector v0 = broadcast(FLOATS, a[a0 + p]);
            s0 = v0.fma(x, s0);
            t0 = v0.fma(y, t0);
            FloatVector v1 = broadcast(FLOATS, a[a1 + p]);
            s1 = v1.fma(x, s1);
            t1 = v1.fma(y, t1);
            FloatVector x1 = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p + 2 * LENGTH);
            FloatVector y1 = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p + 3 * LENGTH);
            FloatVector w0 = broadcast(FLOATS, a[a0 + p + 1]);
            s0 = w0.fma(x1, s0);
            t0 = w0.fma(y1, t0);
            FloatVector w1 = broadcast(FLOATS, a[a1 + p + 1]);
            s1 = w1.fma(x1, s1);
            t1 = w1.fma(y1, t1);
        }
        for (; p < k; p++) {
            FloatVector x = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p);
            FloatVector y = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p + LENGTH);
            FloatVector v0 = broadcast(FLOATS, a[a0 + p]);
            s0 = v0.fma(x, s0);
            t0 = v0.fma(y, t0);
            FloatVector v1 = broadcast(FLOATS, a[a1 + p]);
            s1 = v1.fma(x, s1);
            t1 = v1.fma(y, t1);
        }
        s0.intoArray(c, c0);
        t0.intoArray(c, c0 + second);
        s1.intoArray(c, c1);
        t1.intoArray(c, c1 + second);
    }

    static void rows2T(int k, float[] a, int a0, float[] b, int bOffset, float[] c, int c0, int second, int cStride) {
        int c1 = c0 + cStride;
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector t0 = fromArray(FLOATS, c, c0 + second);
        FloatVector s1 = fromArray(FLOATS, c, c1);
        FloatVector t1 = fromArray(FLOATS, c, c1 + second);
        for (int p = 0; p < k; p++) {
            FloatVector x = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p);
            FloatVector y = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p + LENGTH);
            int q = a0 + p * VectorProduct.GROUP;
            FloatVector v0 = broadcast(FLOATS, a[q]);
            s0 = v0.fma(x, s0);
            t0 = v0.fma(y, t0);
            FloatVector v1 = broadcast(FLOATS, a[q + 1]);
            s1 = v1.fma(x, s1);
            t1 = v1.fma(y, t1);
        }
        s0.intoArray(c, c0);
        t0.intoArray(c, c0 + second);
        s1.intoArray(c, c1);
        t1.intoArray(c, c1 + second);
    }

    static void rows1(
            int k, float[] a, int a0, int aStride, float[] b, int bOffset, float[] c, int c0, int second, int cStride) {
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector t0 = fromArray(FLOATS, c, c0 + second);
        for (int p = 0; p < k; p++) {
            FloatVector x = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p);
            FloatVector y = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p + LENGTH);
            FloatVector v0 = broadcast(FLOATS, a[a0 + p]);
            s0 = v0.fma(x, s0);
            t0 = v0.fma(y, t0);
        }
        s0.intoArray(c, c0);
        t0.intoArray(c, c0 + second);
    }

    static void rows1T(int k, float[] a, int a0, float[] b, int bOffset, float[] c, int c0, int second, int cStride) {
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector t0 = fromArray(FLOATS, c, c0 + second);
        for (int p = 0; p < k; p++) {
            FloatVector x = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p);
            FloatVector y = fromArray(FLOATS, b, bOffset + 2 * LENGTH * p + LENGTH);
            int q = a0 + p * VectorProduct.GROUP;
            FloatVector v0 = broadcast(FLOATS, a[q]);
            s0 = v0.fma(x, s0);
            t0 = v0.fma(y, t0);
        }
        s0.intoArray(c, c0);
        t0.intoArray(c, c0 + second);
    }
}
