package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.all;

import io.carousel.kernel.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link Elementary}, operation by operation, on a vector. */
final class VectorElementary {
    private VectorElementary() {}

    static FloatVector exp(FloatVector x) {
        FloatVector low = x.blend(all(Elementary.EXP_MIN), x.compare(VectorOperators.LT, all(Elementary.EXP_MIN)));
        return expInRange(low.blend(all(Elementary.EXP_MAX), low.compare(VectorOperators.GT, all(Elementary.EXP_MAX))));
    }

    private static FloatVector expInRange(FloatVector x) {
        FloatVector shifted = x.fma(all(Elementary.LOG2_E), all(Elementary.ROUNDER));
        IntVector n = shifted.reinterpretAsInts().sub(all(Elementary.ROUNDER_BITS));
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        FloatVector p = all(1f).add(reducedExpm1(x, shifted.sub(all(Elementary.ROUNDER))));
        return p.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
    }

    private static FloatVector reducedExpm1(FloatVector x, FloatVector n) {
        FloatVector r = n.fma(all(-Elementary.LN2_LOW), n.fma(all(-Elementary.LN2_HIGH), x));
        FloatVector q = r.fma(all(Elementary.Q4), all(Elementary.Q3));
        q = r.fma(q, all(Elementary.Q2));
        q = r.fma(q, all(Elementary.Q1));
        q = r.fma(q, all(Elementary.Q0));
        return r.mul(r).fma(q, r);
    }

    private static FloatVector powerOfTwo(IntVector n) {
        return n.add(all(Elementary.BIAS))
                .lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS)
                .reinterpretAsFloats();
    }

    static FloatVector sigmoid(FloatVector x) {
        FloatVector a = x.reinterpretAsInts().or(all(Elementary.SIGN)).reinterpretAsFloats();
        FloatVector e =
                expInRange(a.blend(all(Elementary.EXP_MIN), a.compare(VectorOperators.LT, all(Elementary.EXP_MIN))));
        FloatVector one = all(1f);
        return one.blend(e, x.compare(VectorOperators.LT, all(0f))).div(one.add(e));
    }

    static FloatVector tanh(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        FloatVector a = bits.and(all(~Elementary.SIGN)).reinterpretAsFloats();
        FloatVector a2 =
                all(2f).mul(a.blend(all(Elementary.TANH_MAX), a.compare(VectorOperators.GT, all(Elementary.TANH_MAX))));
        FloatVector shifted = a2.fma(all(Elementary.LOG2_E), all(Elementary.ROUNDER));
        FloatVector s = powerOfTwo(shifted.reinterpretAsInts().sub(all(Elementary.ROUNDER_BITS)));
        FloatVector u = s.fma(reducedExpm1(a2, shifted.sub(all(Elementary.ROUNDER))), s.sub(all(1f)));
        FloatVector y = u.div(u.add(all(2f)));
        return y.reinterpretAsInts().or(bits.and(all(Elementary.SIGN))).reinterpretAsFloats();
    }

    static FloatVector log(FloatVector x) {
        VectorMask<Float> subnormal = x.compare(VectorOperators.LT, all(Float.MIN_NORMAL));
        IntVector bits = x.blend(x.mul(all(Elementary.SUBNORMAL_SCALE)), subnormal)
                .reinterpretAsInts()
                .sub(all(Elementary.ROOT_HALF_BITS));
        IntVector n = bits.lanewise(VectorOperators.ASHR, Elementary.FRACTION_BITS);
        n = n.sub(all(0).blend(all(Elementary.FRACTION_BITS), subnormal.cast(Width.INTS)));
        FloatVector f = bits.and(all(Elementary.FRACTION_MASK))
                .add(all(Elementary.ROOT_HALF_BITS))
                .reinterpretAsFloats()
                .sub(all(1f));
        FloatVector exponent =
                n.add(all(Elementary.ROUNDER_BITS)).reinterpretAsFloats().sub(all(Elementary.ROUNDER));
        FloatVector p = f.fma(all(Elementary.P8), all(Elementary.P7));
        p = f.fma(p, all(Elementary.P6));
        p = f.fma(p, all(Elementary.P5));
        p = f.fma(p, all(Elementary.P4));
        p = f.fma(p, all(Elementary.P3));
        p = f.fma(p, all(Elementary.P2));
        p = f.fma(p, all(Elementary.P1));
        p = f.fma(p, all(Elementary.P0));
        FloatVector square = f.mul(f);
        FloatVector y = all(-0.5f).fma(square, f.mul(square).mul(p));
        y = f.add(exponent.fma(all(Elementary.LN2_LOW), y));
        y = exponent.fma(all(Elementary.LN2_HIGH), y);
        y = y.blend(x, x.compare(VectorOperators.EQ, all(Float.POSITIVE_INFINITY)));
        y = y.blend(all(Float.NaN), x.compare(VectorOperators.GE, all(0f)).not());
        return y.blend(all(Float.NEGATIVE_INFINITY), x.compare(VectorOperators.EQ, all(0f)));
    }
}
