package io.carousel.kernel;

import java.util.Arrays;

/** Products over a {@link ScalarMatrix}: four rows of the result and two of B, or one and four, in each inner loop. */
final class ScalarProduct {
    private ScalarProduct() {}

    static void pack(float[] source, int offset, int stride, boolean transposed, ScalarMatrix into) {
        int rows = into.rows();
        int columns = into.columns();
        for (int r = 0; r < rows; r++) {
            float[] row = into.row(r);
            if (transposed) {
                for (int c = 0; c < columns; c++) {
                    row[c] = source[offset + c * stride + r];
                }
            } else {
                System.arraycopy(source, offset + r * stride, row, 0, columns);
            }
        }
    }

    /** {@code rowStep} and {@code depthStep} are the distances between neighbours of a column and of a row of A. */
    static void multiply(
            int m,
            float[] a,
            int aOffset,
            int rowStep,
            int depthStep,
            ScalarMatrix b,
            float[] c,
            int cOffset,
            int cStride,
            boolean accumulate) {
        int n = b.columns();
        float[][] result = b.borrow();
        int i = 0;
        for (; i + 4 <= m; i += 4) {
            for (int r = 0; r < 4; r++) {
                start(n, c, cOffset + (i + r) * cStride, accumulate, result[r]);
            }
            fourRows(n, a, aOffset + i * rowStep, rowStep, depthStep, b, result);
            for (int r = 0; r < 4; r++) {
                System.arraycopy(result[r], 0, c, cOffset + (i + r) * cStride, n);
            }
        }
        for (; i < m; i++) {
            start(n, c, cOffset + i * cStride, accumulate, result[0]);
            oneRow(n, a, aOffset + i * rowStep, depthStep, b, result[0]);
            System.arraycopy(result[0], 0, c, cOffset + i * cStride, n);
        }
        b.giveBack(result);
    }

    private static void start(int n, float[] c, int cOffset, boolean accumulate, float[] row) {
        if (accumulate) {
            System.arraycopy(c, cOffset, row, 0, n);
        } else {
            Arrays.fill(row, 0, n, 0f);
        }
    }

    private static void fourRows(
            int n, float[] a, int aOffset, int rowStep, int depthStep, ScalarMatrix b, float[][] result) {
        int k = b.rows();
        int p = 0;
        for (; p + 2 <= k; p += 2) {
            int i0 = aOffset + p * depthStep;
            int i1 = i0 + rowStep;
            int i2 = i1 + rowStep;
            int i3 = i2 + rowStep;
            fourByTwo(
                    n,
                    a[i0],
                    a[i0 + depthStep],
                    a[i1],
                    a[i1 + depthStep],
                    a[i2],
                    a[i2 + depthStep],
                    a[i3],
                    a[i3 + depthStep],
                    b.row(p),
                    b.row(p + 1),
                    result[0],
                    result[1],
                    result[2],
                    result[3]);
        }
        if (p < k) {
            int i0 = aOffset + p * depthStep;
            for (int r = 0; r < 4; r++) {
                oneByOne(n, a[i0 + r * rowStep], b.row(p), result[r]);
            }
        }
    }

    private static void fourByTwo(
            int n,
            float s0,
            float s1,
            float t0,
            float t1,
            float u0,
            float u1,
            float v0,
            float v1,
            float[] b0,
            float[] b1,
            float[] s,
            float[] t,
            float[] u,
            float[] v) {
        for (int j = 0; j < n; j++) {
            float x0 = b0[j];
            float x1 = b1[j];
            s[j] = Math.fma(s1, x1, Math.fma(s0, x0, s[j]));
            t[j] = Math.fma(t1, x1, Math.fma(t0, x0, t[j]));
            u[j] = Math.fma(u1, x1, Math.fma(u0, x0, u[j]));
            v[j] = Math.fma(v1, x1, Math.fma(v0, x0, v[j]));
        }
    }

    private static void oneRow(int n, float[] a, int aOffset, int depthStep, ScalarMatrix b, float[] result) {
        int k = b.rows();
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            int i = aOffset + p * depthStep;
            oneByFour(
                    n,
                    a[i],
                    a[i + depthStep],
                    a[i + 2 * depthStep],
                    a[i + 3 * depthStep],
                    b.row(p),
                    b.row(p + 1),
                    b.row(p + 2),
                    b.row(p + 3),
                    result);
        }
        for (; p < k; p++) {
            oneByOne(n, a[aOffset + p * depthStep], b.row(p), result);
        }
    }

    private static void oneByFour(
            int n, float s0, float s1, float s2, float s3, float[] b0, float[] b1, float[] b2, float[] b3, float[] c) {
        for (int j = 0; j < n; j++) {
            c[j] = Math.fma(s3, b3[j], Math.fma(s2, b2[j], Math.fma(s1, b1[j], Math.fma(s0, b0[j], c[j]))));
        }
    }

    private static void oneByOne(int n, float s, float[] b, float[] c) {
        for (int j = 0; j < n; j++) {
            c[j] = Math.fma(s, b[j], c[j]);
        }
    }
}
