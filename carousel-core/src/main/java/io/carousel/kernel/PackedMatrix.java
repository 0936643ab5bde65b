package io.carousel.kernel;

/**
 * The right operand of a product, {@code [rows, columns]}, in the layout that the kernel which made it likes best.
 *
 * <p>Only that kernel can fill it ({@link Kernels#pack}) and read it. Once filled it may be read by any number of
 * threads.
 */
public interface PackedMatrix {
    /** The inner dimension of the product. */
    int rows();

    /** The columns of the product's result. */
    int columns();

    /** Gives it another size, to be filled anew; storage is kept and grows only when it is too small. */
    void resize(int rows, int columns);
}
