package io.carousel.kernel;

/** Transposition between a row-major part of an array and rows that are arrays of their own. */
final class Transpose {
    private Transpose() {}

    /** {@code rows[r][c] = source[offset + c * stride + r]}. */
    static void in(int count, int columns, float[] source, int offset, int stride, float[][] rows) {
        int r = 0;
        for (; r + 4 <= count; r += 4) {
            fourIn(columns, source, offset + r, stride, rows[r], rows[r + 1], rows[r + 2], rows[r + 3]);
        }
        for (; r < count; r++) {
            float[] row = rows[r];
            for (int c = 0; c < columns; c++) {
                row[c] = source[offset + c * stride + r];
            }
        }
    }

    private static void fourIn(
            int columns, float[] source, int offset, int stride, float[] r0, float[] r1, float[] r2, float[] r3) {
        for (int c = 0, q = offset; c < columns; c++, q += stride) {
            r0[c] = source[q];
            r1[c] = source[q + 1];
            r2[c] = source[q + 2];
            r3[c] = source[q + 3];
        }
    }

    /** {@code target[offset + c * stride + r] = rows[r][c]}. */
    static void out(int count, int columns, float[][] rows, float[] target, int offset, int stride) {
        int r = 0;
        for (; r + 4 <= count; r += 4) {
            fourOut(columns, rows[r], rows[r + 1], rows[r + 2], rows[r + 3], target, offset + r, stride);
        }
        for (; r < count; r++) {
            float[] row = rows[r];
            for (int c = 0; c < columns; c++) {
                target[offset + c * stride + r] = row[c];
            }
        }
    }

    private static void fourOut(
            int columns, float[] r0, float[] r1, float[] r2, float[] r3, float[] target, int offset, int stride) {
        for (int c = 0, q = offset; c < columns; c++, q += stride) {
            target[q] = r0[c];
            target[q + 1] = r1[c];
            target[q + 2] = r2[c];
            target[q + 3] = r3[c];
        }
    }
}
