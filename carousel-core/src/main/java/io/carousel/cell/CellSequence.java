package io.carousel.cell;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of all time steps of a layer, for the derivatives that are taken at once.
 *
 * @param weights the weights in the order of {@link Cell#weights}
 * @param weightGradients where their derivatives are added, in the same order
 * @param x {@code [N, F]}: the inputs
 * @param dActivations {@code [N, activations]}: the gradient of the pre-activations
 * @param previous gives a part of the state before each time step, {@code [N, size]}
 * @param dx {@code [N, F]}: where the gradient of the inputs is added; null when it is not needed
 */
public record CellSequence(
        Tape tape,
        List<Parameter> weights,
        List<Tensor> weightGradients,
        Tensor x,
        Tensor dActivations,
        IntFunction<Tensor> previous,
        @Nullable Tensor dx) {

    public int rows() {
        return x.rows();
    }

    /** {@code dW += dActivationsᵀ · operand}: the derivative of a weight whose product made all activations. */
    public void addWeightGradient(int weight, Tensor operand) {
        Tensor target = weightGradients.get(weight);
        int columns = dActivations.columns();
        kernels()
                .multiply(
                        columns,
                        dActivations.data(),
                        dActivations.offset(),
                        columns,
                        true,
                        tape.packed(operand, rows(), operand.columns()),
                        target.data(),
                        target.offset(),
                        operand.columns(),
                        true);
    }

    /** {@code db += Σ rows of dActivations}: the derivative of biases that are added to all activations. */
    public void addBiasGradient(int... biases) {
        int columns = dActivations.columns();
        Tensor sum = tape.workspace().zeros(columns);
        kernels()
                .addColumnSums(
                        rows(), columns, dActivations.data(), dActivations.offset(), columns, sum.data(), sum.offset());
        for (int bias : biases) {
            Tensor target = weightGradients.get(bias);
            kernels().add(columns, sum.data(), sum.offset(), target.data(), target.offset());
        }
    }

    /** {@code dx += dActivations · W}, when the gradient of the inputs is needed. */
    public void addInputGradient(int weight) {
        if (dx == null) {
            return;
        }
        kernels()
                .multiply(
                        rows(),
                        dActivations.data(),
                        dActivations.offset(),
                        dActivations.columns(),
                        false,
                        weights.get(weight).packed(kernels()),
                        dx.data(),
                        dx.offset(),
                        dx.columns(),
                        true);
    }

    private Kernels kernels() {
        return tape.kernels();
    }
}
