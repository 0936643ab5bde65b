package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.LENGTH;

import io.carousel.kernel.Lender;
import io.carousel.kernel.PackedMatrix;

/**
 * A packed matrix of the vector kernels: panels of two vectors of columns, each panel all its rows one after the other.
 *
 * <p>The last vector ends at the last column and overlaps the one before where the columns do not fill it; both belong to
 * the same panel, which is loaded before it is stored, so that no masks are needed. An odd number of vectors starts with a
 * panel of one vector. With fewer columns than a vector, the columns are stored one after the other.
 */
final class VectorMatrix implements PackedMatrix {
    private int rows;
    private int columns;
    private int vectors;
    private float[] values = {};
    private final Lender<float[]> scratch = new Lender<>();

    VectorMatrix(int rows, int columns) {
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
        vectors = columns < LENGTH ? 0 : (columns + LENGTH - 1) / LENGTH;
        int size = Math.multiplyExact(rows, vectors == 0 ? columns : vectors * LENGTH);
        values = values.length < size ? new float[size] : values;
    }

    /** The vectors in a row; zero if the columns are too few for one. */
    int vectors() {
        return vectors;
    }

    float[] values() {
        return values;
    }

    /** {@link VectorProduct#SCRATCH} floats that nobody else uses until they are given back. */
    float[] borrow() {
        float[] lent = scratch.borrow();
        return lent != null ? lent : new float[VectorProduct.SCRATCH];
    }

    void giveBack(float[] lent) {
        scratch.giveBack(lent);
    }

    /** The first column of a vector. */
    int column(int vector) {
        return Math.min(vector * LENGTH, columns - LENGTH);
    }
}
