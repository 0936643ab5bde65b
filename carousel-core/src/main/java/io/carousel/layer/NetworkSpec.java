package io.carousel.layer;

import java.util.List;

/**
 * The definition of a network: the first of the five steps of the life-cycle. Prints as JSON and reads back equal.
 *
 * @param inputSize F, the width of a row of the input
 * @param layers one after the other
 */
public record NetworkSpec(int inputSize, List<LayerSpec> layers) {
    public NetworkSpec {
        if (inputSize < 1) {
            throw new IllegalArgumentException("input size must be positive, got " + inputSize);
        }
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("layers must not be empty; give at least one");
        }
    }
}
