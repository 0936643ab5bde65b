package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of one or two rows of the result over several panels: eight chains, enough to hide the latency of {@code fma}.
 *
 * <p>The vectors of the result follow one another, except that the last starts at {@code last}.
 */
final class WideTiles {
    private WideTiles() {}

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
