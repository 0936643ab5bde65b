package io.carousel.kernel;

import java.util.Arrays;

/**
 * The products of {@link ScalarProduct} with A and B in each other's place: the inner loops run along the columns of the
 * result.
 *
 * <p>That is faster where A is read transposed, as for the gradient of a weight, because its rows are contiguous then; and
 * where the result has few columns and many rows, so that transposing A costs little beside short loops.
 */
final class SwappedProduct {
    /** Rows of A, which is the length of the inner loops. */
    private static final int LENGTH = 1024;

    /** Columns of the result that are computed together. */
    private static final int COLUMNS = 256;

    private static final int DEPTH = 16;
    private static final int FEW_COLUMNS = 128;
    private static final int MANY_ROWS = 512;
    private static final int LEAST_LENGTH = 64;

    private SwappedProduct() {}

    /** Whether it is the faster way. */
    static boolean suits(int m, int n, boolean aTransposed) {
        return aTransposed ? m >= LEAST_LENGTH : n <= FEW_COLUMNS && m >= MANY_ROWS;
    }

    /** {@link ScalarProduct#multiply}. */
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
        int blocks = (m + LENGTH - 1) / LENGTH;
        int length = (m + blocks - 1) / blocks;
        int columns = Math.min(COLUMNS, b.columns());
        ScalarScratch scratch = b.borrow();
        float[][] result = scratch.result(columns, length);
        for (int i = 0; i < m; i += length) {
            int rows = Math.min(length, m - i);
            for (int j = 0; j < b.columns(); j += columns) {
                int width = Math.min(columns, b.columns() - j);
                int at = cOffset + i * cStride + j;
                start(width, rows, c, at, cStride, accumulate, result);
                block(
                        rows,
                        width,
                        a,
                        aOffset + i * rowStep,
                        rowStep,
                        depthStep,
                        b.array(),
                        b.rows(),
                        j,
                        scratch,
                        result);
                Transpose.out(width, rows, result, c, at, cStride);
            }
        }
        b.giveBack(scratch);
    }

    private static void start(
            int count, int length, float[] c, int offset, int stride, boolean accumulate, float[][] result) {
        if (accumulate) {
            Transpose.in(count, length, c, offset, stride, result);
        } else {
            for (int r = 0; r < count; r++) {
                Arrays.fill(result[r], 0, length, 0f);
            }
        }
    }

    /** {@code columns} columns of the result, from {@code first} on, in {@code rows} rows. */
    private static void block(
            int rows,
            int columns,
            float[] a,
            int aOffset,
            int rowStep,
            int depthStep,
            float[][] b,
            int k,
            int first,
            ScalarScratch scratch,
            float[][] result) {
        float[][] operand = scratch.operand(DEPTH, rows);
        float[] factors = scratch.factors(DEPTH * columns);
        for (int p = 0; p < k; p += DEPTH) {
            int depth = Math.min(DEPTH, k - p);
            int from = aOffset + p * depthStep;
            if (rowStep == 1) {
                for (int q = 0; q < depth; q++) {
                    System.arraycopy(a, from + q * depthStep, operand[q], 0, rows);
                }
            } else {
                Transpose.in(depth, rows, a, from, rowStep, operand);
            }
            for (int q = 0; q < depth; q++) {
                System.arraycopy(b[p + q], first, factors, q * columns, columns);
            }
            ScalarProduct.update(columns, rows, depth, factors, 0, 1, columns, operand, 0, result);
        }
    }
}
