package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.INTS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.Elementary;
import io.carousel.kernel.SoftmaxRows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link SoftmaxRows} on vectors; the exponential is written out as in {@link VectorElementary}, and for the same reasons. */
final class VectorSoftmaxRows {
    private static final FloatVector EXP_MIN = broadcast(FLOATS, Elementary.EXP_MIN);
    private static final FloatVector EXP_MAX = broadcast(FLOATS, Elementary.EXP_MAX);
    private static final FloatVector LOG2_E = broadcast(FLOATS, Elementary.LOG2_E);
    private static final FloatVector ROUNDER = broadcast(FLOATS, Elementary.ROUNDER);
    private static final IntVector ROUNDER_BITS = IntVector.broadcast(INTS, Elementary.ROUNDER_BITS);
    private static final FloatVector ONE = broadcast(FLOATS, 1f);
    private static final FloatVector MINUS_LN2_LOW = broadcast(FLOATS, -Elementary.LN2_LOW);
    private static final FloatVector MINUS_LN2_HIGH = broadcast(FLOATS, -Elementary.LN2_HIGH);
    private static final FloatVector Q4 = broadcast(FLOATS, Elementary.Q4);
    private static final FloatVector Q3 = broadcast(FLOATS, Elementary.Q3);
    private static final FloatVector Q2 = broadcast(FLOATS, Elementary.Q2);
    private static final FloatVector Q1 = broadcast(FLOATS, Elementary.Q1);
    private static final FloatVector Q0 = broadcast(FLOATS, Elementary.Q0);
    private static final IntVector BIAS = IntVector.broadcast(INTS, Elementary.BIAS);

    private VectorSoftmaxRows() {}

    /** All rows in one method, so that the constants stay in registers from row to row. */
    static void shiftedExp(
            int rows, int n, float[] x, int xOffset, int stride, float[] m, int mAt, float[] s, int sAt) {
        for (int row = 0, xAt = xOffset; row < rows; row++, xAt += stride) {
            int j = 0;
            for (; j <= n - LENGTH; j += LENGTH) {
                FloatVector v = fromArray(FLOATS, x, xAt + j).sub(fromArray(FLOATS, m, mAt + j));
                v = v.blend(EXP_MIN, v.compare(VectorOperators.LT, EXP_MIN));
                v = v.blend(EXP_MAX, v.compare(VectorOperators.GT, EXP_MAX));
                FloatVector shifted = v.fma(LOG2_E, ROUNDER);
                FloatVector rounded = shifted.sub(ROUNDER);
                FloatVector r = rounded.fma(MINUS_LN2_HIGH, v);
                r = rounded.fma(MINUS_LN2_LOW, r);
                FloatVector q = r.fma(Q4, Q3);
                q = r.fma(q, Q2);
                q = r.fma(q, Q1);
                q = r.fma(q, Q0);
                q = r.mul(r).fma(q, r);
                IntVector k = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
                IntVector half = k.lanewise(VectorOperators.ASHR, 1);
                IntVector low = half.add(BIAS).lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
                IntVector high = k.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
                FloatVector first = low.reinterpretAsFloats();
                FloatVector second = high.reinterpretAsFloats();
                FloatVector e = ONE.add(q).mul(first).mul(second);
                e.intoArray(x, xAt + j);
                fromArray(FLOATS, s, sAt + j).add(e).intoArray(s, sAt + j);
            }
            SoftmaxRows.shiftedExpRow(j, n, x, xAt, m, mAt, s, sAt);
        }
    }
}
