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

    /** Rows of a transposed A that are copied together, so that a tile reads them one after the other. */
    private static final int GROUP = 16;

    /** The floats of a group in a block. */
    static final int SCRATCH = GROUP * DEPTH;

    private VectorProduct() {}

    static void pack(float[] source, int offset, int stride, boolean transposed, VectorMatrix into) {
        int rows = into.rows();
        if (into.vectors() == 0) {
            ColumnProduct.pack(source, offset, stride, transposed, rows, into.columns(), into.values());
            return;
        }
        if (transposed) {
            packTransposed(source, offset, stride, into);
        } else {
            packRows(source, offset, stride, into);
        }
    }

    /** Where a vector of columns starts in the packed values; its rows follow in steps of its panel's width. */
    private static int start(VectorMatrix matrix, int vector) {
        boolean second = vector > 0 && ((matrix.vectors() - vector) & 1) == 1;
        return second ? (vector - 1) * matrix.rows() * LENGTH + LENGTH : vector * matrix.rows() * LENGTH;
    }

    private static int step(VectorMatrix matrix, int vector) {
        return vector == 0 && (matrix.vectors() & 1) == 1 ? LENGTH : 2 * LENGTH;
    }

    /** Reads the source in its order. */
    private static void packRows(float[] source, int offset, int stride, VectorMatrix into) {
        float[] values = into.values();
        for (int r = 0; r < into.rows(); r++) {
            for (int v = 0; v < into.vectors(); v++) {
                load(source, offset + r * stride + into.column(v))
                        .intoArray(values, start(into, v) + r * step(into, v));
            }
        }
    }

    /** Copies blocks so small that their packed rows stay in the first cache. */
    private static void packTransposed(float[] source, int offset, int stride, VectorMatrix into) {
        int rows = into.rows();
        for (int v = 0; v < into.vectors(); v++) {
            int from = offset + into.column(v) * stride;
            int at = start(into, v);
            int step = step(into, v);
            for (int r = 0; r < rows; r += 64) {
                int count = Math.min(64, rows - r);
                for (int c = 0; c < LENGTH; c++) {
                    scatter(count, source, from + c * stride + r, into.values(), at + r * step + c, step);
                }
            }
        }
    }

    private static void scatter(int n, float[] source, int from, float[] into, int at, int step) {
        for (int r = 0; r < n; r++) {
            into[at + r * step] = source[from + r];
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
            if (aTransposed && depth > 0) {
                float[] scratch = b.borrow();
                NarrowProduct.multiply(
                        m,
                        depth,
                        b.columns(),
                        a,
                        aOffset,
                        aStride,
                        b.values(),
                        c,
                        cOffset,
                        cStride,
                        accumulate,
                        scratch);
                b.giveBack(scratch);
            } else {
                ColumnProduct.multiply(
                        m,
                        depth,
                        b.columns(),
                        a,
                        aOffset,
                        rowStep,
                        depthStep,
                        b.values(),
                        c,
                        cOffset,
                        cStride,
                        accumulate);
            }
            return;
        }
        for (int p = 0; p < depth; p += DEPTH) {
            int k = Math.min(DEPTH, depth - p);
            boolean load = accumulate || p > 0;
            if (aTransposed) {
                transposedBlock(m, p, k, a, aOffset + p * aStride, aStride, b, c, cOffset, cStride, load);
            } else {
                for (int i = 0; i < m; i += ROWS) {
                    int rows = Math.min(ROWS, m - i);
                    int at = aOffset + i * aStride + p;
                    block(rows, p, k, a, at, aStride, false, b, c, cOffset + i * cStride, cStride, load);
                }
            }
        }
    }

    /** Groups of rows are copied and then pass all panels; where the rows end, they are read where they are. */
    private static void transposedBlock(
            int m,
            int p,
            int k,
            float[] a,
            int aOffset,
            int aStride,
            VectorMatrix b,
            float[] c,
            int cOffset,
            int cStride,
            boolean load) {
        float[] scratch = b.borrow();
        int i = 0;
        for (; i + GROUP <= m; i += GROUP) {
            copyGroup(k, a, aOffset + i, aStride, scratch);
            block(GROUP, p, k, scratch, 0, GROUP, true, b, c, cOffset + i * cStride, cStride, load);
        }
        if (i < m) {
            block(m - i, p, k, a, aOffset + i, aStride, true, b, c, cOffset + i * cStride, cStride, load);
        }
        b.giveBack(scratch);
    }

    private static void copyGroup(int k, float[] a, int aOffset, int aStride, float[] scratch) {
        for (int p = 0; p < k; p++) {
            for (int r = 0; r < GROUP; r += LENGTH) {
                load(a, aOffset + p * aStride + r).intoArray(scratch, p * GROUP + r);
            }
        }
    }

    /** All panels for the rows of a block. */
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
