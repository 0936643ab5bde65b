package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.VectorElementary.EXP_MIN_BITS;
import static io.carousel.kernel.vector.VectorElementary.INFINITY_BITS;
import static io.carousel.kernel.vector.VectorElementary.LOG2_E;
import static io.carousel.kernel.vector.VectorElementary.MAGNITUDE;
import static io.carousel.kernel.vector.VectorElementary.MINUS_INFINITY_BITS;
import static io.carousel.kernel.vector.VectorElementary.MINUS_LN2_HIGH;
import static io.carousel.kernel.vector.VectorElementary.MINUS_LN2_LOW;
import static io.carousel.kernel.vector.VectorElementary.ONE;
import static io.carousel.kernel.vector.VectorElementary.Q0;
import static io.carousel.kernel.vector.VectorElementary.Q1;
import static io.carousel.kernel.vector.VectorElementary.Q2;
import static io.carousel.kernel.vector.VectorElementary.Q3;
import static io.carousel.kernel.vector.VectorElementary.Q4;
import static io.carousel.kernel.vector.VectorElementary.SIGN;
import static io.carousel.kernel.vector.VectorElementary.TANH_MAX_BITS;
import static io.carousel.kernel.vector.VectorElementary.TWO;
import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.INTS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The functions of gates on two vectors in turn; what is left over is for {@link VectorElementary}.
 *
 * <p>A vector is done only some sixty cycles after it was begun: two that take turns share the waiting, and the reading of
 * constants ({@code ElementaryBenchmark}).
 *
 * <p>The bits are those of {@link Elementary} with fewer operations, because no power of two rounds what it multiplies: a rounder
 * that is greater by the exponent's bias leaves 2^n with a single shift, and e^-|x| goes through e^-|x| · 2^64, which is never
 * subnormal. A greater rounder would break a tie in another way, but the product of a float and the odd fraction of log2 e
 * has none between two integers of this size.
 */
final class VectorPairs {
    /**
     * Whether the JDK's compiler can. That of JDK 17 sometimes leaves calls in loops of this size, for the life of the process:
     * gates then took four to five times as long in the ledger, though not in every program.
     */
    static final boolean USED = Runtime.version().feature() >= 21;

    private static final int RAISED = 64;
    private static final int SIGN_SHIFT = Integer.SIZE - 1;

    private static final FloatVector RAISING_ROUNDER =
            broadcast(FLOATS, Elementary.ROUNDER + (Elementary.BIAS + RAISED));
    private static final FloatVector BIASED_ROUNDER = broadcast(FLOATS, Elementary.ROUNDER + Elementary.BIAS);
    private static final FloatVector LOWERING = broadcast(FLOATS, 0x1p-64f);
    private static final IntVector ONE_BITS = IntVector.broadcast(INTS, Float.floatToRawIntBits(1f));

    private VectorPairs() {}

    /** {@code y = 1 / (1 + e^-x)} for the first elements; gives how many. */
    static int sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - 2 * LENGTH; i += 2 * LENGTH) {
            FloatVector v0 = fromArray(FLOATS, x, xOffset + i);
            FloatVector v1 = fromArray(FLOATS, x, xOffset + i + LENGTH);
            IntVector left0 = v0.reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN_SHIFT);
            IntVector left1 = v1.reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN_SHIFT);
            IntVector bits0 = v0.reinterpretAsInts().or(SIGN);
            IntVector bits1 = v1.reinterpretAsInts().or(SIGN);
            FloatVector a0 = bits0.min(EXP_MIN_BITS).reinterpretAsFloats();
            FloatVector a1 = bits1.min(EXP_MIN_BITS).reinterpretAsFloats();
            FloatVector shifted0 = a0.fma(LOG2_E, RAISING_ROUNDER);
            FloatVector shifted1 = a1.fma(LOG2_E, RAISING_ROUNDER);
            FloatVector rounded0 = shifted0.sub(RAISING_ROUNDER);
            FloatVector rounded1 = shifted1.sub(RAISING_ROUNDER);
            FloatVector r0 = rounded0.fma(MINUS_LN2_HIGH, a0);
            FloatVector r1 = rounded1.fma(MINUS_LN2_HIGH, a1);
            r0 = rounded0.fma(MINUS_LN2_LOW, r0);
            r1 = rounded1.fma(MINUS_LN2_LOW, r1);
            FloatVector q0 = r0.fma(Q4, Q3);
            FloatVector q1 = r1.fma(Q4, Q3);
            q0 = r0.fma(q0, Q2);
            q1 = r1.fma(q1, Q2);
            q0 = r0.fma(q0, Q1);
            q1 = r1.fma(q1, Q1);
            q0 = r0.fma(q0, Q0);
            q1 = r1.fma(q1, Q0);
            q0 = r0.mul(r0).fma(q0, r0);
            q1 = r1.mul(r1).fma(q1, r1);
            IntVector power0 = shifted0.reinterpretAsInts().lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            IntVector power1 = shifted1.reinterpretAsInts().lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            FloatVector s0 = power0.reinterpretAsFloats();
            FloatVector s1 = power1.reinterpretAsFloats();
            FloatVector e0 = s0.fma(q0, s0).mul(LOWERING);
            FloatVector e1 = s1.fma(q1, s1).mul(LOWERING);
            IntVector other0 = e0.reinterpretAsInts().lanewise(VectorOperators.XOR, ONE_BITS);
            IntVector other1 = e1.reinterpretAsInts().lanewise(VectorOperators.XOR, ONE_BITS);
            IntVector numerator0 = other0.and(left0).lanewise(VectorOperators.XOR, ONE_BITS);
            IntVector numerator1 = other1.and(left1).lanewise(VectorOperators.XOR, ONE_BITS);
            IntVector nan0 = MINUS_INFINITY_BITS.sub(bits0).lanewise(VectorOperators.ASHR, SIGN_SHIFT);
            IntVector nan1 = MINUS_INFINITY_BITS.sub(bits1).lanewise(VectorOperators.ASHR, SIGN_SHIFT);
            IntVector result0 = numerator0
                    .reinterpretAsFloats()
                    .div(ONE.add(e0))
                    .reinterpretAsInts()
                    .or(nan0);
            IntVector result1 = numerator1
                    .reinterpretAsFloats()
                    .div(ONE.add(e1))
                    .reinterpretAsInts()
                    .or(nan1);
            result0.reinterpretAsFloats().intoArray(y, yOffset + i);
            result1.reinterpretAsFloats().intoArray(y, yOffset + i + LENGTH);
        }
        return i;
    }

    /** {@code y = tanh x} for the first elements; gives how many. */
    static int tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - 2 * LENGTH; i += 2 * LENGTH) {
            FloatVector v0 = fromArray(FLOATS, x, xOffset + i);
            FloatVector v1 = fromArray(FLOATS, x, xOffset + i + LENGTH);
            IntVector sign0 = v0.reinterpretAsInts().and(SIGN);
            IntVector sign1 = v1.reinterpretAsInts().and(SIGN);
            IntVector bits0 = v0.reinterpretAsInts().and(MAGNITUDE);
            IntVector bits1 = v1.reinterpretAsInts().and(MAGNITUDE);
            FloatVector a0 = TWO.mul(bits0.min(TANH_MAX_BITS).reinterpretAsFloats());
            FloatVector a1 = TWO.mul(bits1.min(TANH_MAX_BITS).reinterpretAsFloats());
            FloatVector shifted0 = a0.fma(LOG2_E, BIASED_ROUNDER);
            FloatVector shifted1 = a1.fma(LOG2_E, BIASED_ROUNDER);
            FloatVector rounded0 = shifted0.sub(BIASED_ROUNDER);
            FloatVector rounded1 = shifted1.sub(BIASED_ROUNDER);
            FloatVector r0 = rounded0.fma(MINUS_LN2_HIGH, a0);
            FloatVector r1 = rounded1.fma(MINUS_LN2_HIGH, a1);
            r0 = rounded0.fma(MINUS_LN2_LOW, r0);
            r1 = rounded1.fma(MINUS_LN2_LOW, r1);
            FloatVector q0 = r0.fma(Q4, Q3);
            FloatVector q1 = r1.fma(Q4, Q3);
            q0 = r0.fma(q0, Q2);
            q1 = r1.fma(q1, Q2);
            q0 = r0.fma(q0, Q1);
            q1 = r1.fma(q1, Q1);
            q0 = r0.fma(q0, Q0);
            q1 = r1.fma(q1, Q0);
            q0 = r0.mul(r0).fma(q0, r0);
            q1 = r1.mul(r1).fma(q1, r1);
            IntVector power0 = shifted0.reinterpretAsInts().lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            IntVector power1 = shifted1.reinterpretAsInts().lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            FloatVector s0 = power0.reinterpretAsFloats();
            FloatVector s1 = power1.reinterpretAsFloats();
            FloatVector u0 = s0.fma(q0, s0.sub(ONE));
            FloatVector u1 = s1.fma(q1, s1.sub(ONE));
            IntVector magnitude0 = u0.div(u0.add(TWO)).reinterpretAsInts();
            IntVector magnitude1 = u1.div(u1.add(TWO)).reinterpretAsInts();
            IntVector nan0 = INFINITY_BITS.sub(bits0).lanewise(VectorOperators.ASHR, SIGN_SHIFT);
            IntVector nan1 = INFINITY_BITS.sub(bits1).lanewise(VectorOperators.ASHR, SIGN_SHIFT);
            magnitude0.or(sign0).or(nan0).reinterpretAsFloats().intoArray(y, yOffset + i);
            magnitude1.or(sign1).or(nan1).reinterpretAsFloats().intoArray(y, yOffset + i + LENGTH);
        }
        return i;
    }
}
