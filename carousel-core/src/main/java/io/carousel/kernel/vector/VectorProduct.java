package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.LENGTH;
import static io.carousel.kernel.vector.Width.load;

import io.carousel.kernel.ColumnProduct;

/** Packs matrices and multiplies by them, in blocks that stay in the caches. */
final class VectorProduct {
    /** Rows of B in a block: with panels of two 512-bit vectors, 32 kB. */
    private static final int DEPTH = 256;

    /** Rows of A in a block, so that it stays in the second cache while the panels pass. */
    private static final int ROWS = 256;

    private VectorProduct() {}

    static void pack(float[] source, int offset, int stride, boolean transposed, VectorMatrix into) {
        int rows = into.rows();
        if (into.vectors() == 0) {
            ColumnProduct.pack(source, offset, stride, transposed, rows, into.columns(), into.values());
            return;
        }
        int odd = into.vectors() & 1;
        for (int v = 0; v < into.vectors(); v++) {
            boolean single = v < odd;
            int at = single ? 0 : (v - ((v - odd) & 1)) * rows * LENGTH + ((v - odd) & 1) * LENGTH;
            int step = single ? LENGTH : 2 * LENGTH;
            int column = into.column(v);
            if (transposed) {
                packTransposed(rows, source, offset + column * stride, stride, into.values(), at, step);
            } else {
                packRows(rows, source, offset + column, stride, into.values(), at, step);
            }
        }
    }

    private static void packRows(int rows, float[] source, int from, int stride, float[] into, int at, int step) {
        for (int r = 0; r < rows; r++) {
            load(source, from + r * stride).intoArray(into, at + r * step);
        }
    }

    private static void packTransposed(int rows, float[] source, int from, int stride, float[] into, int at, int step) {
        for (int c = 0; c < LENGTH; c++) {
            for (int r = 0; r < rows; r++) {
                into[at + r * step + c] = source[from + c * stride + r];
            }
        }
    }

    static void multiply(
            int m,
            float[] a,
            int aOffset,
            int aStride,
            boolean aTransposed,
            VectorMatrix b,
            float[] c,
            int cOffset,
            int cStride,
            boolean accumulate) {
        int depth = b.rows();
        int rowStep = aTransposed ? 1 : aStride;
        int depthStep = aTransposed ? aStride : 1;
        if (b.vectors() == 0 || depth == 0) {
            ColumnProduct.multiply(
                    m, depth, b.columns(), a, aOffset, rowStep, depthStep, b.values(), c, cOffset, cStride, accumulate);
            return;
        }
        for (int p = 0; p < depth; p += DEPTH) {
            int k = Math.min(DEPTH, depth - p);
            for (int i = 0; i < m; i += ROWS) {
                block(
                        Math.min(ROWS, m - i),
                        p,
                        k,
                        a,
                        aOffset + i * rowStep + p * depthStep,
                        aStride,
                        aTransposed,
                        b,
                        c,
                        cOffset + i * cStride,
                        cStride,
                        accumulate || p > 0);
            }
        }
    }

    private static void block(
            int m,
            int p,
            int k,
            float[] a,
            int aOffset,
            int aStride,
            boolean aTransposed,
            VectorMatrix b,
            float[] c,
            int cOffset,
            int cStride,
            boolean load) {
        int rows = b.rows();
        int v = 0;
        if ((b.vectors() & 1) == 1) {
            SingleTiles.rows(m, k, a, aOffset, aStride, aTransposed, b.values(), p * LENGTH, c, cOffset, cStride, load);
            v = 1;
        }
        for (; v < b.vectors(); v += 2) {
            int at = v * rows * LENGTH + p * 2 * LENGTH;
            int column = b.column(v);
            int second = b.column(v + 1) - column;
            if (aTransposed) {
                columnT(m, k, a, aOffset, aStride, b.values(), at, c, cOffset + column, second, cStride, load);
            } else {
                column(m, k, a, aOffset, aStride, b.values(), at, c, cOffset + column, second, cStride, load);
            }
        }
    }

    private static void column(
            int m,
            int k,
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int at,
            float[] c,
            int cOffset,
            int second,
            int cStride,
            boolean load) {
        int i = 0;
        for (; i + 8 <= m; i += 8) {
            Tiles.rows8(k, a, aOffset + i * aStride, aStride, b, at, c, cOffset + i * cStride, second, cStride, load);
        }
        if ((m & 4) != 0) {
            Tiles.rows4(k, a, aOffset + i * aStride, aStride, b, at, c, cOffset + i * cStride, second, cStride, load);
            i += 4;
        }
        if ((m & 2) != 0) {
            Tiles.rows2(k, a, aOffset + i * aStride, aStride, b, at, c, cOffset + i * cStride, second, cStride, load);
            i += 2;
        }
        if ((m & 1) != 0) {
            Tiles.rows1(k, a, aOffset + i * aStride, aStride, b, at, c, cOffset + i * cStride, second, cStride, load);
        }
    }

    private static void columnT(
            int m,
            int k,
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int at,
            float[] c,
            int cOffset,
            int second,
            int cStride,
            boolean load) {
        int i = 0;
        for (; i + 8 <= m; i += 8) {
            Tiles.rows8T(k, a, aOffset + i, aStride, b, at, c, cOffset + i * cStride, second, cStride, load);
        }
        if ((m & 4) != 0) {
            Tiles.rows4T(k, a, aOffset + i, aStride, b, at, c, cOffset + i * cStride, second, cStride, load);
            i += 4;
        }
        if ((m & 2) != 0) {
            Tiles.rows2T(k, a, aOffset + i, aStride, b, at, c, cOffset + i * cStride, second, cStride, load);
            i += 2;
        }
        if ((m & 1) != 0) {
            Tiles.rows1T(k, a, aOffset + i, aStride, b, at, c, cOffset + i * cStride, second, cStride, load);
        }
    }
}
