package io.carousel.kernel;

/** The scalar loops of {@link Kernels#shiftedExp}; the vector kernels call them for the last columns. */
public final class SoftmaxRows {
    private SoftmaxRows() {}

    /** {@code x = e^(x - m); s = s + x} for the columns [from, n) of a row. */
    public static void shiftedExpRow(int from, int n, float[] x, int xAt, float[] m, int mAt, float[] s, int sAt) {
        for (int j = from; j < n; j++) {
            float e = Elementary.exp(x[xAt + j] - m[mAt + j]);
            x[xAt + j] = e;
            s[sAt + j] = s[sAt + j] + e;
        }
    }
}
