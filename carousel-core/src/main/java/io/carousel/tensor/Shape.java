package io.carousel.tensor;

import java.util.Arrays;

/** The sizes of a tensor's dimensions, outermost first. Immutable; the empty shape is that of a scalar. */
public final class Shape {
    private final int[] dims;
    private final int size;

    private Shape(int[] dims) {
        long product = 1;
        for (int dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException(
                        "dimensions must not be negative, got " + Arrays.toString(dims) + "; check the sizes");
            }
            product = Math.multiplyExact(product, (long) dim);
            if (product > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("shape " + Arrays.toString(dims)
                        + " must have fewer than 2^31 - 8 elements; use smaller batches or layers");
            }
        }
        this.dims = dims;
        this.size = (int) product;
    }

    public static Shape of(int... dims) {
        return new Shape(dims.clone());
    }

    public static Shape of(int rows, int columns) {
        return new Shape(new int[] {rows, columns});
    }

    /** The number of dimensions. */
    public int rank() {
        return dims.length;
    }

    public int dim(int index) {
        return dims[index];
    }

    /** The number of elements. */
    public int size() {
        return size;
    }

    public int[] toArray() {
        return dims.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** The sizes in brackets, such as {@code [64, 32]}. */
    @Override
    public String toString() {
        return Arrays.toString(dims);
    }
}
