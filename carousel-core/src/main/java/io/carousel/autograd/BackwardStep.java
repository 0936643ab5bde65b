package io.carousel.autograd;

import io.carousel.tensor.Tensor;

/** The derivative of an operation: adds to the gradients of its inputs, given the gradient of its output. */
@FunctionalInterface
public interface BackwardStep {
    /** @param gradient the gradient of the output, of the output's shape */
    void run(Tensor gradient);
}
