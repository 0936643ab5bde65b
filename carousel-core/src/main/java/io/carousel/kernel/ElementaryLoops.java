package io.carousel.kernel;

/**
 * {@link Elementary} over many numbers, with the same bits, in short loops that the compiler turns into vector code.
 *
 * <p>For that a loop runs over arrays that are all indexed alike, and has no branch: bounds are {@code min} and {@code max},
 * and a choice by sign is an {@code fma} with a number that is 0 or 1. Only {@link #powers} stays scalar, because the
 * compiler does not see through the bits of a float. So numbers are copied to scratch, {@value #BLOCK} at a time or as many
 * rows as fit, and back.
 *
 * <p>It is the scratch of one call: not thread-safe.
 */
final class ElementaryLoops {
    private static final int BLOCK = 512;

    /** Fewer than this are computed one by one. */
    private static final int FEW = 8;

    /** Scales e^x where it is too small for one power of two, so that it is rounded once, by {@link #DOWN}. */
    private static final int UP = 64;

    private static final float DOWN = 0x1p-64f;

    /** With {@link #HUGE} twice, every number but zero is at least one. */
    private static final float HUGE = 0x1p100f;

    private final float[] x = new float[BLOCK];
    private final float[] p = new float[BLOCK];
    private final float[] shifted = new float[BLOCK];
    private final float[] power = new float[BLOCK];
    private final float[] rest = new float[BLOCK];

    /** What is computed. */
    enum Function {
        EXP,
        TANH,
        SIGMOID
    }

    /** {@code to = f(from)} for rows of n numbers; both may be the same. */
    void apply(Function f, int rows, int n, float[] from, int at, int stride, float[] to, int toAt, int toStride) {
        if (rows * n < FEW) {
            oneByOne(f, rows, n, from, at, stride, to, toAt, toStride);
            return;
        }
        int width = Math.min(n, BLOCK);
        int together = BLOCK / width;
        for (int j = 0; j < n; j += width) {
            int w = Math.min(width, n - j);
            for (int r = 0; r < rows; r += together) {
                int count = Math.min(together, rows - r);
                for (int i = 0; i < count; i++) {
                    System.arraycopy(from, at + j + (r + i) * stride, x, i * w, w);
                }
                compute(f, count * w);
                for (int i = 0; i < count; i++) {
                    System.arraycopy(x, i * w, to, toAt + j + (r + i) * toStride, w);
                }
            }
        }
    }

    /** The same for slices. */
    void apply(Function f, int rows, int n, Slice from, Slice to) {
        apply(f, rows, n, from.array(), from.offset(), from.stride(), to.array(), to.offset(), to.stride());
    }

    private static void oneByOne(
            Function f, int rows, int n, float[] from, int at, int stride, float[] to, int toAt, int toStride) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                float v = from[at + r * stride + j];
                to[toAt + r * toStride + j] = switch (f) {
                    case EXP -> Elementary.exp(v);
                    case TANH -> Elementary.tanh(v);
                    case SIGMOID -> Elementary.sigmoid(v);
                };
            }
        }
    }

    private void compute(Function f, int n) {
        switch (f) {
            case EXP -> {
                reduceExp(n, x, p, shifted);
                halves(n, shifted, power, rest);
                finishExp(n, p, power, rest, x);
            }
            case TANH -> {
                reduceTanh(n, x, p, shifted);
                powers(n, Elementary.BIAS, shifted, power);
                finishTanh(n, p, power, x);
            }
            case SIGMOID -> {
                reduceSigmoid(n, x, p, shifted);
                powers(n, Elementary.BIAS + UP, shifted, power);
                finishSigmoid(n, p, power, x);
            }
        }
    }

    /** {@code p = e^r} and the rounded exponent of {@code e^x}. */
    private static void reduceExp(int n, float[] x, float[] p, float[] shifted) {
        for (int i = 0; i < n; i++) {
            float a = Math.min(Math.max(x[i], Elementary.EXP_MIN), Elementary.EXP_MAX);
            float s = Math.fma(a, Elementary.LOG2_E, Elementary.ROUNDER);
            p[i] = 1f + Elementary.reducedExpm1(a, s - Elementary.ROUNDER);
            shifted[i] = s;
        }
    }

    /** {@code p = e^r} and the rounded exponent of {@code e^-|x|}. */
    private static void reduceSigmoid(int n, float[] x, float[] p, float[] shifted) {
        for (int i = 0; i < n; i++) {
            float a = Math.max(-Math.abs(x[i]), Elementary.EXP_MIN);
            float s = Math.fma(a, Elementary.LOG2_E, Elementary.ROUNDER);
            p[i] = 1f + Elementary.reducedExpm1(a, s - Elementary.ROUNDER);
            shifted[i] = s;
        }
    }

    /** {@code p = e^r - 1} and the rounded exponent of {@code e^2|x|}. */
    private static void reduceTanh(int n, float[] x, float[] p, float[] shifted) {
        for (int i = 0; i < n; i++) {
            float a = 2f * Math.min(Math.abs(x[i]), Elementary.TANH_MAX);
            float s = Math.fma(a, Elementary.LOG2_E, Elementary.ROUNDER);
            p[i] = Elementary.reducedExpm1(a, s - Elementary.ROUNDER);
            shifted[i] = s;
        }
    }

    /** Two to the power of each exponent and of what the bias has more than that of a float. */
    private static void powers(int n, int bias, float[] shifted, float[] power) {
        int add = bias - Elementary.ROUNDER_BITS;
        for (int i = 0; i < n; i++) {
            power[i] = Float.intBitsToFloat((Float.floatToRawIntBits(shifted[i]) + add) << Elementary.FRACTION_BITS);
        }
    }

    /** Two numbers whose product is two to the power of each exponent. */
    private static void halves(int n, float[] shifted, float[] power, float[] rest) {
        for (int i = 0; i < n; i++) {
            int k = Float.floatToRawIntBits(shifted[i]) - Elementary.ROUNDER_BITS;
            int half = k >> 1;
            power[i] = Elementary.powerOfTwo(half);
            rest[i] = Elementary.powerOfTwo(k - half);
        }
    }

    private static void finishExp(int n, float[] p, float[] power, float[] rest, float[] x) {
        for (int i = 0; i < n; i++) {
            x[i] = p[i] * power[i] * rest[i];
        }
    }

    /** Where x is below 0 but so near that {@code left} is a fraction, e is 1, and so is the numerator. */
    private static void finishSigmoid(int n, float[] p, float[] power, float[] x) {
        for (int i = 0; i < n; i++) {
            float e = p[i] * power[i] * DOWN;
            float left = Math.max(Math.min(x[i] * -HUGE, 1f), 0f);
            x[i] = Math.fma(left, e, 1f - left) / (1f + e);
        }
    }

    private static void finishTanh(int n, float[] p, float[] power, float[] x) {
        for (int i = 0; i < n; i++) {
            float s = power[i];
            float u = Math.fma(s, p[i], s - 1f);
            float sign = Math.max(Math.min(x[i] * HUGE * HUGE, 1f), -1f);
            x[i] = u / (u + 2f) * sign;
        }
    }
}
