package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.INTS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * One row of the result over one or two panels of a {@link PanelMatrix} in bfloat16.
 *
 * <p>A bfloat16 is the upper half of a float: a shift widens the low halves of a vector of ints, a mask the high ones.
 */
final class HalvedTiles {
    private static final int HALF = 16;
    private static final int HIGH = 0xFFFF0000;

    private HalvedTiles() {}

    /** Two rows of the panel in a turn, which also makes the method too long to be inlined: see ARCHITECTURE.md. */
    static void four(int k, float[] a, int a0, int[] b, int b0, float[] c, int c0, int c1, int c2, int c3) {
        FloatVector s0 = fromArray(FLOATS, c, c0);
        FloatVector s1 = fromArray(FLOATS, c, c1);
        FloatVector s2 = fromArray(FLOATS, c, c2);
        FloatVector s3 = fromArray(FLOATS, c, c3);
        IntVector high = IntVector.broadcast(INTS, HIGH);
        int p = 0;
        for (; p + 1 < k; p += 2) {
            FloatVector v = broadcast(FLOATS, a[a0 + p]);
            IntVector x0 = IntVector.fromArray(INTS, b, b0 + 2 * LENGTH * p);
            s0 = v.fma(x0.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats(), s0);
            s1 = v.fma(x0.and(high).reinterpretAsFloats(), s1);
            IntVector x1 = IntVector.fromArray(INTS, b, b0 + 2 * LENGTH * p + LENGTH);
            s2 = v.fma(x1.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats(), s2);
            s3 = v.fma(x1.and(high).reinterpretAsFloats(), s3);
            FloatVector w = broadcast(FLOATS, a[a0 + p + 1]);
            IntVector y0 = IntVector.fromArray(INTS, b, b0 + 2 * LENGTH * p + 2 * LENGTH);
            s0 = w.fma(y0.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats(), s0);
            s1 = w.fma(y0.and(high).reinterpretAsFloats(), s1);
            IntVector y1 = IntVector.fromArray(INTS, b, b0 + 2 * LENGTH * p + 3 * LENGTH);
            s2 = w.fma(y1.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats(), s2);
            s3 = w.fma(y1.and(high).reinterpretAsFloats(), s3);
        }
        for (; p < k; p++) {
            FloatVector v = broadcast(FLOATS, a[a0 + p]);
            IntVector x0 = IntVector.fromArray(INTS, b, b0 + 2 * LENGTH * p);
            s0 = v.fma(x0.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats(), s0);
            s1 = v.fma(x0.and(high).reinterpretAsFloats(), s1);
            IntVector x1 = IntVector.fromArray(INTS, b, b0 + 2 * LENGTH * p + LENGTH);
            s2 = v.fma(x1.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats(), s2);
            s3 = v.fma(x1.and(high).reinterpretAsFloats(), s3);
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
            int[] b,
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
        IntVector high = IntVector.broadcast(INTS, HIGH);
        for (int p = 0; p < k; p++) {
            FloatVector v = broadcast(FLOATS, a[a0 + p]);
            IntVector x0 = IntVector.fromArray(INTS, b, b0 + 2 * LENGTH * p);
            s0 = v.fma(x0.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats(), s0);
            s1 = v.fma(x0.and(high).reinterpretAsFloats(), s1);
            IntVector x1 = IntVector.fromArray(INTS, b, b0 + 2 * LENGTH * p + LENGTH);
            s2 = v.fma(x1.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats(), s2);
            s3 = v.fma(x1.and(high).reinterpretAsFloats(), s3);
            IntVector x2 = IntVector.fromArray(INTS, b, b1 + 2 * LENGTH * p);
            s4 = v.fma(x2.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats(), s4);
            s5 = v.fma(x2.and(high).reinterpretAsFloats(), s5);
            IntVector x3 = IntVector.fromArray(INTS, b, b1 + 2 * LENGTH * p + LENGTH);
            s6 = v.fma(x3.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats(), s6);
            s7 = v.fma(x3.and(high).reinterpretAsFloats(), s7);
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
