package io.carousel.loss;

import io.carousel.autograd.Parameter;
import io.carousel.tensor.Shape;

/**
 * The weights of a linear chain of K tags.
 *
 * @param transitions {@code [K, K]}: row i, column j is what it counts that tag j follows tag i
 * @param start {@code [K]}: what it counts that a sequence starts with a tag
 * @param end {@code [K]}: what it counts that a sequence ends with a tag
 */
public record ChainWeights(Parameter transitions, Parameter start, Parameter end) {
    public ChainWeights {
        int tags = start.tensor().size();
        require(start, Shape.of(tags));
        require(end, Shape.of(tags));
        require(transitions, Shape.of(tags, tags));
    }

    private static void require(Parameter parameter, Shape shape) {
        if (!parameter.shape().equals(shape)) {
            throw new IllegalArgumentException(parameter.name() + " must have shape " + shape + ", got "
                    + parameter.shape() + "; use the weights of one chain");
        }
    }

    /** K. */
    public int tags() {
        return start.tensor().size();
    }
}
