package io.carousel.kernel;

import java.util.Arrays;

/**
 * A packed matrix of the scalar kernels: every row an array of its own, because the compiler turns a loop over arrays
 * that are all indexed alike into vector code, and a loop over parts of one array not.
 *
 * <p>For the same reason a product needs rows of its result indexed from zero. They are lent by {@link #borrow},
 * so that in steady state a product allocates nothing. With fewer than {@value #FEW} columns
 * the columns are stored one after the other instead, for {@link ColumnProduct}.
 */
final class ScalarMatrix implements PackedMatrix {
    private static final int FEW = 8;
    private static final float[] NONE = {};

    private int rows;
    private int columns;
    private float[][] row = {};
    private float[] narrow = NONE;
    private final Lender<float[][]> scratch = new Lender<>();

    ScalarMatrix(int rows, int columns) {
        resize(rows, columns);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void resize(int newRows, int newColumns) {
        rows = newRows;
        columns = newColumns;
        if (isNarrow()) {
            int size = Math.multiplyExact(rows, columns);
            narrow = narrow.length < size ? new float[size] : narrow;
            return;
        }
        if (row.length < rows) {
            int kept = row.length;
            row = Arrays.copyOf(row, rows);
            Arrays.fill(row, kept, rows, NONE);
        }
        for (int r = 0; r < rows; r++) {
            if (row[r].length < columns) {
                row[r] = new float[columns];
            }
        }
    }

    /** Whether {@link #narrow()} holds it, and not {@link #row(int)}. */
    boolean isNarrow() {
        return columns < FEW;
    }

    float[] row(int r) {
        return row[r];
    }

    /** Element (r, c) at {@code c * rows + r}. */
    float[] narrow() {
        return narrow;
    }

    /** Four rows of at least {@code columns} floats that nobody else uses until they are given back. */
    float[][] borrow() {
        float[][] lent = scratch.borrow();
        return lent != null && lent[0].length >= columns ? lent : new float[4][columns];
    }

    void giveBack(float[][] lent) {
        scratch.giveBack(lent);
    }
}
