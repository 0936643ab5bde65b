package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;

/**
 * Some columns of each row, that stand beside each other: {@code y = x[first … first + count - 1]}.
 *
 * <p>In a branch of a {@link JoinSpec} it hands a part of the input on, such as the number of a word.
 *
 * @param first the first column, from 0
 * @param count how many
 */
public record ColumnsSpec(int first, int count) implements LayerSpec {
    public ColumnsSpec {
        if (first < 0) {
            throw new IllegalArgumentException("first column must not be negative, got " + first);
        }
        if (count < 1) {
            throw new IllegalArgumentException("columns must be at least 1, got " + count);
        }
    }

    @Override
    public Layer layer(int inputSize) {
        if ((long) first + count > inputSize) {
            throw new IllegalArgumentException("columns must lie within an input of shape [N, " + inputSize + "], got "
                    + count + " from column " + first + "; check the features of the network");
        }
        return new Columns(first, count, inputSize);
    }

    private record Columns(int first, int outputSize, int inputSize) implements Layer {
        @Override
        public Flow forward(Flow input, LayerContext context) {
            Variable x = input.rows();
            Tensor from = x.value();
            Tensor output = context.tape().workspace().take(from.rows(), outputSize);
            copy(from.rows(), from.data(), from.offset(), output.data(), output.offset());
            Kernels kernels = context.tape().kernels();
            Variable rows = context.tape()
                    .record(
                            output,
                            gradient -> {
                                Tensor dx = x.gradient();
                                for (int row = 0; row < output.rows(); row++) {
                                    kernels.add(
                                            outputSize,
                                            gradient.data(),
                                            gradient.offset() + row * outputSize,
                                            dx.data(),
                                            dx.offset() + row * inputSize + first);
                                }
                            },
                            x);
            return new Flow(rows, input.layout());
        }

        private void copy(int rows, float[] x, int xOffset, float[] y, int yOffset) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(x, xOffset + row * inputSize + first, y, yOffset + row * outputSize, outputSize);
            }
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int capacity) {
            return new StatelessStepper() {
                @Override
                public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
                    copy(rows, x, xOffset, y, yOffset);
                }
            };
        }
    }
}
