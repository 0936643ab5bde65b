package io.carousel.kernel;

/**
 * Where the rows of an operand start: an array and an offset in it.
 *
 * <p>Its owner moves it from time step to time step, so that a kernel with many operands has one argument for each and
 * nothing is allocated. Not thread-safe.
 */
public final class Slice {
    private float[] array = new float[0];
    private int offset;

    /** A slice that is placed later. */
    public Slice() {}

    /** A slice that starts at an element of an array. */
    public static Slice of(float[] array, int offset) {
        Slice slice = new Slice();
        slice.place(array, offset);
        return slice;
    }

    /** Moves the start. */
    public void place(float[] newArray, int newOffset) {
        array = newArray;
        offset = newOffset;
    }

    public float[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }
}
