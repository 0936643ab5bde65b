package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;

/**
 * Drops elements at random in training, the same ones at all time steps of a sequence, and scales those that stay by {@code 1 /
 * (1 - rate)}; does nothing in prediction.
 *
 * <p>Between recurrent layers, {@link Regularization} has the same; this is for the places before and after them.
 *
 * <p>Source: Gal, Ghahramani, <i>A Theoretically Grounded Application of Dropout in Recurrent Neural Networks</i>, 2016; the name
 * is that of Merity, Keskar, Socher, <i>Regularizing and Optimizing LSTM Language Models</i>, 2017.
 *
 * @param name sets the stream of its random numbers
 * @param rate the probability that an element is dropped, in [0, 1)
 */
public record LockedDropoutSpec(String name, double rate) implements LayerSpec {
    public LockedDropoutSpec {
        Names.require(name);
        DropoutSpec.requireRate(rate);
    }

    @Override
    public Layer layer(int inputSize) {
        return new LockedDropout(name, (float) rate, inputSize);
    }

    private record LockedDropout(String name, float rate, int outputSize) implements Layer {
        @Override
        public Flow forward(Flow input, LayerContext context) {
            Rng dropout = context.dropout();
            if (rate == 0 || dropout == null) {
                return input;
            }
            Tensor mask = context.tape().workspace().take(input.layout().sequences(), outputSize);
            dropout.stream(name).choose(rate, 0, 1 / (1 - rate), mask.size(), mask.data(), mask.offset());
            return InputMask.apply(context.tape(), input, mask);
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
            return StatelessStepper.identity(outputSize);
        }
    }
}
