package io.carousel.kernel;

/**
 * How a direct path keeps the weight matrices that it multiplies by; everything else (vectors of weights, states, sums) is float32
 * always.
 */
public enum WeightStore {
    /** As they are: the bits of every other path. */
    FLOAT32,

    /**
     * Rounded to the nearest bfloat16, ties to even, which halves the bytes that a time step reads: each weight is off by at most
     * 2^-8 of its size. The products are those of the rounded weights, in float32 and in the order of every other product, so
     * that all kernels give the same bits.
     *
     * <p>Only the vector kernels save memory by it; the scalar kernels keep the rounded weights as floats. So do all kernels for a
     * matrix with fewer outputs than a vector has floats.
     */
    BFLOAT16;

    private static final int NAN_BITS = 0x7FC0;

    /** The 16 bits of the bfloat16 nearest to x, ties to even, in the low half; what is not a number stays so. */
    public static int toBfloat16(float x) {
        int bits = Float.floatToRawIntBits(x);
        if (Float.isNaN(x)) {
            return (bits >>> 16) | NAN_BITS;
        }
        return (bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16;
    }

    /** Rounds every element to the nearest bfloat16. */
    static void round(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(toBfloat16(x[i]) << 16);
        }
    }
}
