package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of few rows of the result over several panels: at least eight chains, enough to hide the latency of {@code fma}.
 *
 * <p>The vectors of the result follow one another, except that the last starts at {@code last}.
 */
final class WideTiles {
    private WideTiles() {}

    static void rows4(
            int k,
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int panel,
            float[] c,
            int c0,
            int last,
            int cStride) {
        int b1 = b0 + panel;
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        FloatVector s00 = fromArray(FLOATS, c, c0);
        FloatVector s01 = fromArray(FLOATS, c, c0 + LENGTH);
        FloatVector s02 = fromArray(FLOATS, c, c0 + 2 * LENGTH);
        FloatVector s03 = fromArray(FLOATS, c, c0 + last);
        FloatVector s10 = fromArray(FLOATS, c, c1);
        FloatVector s11 = fromArray(FLOATS, c, c1 + LENGTH);
        FloatVector s12 = fromArray(FLOATS, c, c1 + 2 * LENGTH);
        FloatVector s13 = fromArray(FLOATS, c, c1 + last);
        FloatVector s20 = fromArray(FLOATS, c, c2);
        FloatVector s21 = fromArray(FLOATS, c, c2 + LENGTH);
        FloatVector s22 = fromArray(FLOATS, c, c2 + 2 * LENGTH);
        FloatVector s23 = fromArray(FLOATS, c, c2 + last);
        FloatVector s30 = fromArray(FLOATS, c, c3);
        FloatVector s31 = fromArray(FLOATS, c, c3 + LENGTH);
        FloatVector s32 = fromArray(FLOATS, c, c3 + 2 * LENGTH);
        FloatVector s33 = fromArray(FLOATS, c, c3 + last);
        for (int p = 0; p < k; p++) {
            FloatVector x0 = fromArray(FLOATS, b, b0 + 2 * LENGTH * p);
            FloatVector x1 = fromArray(FLOATS, b, b0 + 2 * LENGTH * p + LENGTH);
            FloatVector x2 = fromArray(FLOATS, b, b1 + 2 * LENGTH * p);
            FloatVector x3 = fromArray(FLOATS, b, b1 + 2 * LENGTH * p + LENGTH);
            FloatVector v0 = broadcast(FLOATS, a[a0 + p]);
            s00 = v0.fma(x0, s00);
            s01 = v0.fma(x1, s01);
            s02 = v0.fma(x2, s02);
            s03 = v0.fma(x3, s03);
            FloatVector v1 = broadcast(FLOATS, a[a1 + p]);
            s10 = v1.fma(x0, s10);
            s11 = v1.fma(x1, s11);
            s12 = v1.fma(x2, s12);
            s13 = v1.fma(x3, s13);
            FloatVector v2 = broadcast(FLOATS, a[a2 + p]);
            s20 = v2.fma(x0, s20);
            s21 = v2.fma(x1, s21);
            s22 = v2.fma(x2, s22);
            s23 = v2.fma(x3, s23);
            FloatVector v3 = broadcast(FLOATS, a[a3 + p]);
            s30 = v3.fma(x0, s30);
            s31 = v3.fma(x1, s31);
            s32 = v3.fma(x2, s32);
            s33 = v3.fma(x3, s33);
        }
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + LENGTH);
        s02.intoArray(c, c0 + 2 * LENGTH);
        s03.intoArray(c, c0 + last);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LENGTH);
        s12.intoArray(c, c1 + 2 * LENGTH);
        s13.intoArray(c, c1 + last);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + LENGTH);
        s22.intoArray(c, c2 + 2 * LENGTH);
        s23.intoArray(c, c2 + last);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + LENGTH);
        s32.intoArray(c, c3 + 2 * LENGTH);
        s33.intoArray(c, c3 + last);
    }

    static void rows2(
            int k,
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int panel,
            float[] c,
            int c0,
            int last,
            int cStride) {
        int b1 = b0 + panel;
        int a1 = a0 + aStride;
        int c1 = c0 + cStride;
        FloatVector s00 = fromArray(FLOATS, c, c0);
        FloatVector s01 = fromArray(FLOATS, c, c0 + LENGTH);
        FloatVector s02 = fromArray(FLOATS, c, c0 + 2 * LENGTH);
        FloatVector s03 = fromArray(FLOATS, c, c0 + last);
        FloatVector s10 = fromArray(FLOATS, c, c1);
        FloatVector s11 = fromArray(FLOATS, c, c1 + LENGTH);
        FloatVector s12 = fromArray(FLOATS, c, c1 + 2 * LENGTH);
        FloatVector s13 = fromArray(FLOATS, c, c1 + last);
        for (int p = 0; p < k; p++) {
            FloatVector v0 = broadcast(FLOATS, a[a0 + p]);
            FloatVector v1 = broadcast(FLOATS, a[a1 + p]);
            FloatVector x0 = fromArray(FLOATS, b, b0 + 2 * LENGTH * p);
            s00 = v0.fma(x0, s00);
            s10 = v1.fma(x0, s10);
            FloatVector x1 = fromArray(FLOATS, b, b0 + 2 * LENGTH * p + LENGTH);
            s01 = v0.fma(x1, s01);
            s11 = v1.fma(x1, s11);
            FloatVector x2 = fromArray(FLOATS, b, b1 + 2 * LENGTH * p);
            s02 = v0.fma(x2, s02);
            s12 = v1.fma(x2, s12);
            FloatVector x3 = fromArray(FLOATS, b, b1 + 2 * LENGTH * p + LENGTH);
            s03 = v0.fma(x3, s03);
            s13 = v1.fma(x3, s13);
        }
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + LENGTH);
        s02.intoArray(c, c0 + 2 * LENGTH);
        s03.intoArray(c, c0 + last);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LENGTH);
        s12.intoArray(c, c1 + 2 * LENGTH);
        s13.intoArray(c, c1 + last);
    }

    static void rows1(int k, float[] a, int a0, float[] b, int b0, int panel, float[] c, int c0, int last) {
        int b1 = b0 + panel;
        int b2 = b1 + panel;
        int b3 = b2 + panel;
        FloatVector s00 = fromArray(FLOATS, c, c0);
        FloatVector s01 = fromArray(FLOATS, c, c0 + LENGTH);
        FloatVector s02 = fromArray(FLOATS, c, c0 + 2 * LENGTH);
        FloatVector s03 = fromArray(FLOATS, c, c0 + 3 * LENGTH);
        FloatVector s04 = fromArray(FLOATS, c, c0 + 4 * LENGTH);
        FloatVector s05 = fromArray(FLOATS, c, c0 + 5 * LENGTH);
        FloatVector s06 = fromArray(FLOATS, c, c0 + 6 * LENGTH);
        FloatVector s07 = fromArray(FLOATS, c, c0 + last);
        for (int p = 0; p < k; p++) {
            FloatVector v0 = broadcast(FLOATS, a[a0 + p]);
            FloatVector x0 = fromArray(FLOATS, b, b0 + 2 * LENGTH * p);
            s00 = v0.fma(x0, s00);
            FloatVector x1 = fromArray(FLOATS, b, b0 + 2 * LENGTH * p + LENGTH);
            s01 = v0.fma(x1, s01);
            FloatVector x2 = fromArray(FLOATS, b, b1 + 2 * LENGTH * p);
            s02 = v0.fma(x2, s02);
            FloatVector x3 = fromArray(FLOATS, b, b1 + 2 * LENGTH * p + LENGTH);
            s03 = v0.fma(x3, s03);
            FloatVector x4 = fromArray(FLOATS, b, b2 + 2 * LENGTH * p);
            s04 = v0.fma(x4, s04);
            FloatVector x5 = fromArray(FLOATS, b, b2 + 2 * LENGTH * p + LENGTH);
            s05 = v0.fma(x5, s05);
            FloatVector x6 = fromArray(FLOATS, b, b3 + 2 * LENGTH * p);
            s06 = v0.fma(x6, s06);
            FloatVector x7 = fromArray(FLOATS, b, b3 + 2 * LENGTH * p + LENGTH);
            s07 = v0.fma(x7, s07);
        }
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + LENGTH);
        s02.intoArray(c, c0 + 2 * LENGTH);
        s03.intoArray(c, c0 + 3 * LENGTH);
        s04.intoArray(c, c0 + 4 * LENGTH);
        s05.intoArray(c, c0 + 5 * LENGTH);
        s06.intoArray(c, c0 + 6 * LENGTH);
        s07.intoArray(c, c0 + last);
    }
}
