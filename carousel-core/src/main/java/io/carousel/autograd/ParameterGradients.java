package io.carousel.autograd;

import io.carousel.kernel.PackedMatrix;
import io.carousel.tensor.Tensor;

/** Where the derivatives of parameters go in one round of a tape. */
interface ParameterGradients {
    /** The whole gradient of a parameter, to which derivatives add. */
    Tensor dense(Parameter parameter);

    /**
     * Adds {@code dᵀ · x} to rows of a matrix, now or later: d and x stay as they are until the tape begins anew.
     *
     * @param d an array, where {@code [N, count]} starts in it, and its stride
     * @param dTransposed whether it does; if not, it is {@code [count, N]} that starts there
     * @param x {@code [N, columns of the matrix]}
     */
    void addProduct(
            Parameter weight,
            int firstRow,
            int count,
            float[] d,
            int dOffset,
            int dStride,
            boolean dTransposed,
            PackedMatrix x);

    /** Whether the operands of products wait, so that each needs a packed matrix of its own. */
    boolean waits(Parameter weight);

    /** Adds row i of {@code d [N, columns of the matrix]} to row {@code rows[i]} of a matrix. */
    void addRows(Parameter weight, int[] rows, Tensor d);
}
