package io.carousel.kernel;

/**
 * A packed matrix of the scalar kernels: every row an array of its own, because the compiler turns a loop over arrays
 * that are all indexed alike into vector code, and a loop over parts of one array not.
 *
 * <p>For the same reason a product needs rows of its result indexed from zero. They are lent by {@link #borrow}, so that in
 * steady state a product allocates nothing. With fewer than {@value #FEW} columns the columns are stored one after the other
 * instead, for {@link ColumnProduct}.
 */
final class ScalarMatrix implements PackedMatrix {
    private static final int FEW = 8;
    private static final float[] NONE = {};

    private final WeightStore store;
    private int rows;
    private int columns;
    private float[][] array = {};
    private float[] narrow = NONE;
    private final Lender<ScalarScratch> scratch = new Lender<>();

    ScalarMatrix(int rows, int columns, WeightStore store) {
        this.store = store;
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
        array = ScalarScratch.atLeast(rows, columns, array);
    }

    /** Makes what was packed what the store would give back. */
    void round() {
        if (store == WeightStore.FLOAT32) {
            return;
        }
        if (isNarrow()) {
            WeightStore.round(narrow);
        } else {
            for (float[] values : array) {
                WeightStore.round(values);
            }
        }
    }

    /** Whether {@link #narrow()} holds it, and not {@link #array()}. */
    boolean isNarrow() {
        return columns < FEW;
    }

    /** Row r at index r; there may be more rows, and longer ones. */
    float[][] array() {
        return array;
    }

    /** Element (r, c) at {@code c * rows + r}. */
    float[] narrow() {
        return narrow;
    }

    /** Scratch that nobody else uses until it is given back. */
    ScalarScratch borrow() {
        ScalarScratch lent = scratch.borrow();
        return lent != null ? lent : new ScalarScratch();
    }

    void giveBack(ScalarScratch lent) {
        scratch.giveBack(lent);
    }
}
