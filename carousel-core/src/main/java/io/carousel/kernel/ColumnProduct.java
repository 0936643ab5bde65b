package io.carousel.kernel;

/**
 * Products with so few columns that a vector along a row of the result would be mostly empty.
 *
 * <p>B is packed column by column; eight chains run side by side to hide the latency of {@code fma}.
 */
public final class ColumnProduct {
    private ColumnProduct() {}

    /** Packs {@code [rows, columns]} so that element (r, c) is at {@code c * rows + r}. */
    public static void pack(
            float[] source, int offset, int stride, boolean transposed, int rows, int columns, float[] into) {
        for (int c = 0; c < columns; c++) {
            if (transposed) {
                System.arraycopy(source, offset + c * stride, into, c * rows, rows);
            } else {
                for (int r = 0; r < rows; r++) {
                    into[c * rows + r] = source[offset + r * stride + c];
                }
            }
        }
    }

    /** {@code rowStep} and {@code depthStep} are the distances between neighbours of a column and of a row of A. */
    public static void multiply(
            int m,
            int k,
            int n,
            float[] a,
            int aOffset,
            int rowStep,
            int depthStep,
            float[] b,
            float[] c,
            int cOffset,
            int cStride,
            boolean accumulate) {
        for (int j = 0; j < n; j++) {
            int i = 0;
            for (; i + 8 <= m; i += 8) {
                eight(
                        k,
                        a,
                        aOffset + i * rowStep,
                        rowStep,
                        depthStep,
                        b,
                        j * k,
                        c,
                        cOffset + i * cStride + j,
                        cStride,
                        accumulate);
            }
            for (; i < m; i++) {
                one(k, a, aOffset + i * rowStep, depthStep, b, j * k, c, cOffset + i * cStride + j, accumulate);
            }
        }
    }

    private static void one(
            int k,
            float[] a,
            int aOffset,
            int depthStep,
            float[] b,
            int bOffset,
            float[] c,
            int at,
            boolean accumulate) {
        float s = accumulate ? c[at] : 0f;
        for (int p = 0; p < k; p++) {
            s = Math.fma(a[aOffset + p * depthStep], b[bOffset + p], s);
        }
        c[at] = s;
    }

    private static void eight(
            int k,
            float[] a,
            int aOffset,
            int rowStep,
            int depthStep,
            float[] b,
            int bOffset,
            float[] c,
            int at,
            int cStride,
            boolean accumulate) {
        float s0 = accumulate ? c[at] : 0f;
        float s1 = accumulate ? c[at + cStride] : 0f;
        float s2 = accumulate ? c[at + 2 * cStride] : 0f;
        float s3 = accumulate ? c[at + 3 * cStride] : 0f;
        float s4 = accumulate ? c[at + 4 * cStride] : 0f;
        float s5 = accumulate ? c[at + 5 * cStride] : 0f;
        float s6 = accumulate ? c[at + 6 * cStride] : 0f;
        float s7 = accumulate ? c[at + 7 * cStride] : 0f;
        for (int p = 0; p < k; p++) {
            float x = b[bOffset + p];
            int q = aOffset + p * depthStep;
            s0 = Math.fma(a[q], x, s0);
            s1 = Math.fma(a[q + rowStep], x, s1);
            s2 = Math.fma(a[q + 2 * rowStep], x, s2);
            s3 = Math.fma(a[q + 3 * rowStep], x, s3);
            s4 = Math.fma(a[q + 4 * rowStep], x, s4);
            s5 = Math.fma(a[q + 5 * rowStep], x, s5);
            s6 = Math.fma(a[q + 6 * rowStep], x, s6);
            s7 = Math.fma(a[q + 7 * rowStep], x, s7);
        }
        c[at] = s0;
        c[at + cStride] = s1;
        c[at + 2 * cStride] = s2;
        c[at + 3 * cStride] = s3;
        c[at + 4 * cStride] = s4;
        c[at + 5 * cStride] = s5;
        c[at + 6 * cStride] = s6;
        c[at + 7 * cStride] = s7;
    }
}
