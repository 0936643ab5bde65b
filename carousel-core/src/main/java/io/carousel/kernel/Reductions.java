package io.carousel.kernel;

/**
 * Sums in {@value Kernels#LANES} lanes: element i belongs to lane {@code i % 16}, and the lanes are added by halves.
 *
 * <p>{@code kernel.vector} fills the lanes from whole vectors and calls {@link #finishSum} or {@link #finishDot} for the
 * rest.
 */
@SuppressWarnings("fallthrough") // on purpose, in every switch
public final class Reductions {
    private Reductions() {}

    static float sum(int n, float[] x, int xOffset) {
        float s0 = 0f;
        float s1 = 0f;
        float s2 = 0f;
        float s3 = 0f;
        float s4 = 0f;
        float s5 = 0f;
        float s6 = 0f;
        float s7 = 0f;
        float s8 = 0f;
        float s9 = 0f;
        float s10 = 0f;
        float s11 = 0f;
        float s12 = 0f;
        float s13 = 0f;
        float s14 = 0f;
        float s15 = 0f;
        int i = xOffset;
        for (int end = xOffset + n - Kernels.LANES; i <= end; i += Kernels.LANES) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
            s8 += x[i + 8];
            s9 += x[i + 9];
            s10 += x[i + 10];
            s11 += x[i + 11];
            s12 += x[i + 12];
            s13 += x[i + 13];
            s14 += x[i + 14];
            s15 += x[i + 15];
        }
        return finishSum(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, xOffset + n - i, x, i);
    }

    static float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
        float s0 = 0f;
        float s1 = 0f;
        float s2 = 0f;
        float s3 = 0f;
        float s4 = 0f;
        float s5 = 0f;
        float s6 = 0f;
        float s7 = 0f;
        float s8 = 0f;
        float s9 = 0f;
        float s10 = 0f;
        float s11 = 0f;
        float s12 = 0f;
        float s13 = 0f;
        float s14 = 0f;
        float s15 = 0f;
        int i = xOffset;
        int q = yOffset;
        for (int end = xOffset + n - Kernels.LANES; i <= end; i += Kernels.LANES, q += Kernels.LANES) {
            s0 = Math.fma(x[i], y[q], s0);
            s1 = Math.fma(x[i + 1], y[q + 1], s1);
            s2 = Math.fma(x[i + 2], y[q + 2], s2);
            s3 = Math.fma(x[i + 3], y[q + 3], s3);
            s4 = Math.fma(x[i + 4], y[q + 4], s4);
            s5 = Math.fma(x[i + 5], y[q + 5], s5);
            s6 = Math.fma(x[i + 6], y[q + 6], s6);
            s7 = Math.fma(x[i + 7], y[q + 7], s7);
            s8 = Math.fma(x[i + 8], y[q + 8], s8);
            s9 = Math.fma(x[i + 9], y[q + 9], s9);
            s10 = Math.fma(x[i + 10], y[q + 10], s10);
            s11 = Math.fma(x[i + 11], y[q + 11], s11);
            s12 = Math.fma(x[i + 12], y[q + 12], s12);
            s13 = Math.fma(x[i + 13], y[q + 13], s13);
            s14 = Math.fma(x[i + 14], y[q + 14], s14);
            s15 = Math.fma(x[i + 15], y[q + 15], s15);
        }
        return finishDot(
                s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, xOffset + n - i, x, i, y, q);
    }

    /** The sum of the lanes after the last {@code rest} elements, fewer than 16, from {@code x[at]} on. */
    public static float finishSum(
            float s0,
            float s1,
            float s2,
            float s3,
            float s4,
            float s5,
            float s6,
            float s7,
            float s8,
            float s9,
            float s10,
            float s11,
            float s12,
            float s13,
            float s14,
            float s15,
            int rest,
            float[] x,
            int at) {
        switch (rest) {
            case 15:
                s14 += x[at + 14];
            // fall through
            case 14:
                s13 += x[at + 13];
            // fall through
            case 13:
                s12 += x[at + 12];
            // fall through
            case 12:
                s11 += x[at + 11];
            // fall through
            case 11:
                s10 += x[at + 10];
            // fall through
            case 10:
                s9 += x[at + 9];
            // fall through
            case 9:
                s8 += x[at + 8];
            // fall through
            case 8:
                s7 += x[at + 7];
            // fall through
            case 7:
                s6 += x[at + 6];
            // fall through
            case 6:
                s5 += x[at + 5];
            // fall through
            case 5:
                s4 += x[at + 4];
            // fall through
            case 4:
                s3 += x[at + 3];
            // fall through
            case 3:
                s2 += x[at + 2];
            // fall through
            case 2:
                s1 += x[at + 1];
            // fall through
            case 1:
                s0 += x[at + 0];
            // fall through
            default:
        }
        return byHalves(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
    }

    /** The sum of the lanes after the last {@code rest} products, fewer than 16, from {@code x[at] y[yAt]} on. */
    public static float finishDot(
            float s0,
            float s1,
            float s2,
            float s3,
            float s4,
            float s5,
            float s6,
            float s7,
            float s8,
            float s9,
            float s10,
            float s11,
            float s12,
            float s13,
            float s14,
            float s15,
            int rest,
            float[] x,
            int at,
            float[] y,
            int yAt) {
        switch (rest) {
            case 15:
                s14 = Math.fma(x[at + 14], y[yAt + 14], s14);
            // fall through
            case 14:
                s13 = Math.fma(x[at + 13], y[yAt + 13], s13);
            // fall through
            case 13:
                s12 = Math.fma(x[at + 12], y[yAt + 12], s12);
            // fall through
            case 12:
                s11 = Math.fma(x[at + 11], y[yAt + 11], s11);
            // fall through
            case 11:
                s10 = Math.fma(x[at + 10], y[yAt + 10], s10);
            // fall through
            case 10:
                s9 = Math.fma(x[at + 9], y[yAt + 9], s9);
            // fall through
            case 9:
                s8 = Math.fma(x[at + 8], y[yAt + 8], s8);
            // fall through
            case 8:
                s7 = Math.fma(x[at + 7], y[yAt + 7], s7);
            // fall through
            case 7:
                s6 = Math.fma(x[at + 6], y[yAt + 6], s6);
            // fall through
            case 6:
                s5 = Math.fma(x[at + 5], y[yAt + 5], s5);
            // fall through
            case 5:
                s4 = Math.fma(x[at + 4], y[yAt + 4], s4);
            // fall through
            case 4:
                s3 = Math.fma(x[at + 3], y[yAt + 3], s3);
            // fall through
            case 3:
                s2 = Math.fma(x[at + 2], y[yAt + 2], s2);
            // fall through
            case 2:
                s1 = Math.fma(x[at + 1], y[yAt + 1], s1);
            // fall through
            case 1:
                s0 = Math.fma(x[at + 0], y[yAt + 0], s0);
            // fall through
            default:
        }
        return byHalves(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
    }

    private static float byHalves(
            float s0,
            float s1,
            float s2,
            float s3,
            float s4,
            float s5,
            float s6,
            float s7,
            float s8,
            float s9,
            float s10,
            float s11,
            float s12,
            float s13,
            float s14,
            float s15) {
        float a0 = s0 + s8;
        float a1 = s1 + s9;
        float a2 = s2 + s10;
        float a3 = s3 + s11;
        float a4 = s4 + s12;
        float a5 = s5 + s13;
        float a6 = s6 + s14;
        float a7 = s7 + s15;
        float b0 = a0 + a4;
        float b1 = a1 + a5;
        float b2 = a2 + a6;
        float b3 = a3 + a7;
        return (b0 + b2) + (b1 + b3);
    }
}
