package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;

/**
 * Drops elements at random in training; does nothing in prediction. See {@link Operations#dropout}.
 *
 * @param name sets the stream of its random numbers
 * @param rate the probability that an element is dropped, in [0, 1)
 */
public record DropoutSpec(String name, double rate) implements LayerSpec {
    public DropoutSpec {
        Names.require(name);
        requireRate(rate);
    }

    static void requireRate(double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout rate must be in [0, 1), got " + rate);
        }
    }

    @Override
    public Layer layer(int inputSize) {
        return new Dropout(name, (float) rate, inputSize);
    }

    private record Dropout(String name, float rate, int outputSize) implements Layer {
        @Override
        public Flow forward(Flow input, LayerContext context) {
            if (rate == 0 || context.dropout() == null) {
                return input;
            }
            return new Flow(
                    Operations.dropout(context.tape(), input.rows(), rate, context.dropout().stream(name)),
                    input.layout());
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
            return StatelessStepper.identity(outputSize);
        }
    }
}
