package io.carousel.autograd;

import io.carousel.kernel.PackedMatrix;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Where the derivatives of parameters go in one round of a tape. */
sealed interface ParameterGradients permits FlatGradient, ShardGradient {
    /** The whole gradient of a parameter, to which derivatives add. */
    Tensor dense(Parameter parameter);

    /** A matrix for an operand of a product that may wait; null where products are made at once. */
    @Nullable
    PackedMatrix operand(Parameter weight, int rows, int columns);

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

    /** Adds row i of {@code d [N, columns of the matrix]} to row {@code rows[i]} of a matrix. */
    void addRows(Parameter weight, int[] rows, Tensor d);
}
