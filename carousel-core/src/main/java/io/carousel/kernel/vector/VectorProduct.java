package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.ColumnProduct;
import java.util.Arrays;

/** Packs matrices and multiplies by them, in blocks that stay in the caches. */
final class VectorProduct {
    /** Rows of B in a block: a panel of two 512-bit vectors is then 32 kB, and stays in the first cache. */
    private static final int DEPTH = 256;

    /** Rows of B up to which two panels stay in the first cache together: tiles then have four rows and four vectors. */
    private static final int QUAD_DEPTH = 128;

    /** Vectors of columns in a block of B: with 512 bits 512 kB, and stays in the second cache. */
    private static final int VECTORS = 32;

    /** Rows of A and of the result in a block: each 128 kB. */
    private static final int ROWS = 128;

    /** Rows of a transposed A that are copied side by side, so that a tile reads them one after the other. */
    static final int GROUP = 16;

    /** The floats of a block of A. */
    static final int SCRATCH = ROWS * DEPTH;

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

    /** Rows that are packed for one panel after the other, so that the source is read nearly in its order. */
    private static final int STRIP = 8;

    private static void packRows(float[] source, int offset, int stride, VectorMatrix into) {
        int odd = into.vectors() & 1;
        for (int r = 0; r < into.rows(); r += STRIP) {
            int count = Math.min(STRIP, into.rows() - r);
            int from = offset + r * stride;
            if (odd == 1) {
                packSingle(count, source, from, stride, into.values(), r * LENGTH);
            }
            for (int pair = odd; pair < into.vectors(); pair += 2) {
                int column = into.column(pair);
                int second = into.column(pair + 1) - column;
                int at = (pair * into.rows() + 2 * r) * LENGTH;
                packPair(count, source, from + column, second, stride, into.values(), at);
            }
        }
    }

    private static void packSingle(int rows, float[] source, int from, int stride, float[] into, int at) {
        for (int r = 0; r < rows; r++) {
            fromArray(FLOATS, source, from + r * stride).intoArray(into, at + r * LENGTH);
        }
    }

    private static void packPair(int rows, float[] source, int from, int second, int stride, float[] into, int at) {
        for (int r = 0; r < rows; r++) {
            int row = from + r * stride;
            fromArray(FLOATS, source, row).intoArray(into, at + 2 * r * LENGTH);
            fromArray(FLOATS, source, row + second).intoArray(into, at + 2 * r * LENGTH + LENGTH);
        }
    }

    /** Copies blocks so small that their packed rows stay in the first cache. */
    private static void packTransposed(float[] source, int offset, int stride, VectorMatrix into) {
        int rows = into.rows();
        for (int v = 0; v < into.vectors(); v++) {
            boolean single = single(into, v);
            boolean second = !single && ((into.vectors() - v) & 1) == 1;
            int start = second ? (v - 1) * rows * LENGTH + LENGTH : v * rows * LENGTH;
            int from = offset + into.column(v) * stride;
            for (int r = 0; r < rows; r += 64) {
                int count = Math.min(64, rows - r);
                for (int c = 0; c < LENGTH; c++) {
                    int at = start + c + r * (single ? LENGTH : 2 * LENGTH);
                    if (single) {
                        scatterSingle(count, source, from + c * stride + r, into.values(), at);
                    } else {
                        scatterPair(count, source, from + c * stride + r, into.values(), at);
                    }
                }
            }
        }
    }

    private static void scatterSingle(int n, float[] source, int from, float[] into, int at) {
        for (int r = 0; r < n; r++) {
            into[at + r * LENGTH] = source[from + r];
        }
    }

    private static void scatterPair(int n, float[] source, int from, float[] into, int at) {
        for (int r = 0; r < n; r++) {
            into[at + r * 2 * LENGTH] = source[from + r];
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
        if (!accumulate) {
            // Tiles always go on from C: with two ways to start, the compiler does not keep their vectors in registers.
            for (int i = 0; i < m; i++) {
                Arrays.fill(c, cOffset + i * cStride, cOffset + i * cStride + b.columns(), 0f);
            }
        }
        int odd = b.vectors() & 1;
        for (int v = 0; v < b.vectors(); v += VECTORS + (v == 0 ? odd : 0)) {
            int end = Math.min(b.vectors(), v + VECTORS + (v == 0 ? odd : 0));
            if (aTransposed) {
                transposedBlocks(m, v, end, a, aOffset, aStride, b, c, cOffset, cStride);
            } else {
                blocks(m, v, end, a, aOffset, aStride, b, c, cOffset, cStride);
            }
        }
    }

    private static void blocks(
            int m,
            int v,
            int end,
            float[] a,
            int aOffset,
            int aStride,
            VectorMatrix b,
            float[] c,
            int cOffset,
            int cStride) {
        for (int i = 0; i < m; i += ROWS) {
            int rows = Math.min(ROWS, m - i);
            int at = aOffset + i * aStride;
            int to = cOffset + i * cStride;
            for (int p = 0; p < b.rows(); p += DEPTH) {
                int k = Math.min(DEPTH, b.rows() - p);
                block(rows, v, end, p, k, a, at + p, aStride, b, c, to, cStride);
            }
        }
    }

    /** A block of B stays in the second cache for all rows, which are copied in groups, the last of which may be incomplete. */
    private static void transposedBlocks(
            int m,
            int v,
            int end,
            float[] a,
            int aOffset,
            int aStride,
            VectorMatrix b,
            float[] c,
            int cOffset,
            int cStride) {
        float[] scratch = b.borrow();
        for (int p = 0; p < b.rows(); p += DEPTH) {
            int k = Math.min(DEPTH, b.rows() - p);
            for (int i = 0; i < m; i += ROWS) {
                int rows = Math.min(ROWS, m - i);
                copyGroups(rows, k, a, aOffset + p * aStride + i, aStride, scratch);
                groups(rows, v, end, p, k, scratch, b, c, cOffset + i * cStride, cStride);
            }
        }
        b.giveBack(scratch);
    }

    /** Reads A in its order; the groups stand one after the other, in each the rows of a column side by side. */
    private static void copyGroups(int m, int k, float[] a, int aOffset, int aStride, float[] scratch) {
        int whole = m / GROUP * GROUP;
        for (int p = 0; p < k; p++) {
            int from = aOffset + p * aStride;
            for (int i = 0; i < whole; i += GROUP) {
                for (int r = 0; r < GROUP; r += LENGTH) {
                    fromArray(FLOATS, a, from + i + r).intoArray(scratch, i * k + p * GROUP + r);
                }
            }
            for (int i = whole; i < m; i++) {
                scratch[whole * (k - 1) + p * GROUP + i] = a[from + i];
            }
        }
    }

    /** The vectors [v, end) of columns for rows of A that were copied in groups. */
    private static void groups(
            int m, int v, int end, int p, int k, float[] scratch, VectorMatrix b, float[] c, int cOffset, int cStride) {
        for (int i = 0; i < m && single(b, v); i += GROUP) {
            int rows = Math.min(GROUP, m - i);
            int to = cOffset + i * cStride;
            SingleTiles.rows(rows, k, scratch, i * k, GROUP, true, b.values(), p * LENGTH, c, to, cStride);
        }
        for (int pair = single(b, v) ? v + 1 : v; pair < end; pair += 2) {
            int at = pair * b.rows() * LENGTH + p * 2 * LENGTH;
            int column = b.column(pair);
            int second = b.column(pair + 1) - column;
            for (int i = 0; i < m; i += GROUP) {
                int to = cOffset + i * cStride + column;
                columnT(Math.min(GROUP, m - i), k, scratch, i * k, b.values(), at, c, to, second, cStride);
            }
        }
    }

    private static boolean single(VectorMatrix b, int vector) {
        return vector == 0 && (b.vectors() & 1) == 1;
    }

    /** The vectors [v, end) of columns for the rows of a block, read where they are. */
    private static void block(
            int m,
            int v,
            int end,
            int p,
            int k,
            float[] a,
            int aOffset,
            int aStride,
            VectorMatrix b,
            float[] c,
            int cOffset,
            int cStride) {
        if (single(b, v)) {
            SingleTiles.rows(m, k, a, aOffset, aStride, false, b.values(), p * LENGTH, c, cOffset, cStride);
        }
        int pair = single(b, v) ? v + 1 : v;
        if (k <= QUAD_DEPTH) {
            for (; pair + 4 <= end; pair += 4) {
                int at = pair * b.rows() * LENGTH + p * 2 * LENGTH;
                int column = b.column(pair);
                int last = b.column(pair + 3) - column;
                columns(m, k, a, aOffset, aStride, b, at, c, cOffset + column, last, cStride);
            }
        }
        for (; pair < end; pair += 2) {
            int at = pair * b.rows() * LENGTH + p * 2 * LENGTH;
            int column = b.column(pair);
            int second = b.column(pair + 1) - column;
            column(m, k, a, aOffset, aStride, b.values(), at, c, cOffset + column, second, cStride);
        }
        int left = m & 3;
        if (left != 0) {
            int first = single(b, v) ? v + 1 : v;
            int at = aOffset + (m - left) * aStride;
            lastRows(left, first, end, p, k, a, at, aStride, b, c, cOffset + (m - left) * cStride, cStride);
        }
    }

    /** Four vectors of columns: half the rows of A of {@link #column}, and so half the addresses, for as many chains. */
    private static void columns(
            int m,
            int k,
            float[] a,
            int aOffset,
            int aStride,
            VectorMatrix b,
            int at,
            float[] c,
            int cOffset,
            int last,
            int cStride) {
        int panel = 2 * LENGTH * b.rows();
        float[] values = b.values();
        for (int i = 0; i + 4 <= m; i += 4) {
            int row = aOffset + i * aStride;
            WideTiles.rows4(k, a, row, aStride, values, at, panel, c, cOffset + i * cStride, last, cStride);
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
            int cStride) {
        int i = 0;
        for (; i + 8 <= m; i += 8) {
            Tiles.rows8(k, a, aOffset + i * aStride, aStride, b, at, c, cOffset + i * cStride, second, cStride);
        }
        if ((m & 4) != 0) {
            Tiles.rows4(k, a, aOffset + i * aStride, aStride, b, at, c, cOffset + i * cStride, second, cStride);
            i += 4;
        }
    }

    /** The last rows of a block, fewer than four: several panels at once, to have enough chains. */
    private static void lastRows(
            int m,
            int v,
            int end,
            int p,
            int k,
            float[] a,
            int aOffset,
            int aStride,
            VectorMatrix b,
            float[] c,
            int cOffset,
            int cStride) {
        int panel = 2 * LENGTH * b.rows();
        int from = aOffset;
        int to = cOffset;
        if ((m & 2) != 0) {
            for (int pair = v; pair < end; ) {
                int at = pair * b.rows() * LENGTH + p * 2 * LENGTH;
                int panels = pair + 4 <= end ? 2 : 1;
                int column = b.column(pair);
                int last = b.column(pair + 2 * panels - 1) - column;
                if (panels == 2) {
                    WideTiles.rows2(k, a, from, aStride, b.values(), at, panel, c, to + column, last, cStride);
                } else {
                    Tiles.rows2(k, a, from, aStride, b.values(), at, c, to + column, last, cStride);
                }
                pair += 2 * panels;
            }
            from += 2 * aStride;
            to += 2 * cStride;
        }
        if ((m & 1) != 0) {
            for (int pair = v; pair < end; ) {
                int at = pair * b.rows() * LENGTH + p * 2 * LENGTH;
                int panels = pair + 8 <= end ? 4 : 1;
                int column = b.column(pair);
                int last = b.column(pair + 2 * panels - 1) - column;
                if (panels == 4) {
                    WideTiles.rows1(k, a, from, b.values(), at, panel, c, to + column, last);
                } else {
                    Tiles.rows1(k, a, from, aStride, b.values(), at, c, to + column, last, cStride);
                }
                pair += 2 * panels;
            }
        }
    }

    private static void columnT(
            int m, int k, float[] a, int aOffset, float[] b, int at, float[] c, int cOffset, int second, int cStride) {
        int i = 0;
        for (; i + 8 <= m; i += 8) {
            Tiles.rows8T(k, a, aOffset + i, b, at, c, cOffset + i * cStride, second, cStride);
        }
        if ((m & 4) != 0) {
            Tiles.rows4T(k, a, aOffset + i, b, at, c, cOffset + i * cStride, second, cStride);
            i += 4;
        }
        if ((m & 2) != 0) {
            Tiles.rows2T(k, a, aOffset + i, b, at, c, cOffset + i * cStride, second, cStride);
            i += 2;
        }
        if ((m & 1) != 0) {
            Tiles.rows1T(k, a, aOffset + i, b, at, c, cOffset + i * cStride, second, cStride);
        }
    }
}
