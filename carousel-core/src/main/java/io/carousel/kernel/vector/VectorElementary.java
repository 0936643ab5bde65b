package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.LENGTH;
import static io.carousel.kernel.vector.Width.all;
import static io.carousel.kernel.vector.Width.load;

import io.carousel.kernel.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Elementary}, operation by operation, on vectors.
 *
 * <p>Every loop is written out whole. A helper that takes and returns vectors may be compiled on its own before its callers
 * are; the compiler then calls it rather than inlining it, and each vector is boxed on the heap. For the same reason every
 * method here must have more than 325 bytes of code ({@code FreqInlineSize}): it is then never inlined itself, and its
 * callers stay within the compiler's limits. The test of allocations holds both.
 */
final class VectorElementary {
    private VectorElementary() {}

    static void exp(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector x = load(from, fromOffset + i);
            x = x.blend(all(Elementary.EXP_MIN), x.compare(VectorOperators.LT, all(Elementary.EXP_MIN)));
            x = x.blend(all(Elementary.EXP_MAX), x.compare(VectorOperators.GT, all(Elementary.EXP_MAX)));
            FloatVector shifted = x.fma(all(Elementary.LOG2_E), all(Elementary.ROUNDER));
            FloatVector rounded = shifted.sub(all(Elementary.ROUNDER));
            FloatVector r = rounded.fma(all(-Elementary.LN2_LOW), rounded.fma(all(-Elementary.LN2_HIGH), x));
            FloatVector q = r.fma(all(Elementary.Q4), all(Elementary.Q3));
            q = r.fma(q, all(Elementary.Q2));
            q = r.fma(q, all(Elementary.Q1));
            q = r.fma(q, all(Elementary.Q0));
            FloatVector p = all(1f).add(r.mul(r).fma(q, r));
            IntVector exponent = shifted.reinterpretAsInts().sub(all(Elementary.ROUNDER_BITS));
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            IntVector high = half.add(all(Elementary.BIAS)).lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            IntVector low = exponent.sub(half)
                    .add(all(Elementary.BIAS))
                    .lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            p.mul(high.reinterpretAsFloats()).mul(low.reinterpretAsFloats()).intoArray(to, toOffset + i);
        }
        for (; i < n; i++) {
            to[toOffset + i] = Elementary.exp(from[fromOffset + i]);
        }
    }

    static void sigmoid(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector x = load(from, fromOffset + i);
            FloatVector a = x.reinterpretAsInts().or(all(Elementary.SIGN)).reinterpretAsFloats();
            a = a.blend(all(Elementary.EXP_MIN), a.compare(VectorOperators.LT, all(Elementary.EXP_MIN)));
            FloatVector shifted = a.fma(all(Elementary.LOG2_E), all(Elementary.ROUNDER));
            FloatVector rounded = shifted.sub(all(Elementary.ROUNDER));
            FloatVector r = rounded.fma(all(-Elementary.LN2_LOW), rounded.fma(all(-Elementary.LN2_HIGH), a));
            FloatVector q = r.fma(all(Elementary.Q4), all(Elementary.Q3));
            q = r.fma(q, all(Elementary.Q2));
            q = r.fma(q, all(Elementary.Q1));
            q = r.fma(q, all(Elementary.Q0));
            FloatVector p = all(1f).add(r.mul(r).fma(q, r));
            IntVector exponent = shifted.reinterpretAsInts().sub(all(Elementary.ROUNDER_BITS));
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            IntVector high = half.add(all(Elementary.BIAS)).lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            IntVector low = exponent.sub(half)
                    .add(all(Elementary.BIAS))
                    .lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            FloatVector e = p.mul(high.reinterpretAsFloats()).mul(low.reinterpretAsFloats());
            FloatVector one = all(1f);
            one.blend(e, x.compare(VectorOperators.LT, all(0f))).div(one.add(e)).intoArray(to, toOffset + i);
        }
        for (; i < n; i++) {
            to[toOffset + i] = Elementary.sigmoid(from[fromOffset + i]);
        }
    }

    static void tanh(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            IntVector bits = load(from, fromOffset + i).reinterpretAsInts();
            FloatVector a = bits.and(all(~Elementary.SIGN)).reinterpretAsFloats();
            a = a.blend(all(Elementary.TANH_MAX), a.compare(VectorOperators.GT, all(Elementary.TANH_MAX)));
            FloatVector a2 = all(2f).mul(a);
            FloatVector shifted = a2.fma(all(Elementary.LOG2_E), all(Elementary.ROUNDER));
            FloatVector rounded = shifted.sub(all(Elementary.ROUNDER));
            FloatVector r = rounded.fma(all(-Elementary.LN2_LOW), rounded.fma(all(-Elementary.LN2_HIGH), a2));
            FloatVector q = r.fma(all(Elementary.Q4), all(Elementary.Q3));
            q = r.fma(q, all(Elementary.Q2));
            q = r.fma(q, all(Elementary.Q1));
            q = r.fma(q, all(Elementary.Q0));
            FloatVector s = shifted.reinterpretAsInts()
                    .sub(all(Elementary.ROUNDER_BITS))
                    .add(all(Elementary.BIAS))
                    .lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS)
                    .reinterpretAsFloats();
            FloatVector u = s.fma(r.mul(r).fma(q, r), s.sub(all(1f)));
            u.div(u.add(all(2f)))
                    .reinterpretAsInts()
                    .or(bits.and(all(Elementary.SIGN)))
                    .reinterpretAsFloats()
                    .intoArray(to, toOffset + i);
        }
        for (; i < n; i++) {
            to[toOffset + i] = Elementary.tanh(from[fromOffset + i]);
        }
    }

    static void log(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector x = load(from, fromOffset + i);

            VectorMask<Float> subnormal = x.compare(VectorOperators.LT, all(Float.MIN_NORMAL));
            IntVector bits = x.blend(x.mul(all(Elementary.SUBNORMAL_SCALE)), subnormal)
                    .reinterpretAsInts()
                    .sub(all(Elementary.ROOT_HALF_BITS));
            IntVector exponentBits = bits.lanewise(VectorOperators.ASHR, Elementary.FRACTION_BITS);
            exponentBits = exponentBits.sub(all(0).blend(all(Elementary.FRACTION_BITS), subnormal.cast(Width.INTS)));
            FloatVector f = bits.and(all(Elementary.FRACTION_MASK))
                    .add(all(Elementary.ROOT_HALF_BITS))
                    .reinterpretAsFloats()
                    .sub(all(1f));
            FloatVector exponent = exponentBits
                    .add(all(Elementary.ROUNDER_BITS))
                    .reinterpretAsFloats()
                    .sub(all(Elementary.ROUNDER));
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
            y = y.blend(all(Float.NEGATIVE_INFINITY), x.compare(VectorOperators.EQ, all(0f)));
            y.intoArray(to, toOffset + i);
        }
        for (; i < n; i++) {
            to[toOffset + i] = Elementary.log(from[fromOffset + i]);
        }
    }
}
