package io.carousel.autograd;

import io.carousel.tensor.Tensor;

/** The derivative of an operation: adds to the gradients of its inputs, given the gradient of its output. */
@FunctionalInterface
public interface BackwardStep {
    /** Adds to the gradients of the inputs, given that of the output, in the shape of the output. */
    void run(Tensor gradient);
}
