package io.carousel.kernel;

/**
 * The exponential family of functions, from {@code + - * / fma} and bit operations in a fixed order.
 *
 * <p>{@code kernel.vector} repeats these operations lane by lane, so that both give the same bits; its loops call these
 * methods for the elements that do not fill a vector. Nothing here converts a float to an integer: adding {@link
 * #ROUNDER} leaves the rounded integer in the low bits of the sum.
 *
 * <p>The argument of an exponential is reduced to {@code x = n ln 2 + r}, |r| ≤ ½ ln 2, and {@code e^r - 1 = r + r² q(r)}
 * with a minimax polynomial q of degree 4 (relative error of e^r - 1 below 2^-26). The logarithm is {@code n ln 2 + f - f²/2
 * + f³ p(f)} for {@code x = 2^n (1 + f)}, 1 + f in [√½, √2), with p of degree 8 (relative error below 2^-30).
 *
 * <p>A NaN gives a NaN; its payload is not part of any promise.
 */
public final class Elementary {
    /** 1.5 · 2^23: a float of small size plus this has the float's nearest integer in its low bits. */
    public static final float ROUNDER = 0x1.8p23f;

    /** The bits of {@link #ROUNDER}. */
    public static final int ROUNDER_BITS = 0x4B400000;

    /** The exponent's bias and width of the fraction in a float. */
    public static final int BIAS = 127;

    public static final int FRACTION_BITS = 23;

    public static final int SIGN = 0x80000000;

    public static final float LOG2_E = 0x1.715476p0f;

    /** ln 2 in two parts; nine bits in the first, so that its product with an exponent is exact. */
    public static final float LN2_HIGH = 0x1.63p-1f;

    public static final float LN2_LOW = -0x1.bd0106p-13f;

    /** e^x is infinite from here on. */
    public static final float EXP_MAX = 90f;

    /** e^x rounds to zero up to here. */
    public static final float EXP_MIN = -104.5f;

    /** tanh x rounds to one from here on. */
    public static final float TANH_MAX = 10f;

    public static final float Q0 = 0x1.fffffep-2f;
    public static final float Q1 = 0x1.5554b0p-3f;
    public static final float Q2 = 0x1.555674p-5f;
    public static final float Q3 = 0x1.1227f6p-7f;
    public static final float Q4 = 0x1.6bebf2p-10f;

    /** The bits of √½. */
    public static final int ROOT_HALF_BITS = 0x3F3504F3;

    /** The bits of {@link Float#MIN_NORMAL}. */
    public static final int LEAST_NORMAL_BITS = 0x00800000;

    public static final int FRACTION_MASK = 0x007FFFFF;
    public static final float SUBNORMAL_SCALE = 0x1p23f;
    public static final float P0 = 0x1.555548p-2f;
    public static final float P1 = -0x1.000006p-2f;
    public static final float P2 = 0x1.99a4b6p-3f;
    public static final float P3 = -0x1.555c4ep-3f;
    public static final float P4 = 0x1.233768p-3f;
    public static final float P5 = -0x1.fc2208p-4f;
    public static final float P6 = 0x1.e6f06cp-4f;
    public static final float P7 = -0x1.de3c14p-4f;
    public static final float P8 = 0x1.1457a2p-4f;

    private Elementary() {}

    /** {@code e^x}. */
    public static float exp(float x) {
        float low = x < EXP_MIN ? EXP_MIN : x;
        return expInRange(low > EXP_MAX ? EXP_MAX : low);
    }

    /** {@code e^x} for x in [{@link #EXP_MIN}, {@link #EXP_MAX}]; scaled in two steps, so that it rounds once. */
    private static float expInRange(float x) {
        float shifted = Math.fma(x, LOG2_E, ROUNDER);
        int n = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
        int half = n >> 1;
        float p = 1f + reducedExpm1(x, shifted - ROUNDER);
        return p * powerOfTwo(half) * powerOfTwo(n - half);
    }

    /** {@code e^r - 1} for {@code r = x - n ln 2}. */
    static float reducedExpm1(float x, float n) {
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float q = Math.fma(r, Math.fma(r, Math.fma(r, Math.fma(r, Q4, Q3), Q2), Q1), Q0);
        return Math.fma(r * r, q, r);
    }

    static float powerOfTwo(int n) {
        return Float.intBitsToFloat((n + BIAS) << FRACTION_BITS);
    }

    /** {@code 1 / (1 + e^-x)}, as {@code e^-|x| / (1 + e^-|x|)} left of zero. */
    public static float sigmoid(float x) {
        float a = Float.intBitsToFloat(Float.floatToRawIntBits(x) | SIGN);
        float e = expInRange(a < EXP_MIN ? EXP_MIN : a);
        return (x < 0f ? e : 1f) / (1f + e);
    }

    /** {@code tanh x = u / (u + 2)} with {@code u = e^(2|x|) - 1}, and the sign of x. */
    public static float tanh(float x) {
        int bits = Float.floatToRawIntBits(x);
        float a = Float.intBitsToFloat(bits & ~SIGN);
        float a2 = 2f * (a > TANH_MAX ? TANH_MAX : a);
        float shifted = Math.fma(a2, LOG2_E, ROUNDER);
        float s = powerOfTwo(Float.floatToRawIntBits(shifted) - ROUNDER_BITS);
        float u = Math.fma(s, reducedExpm1(a2, shifted - ROUNDER), s - 1f);
        float y = u / (u + 2f);
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) | (bits & SIGN));
    }

    /** The natural logarithm; -∞ at zero, NaN below. */
    public static float log(float x) {
        boolean subnormal = Float.floatToRawIntBits(x) < LEAST_NORMAL_BITS;
        int bits = Float.floatToRawIntBits(subnormal ? x * SUBNORMAL_SCALE : x) - ROOT_HALF_BITS;
        int n = (bits >> FRACTION_BITS) - (subnormal ? FRACTION_BITS : 0);
        float f = Float.intBitsToFloat((bits & FRACTION_MASK) + ROOT_HALF_BITS) - 1f;
        float exponent = Float.intBitsToFloat(n + ROUNDER_BITS) - ROUNDER;
        float p = Math.fma(f, Math.fma(f, Math.fma(f, Math.fma(f, P8, P7), P6), P5), P4);
        p = Math.fma(f, Math.fma(f, Math.fma(f, Math.fma(f, p, P3), P2), P1), P0);
        float square = f * f;
        float y = Math.fma(-0.5f, square, f * square * p);
        y = f + Math.fma(exponent, LN2_LOW, y);
        y = Math.fma(exponent, LN2_HIGH, y);
        if (x == 0f) {
            return Float.NEGATIVE_INFINITY;
        }
        if (!(x >= 0f)) {
            return Float.NaN;
        }
        return x == Float.POSITIVE_INFINITY ? x : y;
    }
}
