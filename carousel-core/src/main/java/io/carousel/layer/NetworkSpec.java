package io.carousel.layer;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a network: the first of the five steps of the life-cycle. Prints as JSON and reads back equal.
 *
 * @param inputSize F, the width of a row of the input
 * @param layers one after the other
 * @param source what else it reads, whole, before its first time step; null for nothing, which JSON leaves out
 */
public record NetworkSpec(
        int inputSize,
        List<LayerSpec> layers,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JacksonInject(value = "absent", useInput = OptBoolean.TRUE, optional = OptBoolean.TRUE)
        @Nullable
        SourceSpec source) {
    public NetworkSpec {
        if (inputSize < 1) {
            throw new IllegalArgumentException("input size must be positive, got " + inputSize);
        }
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("layers must not be empty; give at least one");
        }
    }

    /** A network that reads its input and nothing else. */
    public NetworkSpec(int inputSize, List<LayerSpec> layers) {
        this(inputSize, layers, null);
    }
}
