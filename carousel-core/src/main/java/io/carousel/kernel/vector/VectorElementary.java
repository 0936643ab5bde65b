package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.INTS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Elementary}, operation by operation, on vectors; y may be x at the same offset.
 *
 * <p>Each function is one method with its loop, and not made of smaller ones, because C2 stops inlining when a compilation
 * has become too large, and a vector that passes a call that is not inlined is allocated. A method of more than 325
 * bytecodes, as these are, is compiled by itself and not as a part of its callers. For the same reason the constants are
 * vectors already.
 *
 * <p>Bounds are taken on the bits, as those of floats of one sign are ordered like their magnitudes: a comparison that makes
 * a mask makes the chain of latencies a fifth longer on JDK 17. NaN, which is beyond every bound, is put back at the end.
 */
final class VectorElementary {
    static final FloatVector EXP_MIN = broadcast(FLOATS, Elementary.EXP_MIN);
    static final FloatVector EXP_MAX = broadcast(FLOATS, Elementary.EXP_MAX);
    static final FloatVector LOG2_E = broadcast(FLOATS, Elementary.LOG2_E);
    static final FloatVector ROUNDER = broadcast(FLOATS, Elementary.ROUNDER);
    static final IntVector ROUNDER_BITS = IntVector.broadcast(INTS, Elementary.ROUNDER_BITS);
    static final FloatVector ONE = broadcast(FLOATS, 1f);
    static final FloatVector MINUS_LN2_LOW = broadcast(FLOATS, -Elementary.LN2_LOW);
    static final FloatVector MINUS_LN2_HIGH = broadcast(FLOATS, -Elementary.LN2_HIGH);
    static final FloatVector Q4 = broadcast(FLOATS, Elementary.Q4);
    static final FloatVector Q3 = broadcast(FLOATS, Elementary.Q3);
    static final FloatVector Q2 = broadcast(FLOATS, Elementary.Q2);
    static final FloatVector Q1 = broadcast(FLOATS, Elementary.Q1);
    static final FloatVector Q0 = broadcast(FLOATS, Elementary.Q0);
    static final IntVector BIAS = IntVector.broadcast(INTS, Elementary.BIAS);
    static final IntVector SIGN = IntVector.broadcast(INTS, Elementary.SIGN);
    static final FloatVector ZERO = broadcast(FLOATS, 0f);
    static final IntVector MAGNITUDE = IntVector.broadcast(INTS, ~Elementary.SIGN);
    static final FloatVector TWO = broadcast(FLOATS, 2f);
    static final IntVector TANH_MAX_BITS = IntVector.broadcast(INTS, Float.floatToRawIntBits(Elementary.TANH_MAX));
    static final IntVector EXP_MIN_BITS = IntVector.broadcast(INTS, Float.floatToRawIntBits(Elementary.EXP_MIN));
    static final IntVector INFINITY_BITS = IntVector.broadcast(INTS, Float.floatToRawIntBits(Float.POSITIVE_INFINITY));
    static final IntVector MINUS_INFINITY_BITS =
            IntVector.broadcast(INTS, Float.floatToRawIntBits(Float.NEGATIVE_INFINITY));
    static final IntVector LEAST_NORMAL_BITS = IntVector.broadcast(INTS, Elementary.LEAST_NORMAL_BITS);
    static final FloatVector SUBNORMAL_SCALE = broadcast(FLOATS, Elementary.SUBNORMAL_SCALE);
    static final IntVector ROOT_HALF_BITS = IntVector.broadcast(INTS, Elementary.ROOT_HALF_BITS);
    static final IntVector FRACTION_BITS = IntVector.broadcast(INTS, Elementary.FRACTION_BITS);
    static final IntVector FRACTION_MASK = IntVector.broadcast(INTS, Elementary.FRACTION_MASK);
    static final FloatVector P8 = broadcast(FLOATS, Elementary.P8);
    static final FloatVector P7 = broadcast(FLOATS, Elementary.P7);
    static final FloatVector P6 = broadcast(FLOATS, Elementary.P6);
    static final FloatVector P5 = broadcast(FLOATS, Elementary.P5);
    static final FloatVector P4 = broadcast(FLOATS, Elementary.P4);
    static final FloatVector P3 = broadcast(FLOATS, Elementary.P3);
    static final FloatVector P2 = broadcast(FLOATS, Elementary.P2);
    static final FloatVector P1 = broadcast(FLOATS, Elementary.P1);
    static final FloatVector P0 = broadcast(FLOATS, Elementary.P0);
    static final FloatVector MINUS_HALF = broadcast(FLOATS, -0.5f);
    static final FloatVector LN2_LOW = broadcast(FLOATS, Elementary.LN2_LOW);
    static final FloatVector LN2_HIGH = broadcast(FLOATS, Elementary.LN2_HIGH);
    static final FloatVector INFINITY = broadcast(FLOATS, Float.POSITIVE_INFINITY);
    static final FloatVector NAN = broadcast(FLOATS, Float.NaN);
    static final FloatVector MINUS_INFINITY = broadcast(FLOATS, Float.NEGATIVE_INFINITY);

    private VectorElementary() {}

    /** {@code y = e^x}. */
    static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = fromArray(FLOATS, x, xOffset + i);
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
            e.intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = Elementary.exp(x[xOffset + i]);
        }
    }

    /** {@code y = 1 / (1 + e^-x)}. */
    static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = VectorPairs.USED ? VectorPairs.sigmoid(n, x, xOffset, y, yOffset) : 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = fromArray(FLOATS, x, xOffset + i);
            IntVector bits = v.reinterpretAsInts().or(SIGN);
            FloatVector a = bits.min(EXP_MIN_BITS).reinterpretAsFloats();
            FloatVector shifted = a.fma(LOG2_E, ROUNDER);
            FloatVector rounded = shifted.sub(ROUNDER);
            FloatVector r = rounded.fma(MINUS_LN2_HIGH, a);
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
            FloatVector e = ONE.add(q).mul(low.reinterpretAsFloats()).mul(high.reinterpretAsFloats());
            FloatVector numerator = ONE.blend(e, v.compare(VectorOperators.LT, ZERO));
            FloatVector result = numerator.div(ONE.add(e));
            IntVector nan = MINUS_INFINITY_BITS.sub(bits).lanewise(VectorOperators.ASHR, 31);
            result.reinterpretAsInts().or(nan).reinterpretAsFloats().intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = Elementary.sigmoid(x[xOffset + i]);
        }
    }

    /** {@code y = tanh x}. */
    static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = VectorPairs.USED ? VectorPairs.tanh(n, x, xOffset, y, yOffset) : 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = fromArray(FLOATS, x, xOffset + i);
            IntVector sign = v.reinterpretAsInts().and(SIGN);
            IntVector bits = v.reinterpretAsInts().and(MAGNITUDE);
            FloatVector a = TWO.mul(bits.min(TANH_MAX_BITS).reinterpretAsFloats());
            FloatVector shifted = a.fma(LOG2_E, ROUNDER);
            FloatVector rounded = shifted.sub(ROUNDER);
            FloatVector r = rounded.fma(MINUS_LN2_HIGH, a);
            r = rounded.fma(MINUS_LN2_LOW, r);
            FloatVector q = r.fma(Q4, Q3);
            q = r.fma(q, Q2);
            q = r.fma(q, Q1);
            q = r.fma(q, Q0);
            q = r.mul(r).fma(q, r);
            IntVector k = shifted.reinterpretAsInts().sub(ROUNDER_BITS).add(BIAS);
            FloatVector s =
                    k.lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS).reinterpretAsFloats();
            FloatVector u = s.fma(q, s.sub(ONE));
            FloatVector divisor = u.add(TWO);
            IntVector magnitude = u.div(divisor).reinterpretAsInts();
            IntVector nan = INFINITY_BITS.sub(bits).lanewise(VectorOperators.ASHR, 31);
            IntVector result = magnitude.or(sign).or(nan);
            result.reinterpretAsFloats().intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = Elementary.tanh(x[xOffset + i]);
        }
    }

    /** {@code y = ln x}. */
    static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = fromArray(FLOATS, x, xOffset + i);
            IntVector raw = v.reinterpretAsInts();
            VectorMask<Integer> subnormal = raw.compare(VectorOperators.LT, LEAST_NORMAL_BITS);
            IntVector bits = raw.blend(v.mul(SUBNORMAL_SCALE).reinterpretAsInts(), subnormal)
                    .sub(ROOT_HALF_BITS);
            IntVector k = bits.lanewise(VectorOperators.ASHR, Elementary.FRACTION_BITS);
            k = k.blend(k.sub(FRACTION_BITS), subnormal).add(ROUNDER_BITS);
            FloatVector exponent = k.reinterpretAsFloats().sub(ROUNDER);
            FloatVector f = bits.and(FRACTION_MASK)
                    .add(ROOT_HALF_BITS)
                    .reinterpretAsFloats()
                    .sub(ONE);
            FloatVector p = f.fma(P8, P7);
            p = f.fma(p, P6);
            p = f.fma(p, P5);
            p = f.fma(p, P4);
            p = f.fma(p, P3);
            p = f.fma(p, P2);
            p = f.fma(p, P1);
            p = f.fma(p, P0);
            FloatVector square = f.mul(f);
            p = MINUS_HALF.fma(square, f.mul(square).mul(p));
            p = f.add(exponent.fma(LN2_LOW, p));
            p = exponent.fma(LN2_HIGH, p);
            p = p.blend(v, v.compare(VectorOperators.EQ, INFINITY));
            p = NAN.blend(p, v.compare(VectorOperators.GE, ZERO));
            p.blend(MINUS_INFINITY, v.compare(VectorOperators.EQ, ZERO)).intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = Elementary.log(x[xOffset + i]);
        }
    }
}
