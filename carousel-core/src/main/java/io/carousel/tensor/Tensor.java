package io.carousel.tensor;

import io.carousel.kernel.Slice;
import java.util.Arrays;

/**
 * A row-major block of float32 numbers with a shape.
 *
 * <p>It is a view: the numbers stand in {@link #data} from {@link #offset} on, and whoever took the array owns it. Not
 * thread-safe while it is written.
 */
public final class Tensor {
    private final Shape shape;
    private final float[] data;
    private final int offset;

    /**
     * A view of {@code shape.size()} numbers.
     *
     * @throws IllegalArgumentException when they do not fit between {@code offset} and the end of {@code data}
     */
    public Tensor(Shape shape, float[] data, int offset) {
        if (offset < 0 || offset > data.length - shape.size()) {
            throw new IllegalArgumentException("tensor of shape " + shape + " at offset " + offset
                    + " must lie inside its array, got length " + data.length + "; use a larger array");
        }
        this.shape = shape;
        this.data = data;
        this.offset = offset;
    }

    public static Tensor zeros(int... dims) {
        Shape shape = Shape.of(dims);
        return new Tensor(shape, new float[shape.size()], 0);
    }

    /** A tensor that owns a copy of {@code values}, in row-major order. */
    public static Tensor of(Shape shape, float... values) {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException("values must fill shape " + shape + " with " + shape.size()
                    + " numbers, got " + values.length + "; check the shape");
        }
        return new Tensor(shape, values.clone(), 0);
    }

    public Shape shape() {
        return shape;
    }

    /** The array in which the numbers stand, shared and not copied. */
    public float[] data() {
        return data;
    }

    /** The index in {@link #data} of the first number. */
    public int offset() {
        return offset;
    }

    public int size() {
        return shape.size();
    }

    /** The number of rows when all dimensions but the last are taken as one. */
    public int rows() {
        return columns() == 0 ? 0 : size() / columns();
    }

    /** The size of the last dimension; 1 for a scalar. */
    public int columns() {
        return shape.rank() == 0 ? 1 : shape.dim(shape.rank() - 1);
    }

    /** The number at an index, one for each dimension. */
    public float at(int... index) {
        if (index.length != shape.rank()) {
            throw new IllegalArgumentException("index must have " + shape.rank() + " numbers for shape " + shape
                    + ", got " + Arrays.toString(index) + "; give one for each dimension");
        }
        int position = 0;
        for (int d = 0; d < index.length; d++) {
            if (index[d] < 0 || index[d] >= shape.dim(d)) {
                throw new IndexOutOfBoundsException(
                        "index " + Arrays.toString(index) + " must lie inside shape " + shape);
            }
            position = position * shape.dim(d) + index[d];
        }
        return data[offset + position];
    }

    /** The same numbers under another shape of the same size. */
    public Tensor reshape(int... dims) {
        Shape other = Shape.of(dims);
        if (other.size() != shape.size()) {
            throw new IllegalArgumentException(
                    "shape " + other + " must have " + shape.size() + " elements like " + shape);
        }
        return new Tensor(other, data, offset);
    }

    /** A view of {@code count} rows from {@code first}, as {@code [count, columns]}. */
    public Tensor rowRange(int first, int count) {
        if (first < 0 || count < 0 || first > rows() - count) {
            throw new IndexOutOfBoundsException(
                    "rows " + first + " to " + (first + count) + " must lie inside shape " + shape);
        }
        return new Tensor(Shape.of(count, columns()), data, offset + first * columns());
    }

    /** The rows as an operand of a kernel. */
    public Slice slice() {
        return Slice.of(data, offset, columns());
    }

    public void fill(float value) {
        Arrays.fill(data, offset, offset + size(), value);
    }

    /** A copy of the numbers. */
    public float[] toArray() {
        return Arrays.copyOfRange(data, offset, offset + size());
    }

    /** The shape, and the numbers when there are few. */
    @Override
    public String toString() {
        return "Tensor " + shape + (size() <= 16 ? " " + Arrays.toString(toArray()) : "");
    }
}
