package io.carousel.autograd;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** An array parallel to {@link Parameters#values}, to which every derivative is added at once. */
final class FlatGradient implements ParameterGradients {
    private final Kernels kernels;
    private final float[] values;

    FlatGradient(Kernels kernels, float[] values) {
        this.kernels = kernels;
        this.values = values;
    }

    @Override
    public Tensor dense(Parameter parameter) {
        return new Tensor(parameter.shape(), values, parameter.offset());
    }

    @Override
    public void addProduct(
            Parameter weight,
            int firstRow,
            int count,
            float[] d,
            int dOffset,
            int dStride,
            boolean dTransposed,
            PackedMatrix x) {
        addProduct(kernels, dense(weight), firstRow, count, d, dOffset, dStride, dTransposed, x);
    }

    /** Adds {@code dᵀ · x} to rows of a tensor. */
    static void addProduct(
            Kernels kernels,
            Tensor target,
            int firstRow,
            int count,
            float[] d,
            int dOffset,
            int dStride,
            boolean dTransposed,
            PackedMatrix x) {
        int columns = target.columns();
        kernels.multiply(
                count,
                d,
                dOffset,
                dStride,
                dTransposed,
                x,
                target.data(),
                target.offset() + firstRow * columns,
                columns,
                true);
    }

    @Override
    public @Nullable PackedMatrix operand(Parameter weight, int rows, int columns) {
        return null;
    }

    @Override
    public void addRows(Parameter weight, int[] rows, Tensor d) {
        addRows(kernels, dense(weight), rows, d);
    }

    /** Adds row i of d to row {@code rows[i]} of a tensor. */
    static void addRows(Kernels kernels, Tensor target, int[] rows, Tensor d) {
        int columns = target.columns();
        for (int i = 0; i < rows.length; i++) {
            kernels.add(
                    columns, d.data(), d.offset() + i * columns, target.data(), target.offset() + rows[i] * columns);
        }
    }
}
