package io.carousel.kernel;

import java.util.Arrays;

/**
 * Products over a {@link ScalarMatrix}.
 *
 * <p>Everything is a sum of outer products of a few rows, {@link #update}, whose inner loops run over arrays that are all
 * indexed alike. Rows of the result are copied out to such arrays and back, some {@value #ROWS} at a time, and B is taken in
 * parts that the first cache holds. The longer the inner loop, the less its ends cost: where the rows of the result are short
 * and many, {@link SwappedProduct} runs along its columns instead.
 */
final class ScalarProduct {
    /** Rows of the result that are computed together. */
    private static final int ROWS = 32;

    /** Floats of B that are used for all these rows before the next are touched. */
    private static final int PART = 8192;

    private static final int LEAST_DEPTH = 16;

    private ScalarProduct() {}

    static void pack(float[] source, int offset, int stride, boolean transposed, ScalarMatrix into) {
        int rows = into.rows();
        int columns = into.columns();
        if (!transposed) {
            for (int r = 0; r < rows; r++) {
                System.arraycopy(source, offset + r * stride, into.array()[r], 0, columns);
            }
            return;
        }
        Transpose.in(rows, columns, source, offset, stride, into.array());
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
        int k = b.rows();
        int depth = Math.max(LEAST_DEPTH, PART / n);
        ScalarScratch scratch = b.borrow();
        float[][] result = scratch.result(Math.min(m, ROWS), n);
        for (int i = 0; i < m; i += ROWS) {
            int rows = Math.min(ROWS, m - i);
            for (int r = 0; r < rows; r++) {
                start(n, c, cOffset + (i + r) * cStride, accumulate, result[r]);
            }
            for (int p = 0; p < k; p += depth) {
                int from = aOffset + i * rowStep + p * depthStep;
                update(rows, n, Math.min(depth, k - p), a, from, rowStep, depthStep, b.array(), p, result);
            }
            for (int r = 0; r < rows; r++) {
                System.arraycopy(result[r], 0, c, cOffset + (i + r) * cStride, n);
            }
        }
        b.giveBack(scratch);
    }

    private static void start(int n, float[] c, int cOffset, boolean accumulate, float[] row) {
        if (accumulate) {
            System.arraycopy(c, cOffset, row, 0, n);
        } else {
            Arrays.fill(row, 0, n, 0f);
        }
    }

    /**
     * {@code result[r][j] = fma(a[r, p], b[first + p][j], result[r][j])} for p = 0, 1, …, depth - 1 and all r below {@code rows}
     * and j below n.
     */
    static void update(
            int rows,
            int n,
            int depth,
            float[] a,
            int aOffset,
            int rowStep,
            int depthStep,
            float[][] b,
            int first,
            float[][] result) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            fourRows(n, depth, a, aOffset + r * rowStep, rowStep, depthStep, b, first, result, r);
        }
        for (; r < rows; r++) {
            oneRow(n, depth, a, aOffset + r * rowStep, depthStep, b, first, result[r]);
        }
    }

    private static void fourRows(
            int n,
            int depth,
            float[] a,
            int aOffset,
            int rowStep,
            int depthStep,
            float[][] b,
            int first,
            float[][] result,
            int row) {
        float[] s = result[row];
        float[] t = result[row + 1];
        float[] u = result[row + 2];
        float[] v = result[row + 3];
        int p = 0;
        for (; p + 2 <= depth; p += 2) {
            int i0 = aOffset + p * depthStep;
            int i1 = i0 + rowStep;
            int i2 = i1 + rowStep;
            int i3 = i2 + rowStep;
            float s0 = a[i0];
            float s1 = a[i0 + depthStep];
            float t0 = a[i1];
            float t1 = a[i1 + depthStep];
            float u0 = a[i2];
            float u1 = a[i2 + depthStep];
            float v0 = a[i3];
            float v1 = a[i3 + depthStep];
            fourByTwo(n, s0, s1, t0, t1, u0, u1, v0, v1, b[first + p], b[first + p + 1], s, t, u, v);
        }
        if (p < depth) {
            for (int r = 0; r < 4; r++) {
                oneByOne(n, a[aOffset + r * rowStep + p * depthStep], b[first + p], result[row + r]);
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

    private static void oneRow(
            int n, int depth, float[] a, int aOffset, int depthStep, float[][] b, int first, float[] result) {
        int p = 0;
        for (; p + 4 <= depth; p += 4) {
            int i = aOffset + p * depthStep;
            float s0 = a[i];
            float s1 = a[i + depthStep];
            float s2 = a[i + 2 * depthStep];
            float s3 = a[i + 3 * depthStep];
            int q = first + p;
            oneByFour(n, s0, s1, s2, s3, b[q], b[q + 1], b[q + 2], b[q + 3], result);
        }
        for (; p < depth; p++) {
            oneByOne(n, a[aOffset + p * depthStep], b[first + p], result);
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
