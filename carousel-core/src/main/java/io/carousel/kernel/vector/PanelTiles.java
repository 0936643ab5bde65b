package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/** One row of the result over one or two panels of a {@link PanelMatrix}; {@code c0}, {@code c1}, … is where its vectors start. */
final class PanelTiles {
    private PanelTiles() {}

    /** Two rows of the panel in a turn, which also makes the method too long to be inlined: see ARCHITECTURE.md. */
    static void four(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0, int c1, int c2, int c3) {
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector s1 = fromArray(FLOATS, c, c1);
        FloatVector s2 = fromArray(FLOATS, c, c2);
        FloatVector s3 = fromArray(FLOATS, c, c3);
        int p = 0;
        for (; p + 1 < k; p += 2) {
            FloatVector v = broadcast(FLOATS, a[a0 + p]);
            s0 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p), s0);
            s1 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + LENGTH), s1);
            s2 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + 2 * LENGTH), s2);
            s3 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + 3 * LENGTH), s3);
            FloatVector w = broadcast(FLOATS, a[a0 + p + 1]);
            s0 = w.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + 4 * LENGTH), s0);
            s1 = w.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + 5 * LENGTH), s1);
            s2 = w.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + 6 * LENGTH), s2);
            s3 = w.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + 7 * LENGTH), s3);
        }
        for (; p < k; p++) {
            FloatVector v = broadcast(FLOATS, a[a0 + p]);
            s0 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p), s0);
            s1 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + LENGTH), s1);
            s2 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + 2 * LENGTH), s2);
            s3 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + 3 * LENGTH), s3);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c1);
        s2.intoArray(c, c2);
        s3.intoArray(c, c3);
    }

    /** The vectors of the second panel start at {@code c4} and follow one another, except for the last. */
    static void eight(
            int k,
            float[] a,
            int a0,
            float[] b,
            int b0,
            int b1,
            float[] c,
            int c0,
            int c1,
            int c2,
            int c3,
            int c4,
            int last) {
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector s1 = fromArray(FLOATS, c, c1);
        FloatVector s2 = fromArray(FLOATS, c, c2);
        FloatVector s3 = fromArray(FLOATS, c, c3);
        FloatVector s4 = fromArray(FLOATS, c, c4);
        FloatVector s5 = fromArray(FLOATS, c, c4 + LENGTH);
        FloatVector s6 = fromArray(FLOATS, c, c4 + 2 * LENGTH);
        FloatVector s7 = fromArray(FLOATS, c, last);
        for (int p = 0; p < k; p++) {
            FloatVector v = broadcast(FLOATS, a[a0 + p]);
            s0 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p), s0);
            s1 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + LENGTH), s1);
            s2 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + 2 * LENGTH), s2);
            s3 = v.fma(fromArray(FLOATS, b, b0 + 4 * LENGTH * p + 3 * LENGTH), s3);
            s4 = v.fma(fromArray(FLOATS, b, b1 + 4 * LENGTH * p), s4);
            s5 = v.fma(fromArray(FLOATS, b, b1 + 4 * LENGTH * p + LENGTH), s5);
            s6 = v.fma(fromArray(FLOATS, b, b1 + 4 * LENGTH * p + 2 * LENGTH), s6);
            s7 = v.fma(fromArray(FLOATS, b, b1 + 4 * LENGTH * p + 3 * LENGTH), s7);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c1);
        s2.intoArray(c, c2);
        s3.intoArray(c, c3);
        s4.intoArray(c, c4);
        s5.intoArray(c, c4 + LENGTH);
        s6.intoArray(c, c4 + 2 * LENGTH);
        s7.intoArray(c, last);
    }
}
