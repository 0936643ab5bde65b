package io.carousel.kernel;

/**
 * Where the rows of an operand stand: an array, the offset of the first row and the stride from row to row.
 *
 * <p>A stride of 0 repeats one row: a vector of weights that is applied to every row of another operand. Its owner moves a
 * slice from time step to time step, so that a kernel with many operands has one argument for each and nothing is
 * allocated. Not thread-safe.
 */
public final class Slice {
    private static final float[] NOWHERE = {};

    private float[] array = NOWHERE;
    private int offset;
    private int stride;

    /** A slice that is placed later. */
    public Slice() {}

    /** A slice of rows in an array. */
    public static Slice of(float[] array, int offset, int stride) {
        Slice slice = new Slice();
        slice.place(array, offset, stride);
        return slice;
    }

    /** Moves the slice. */
    public void place(float[] newArray, int newOffset, int newStride) {
        array = newArray;
        offset = newOffset;
        stride = newStride;
    }

    public float[] array() {
        return array;
    }

    /** Where the first row starts. */
    public int offset() {
        return offset;
    }

    /** From the start of a row to that of the next. */
    public int stride() {
        return stride;
    }

    /** Where a row starts. */
    public int row(int index) {
        return offset + index * stride;
    }
}
