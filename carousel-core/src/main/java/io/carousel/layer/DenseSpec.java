package io.carousel.layer;

/**
 * A linear function of each row: {@code y = W x + b}, with {@code weight [O, F]} and {@code bias [O]}.
 *
 * @param name the prefix of its parameters, such as {@code head}
 * @param outputs O
 */
public record DenseSpec(String name, int outputs) implements LayerSpec {
    public DenseSpec {
        Names.require(name);
        Dense.requireOutputs(name, outputs);
    }

    @Override
    public Layer layer(int inputSize) {
        return new Dense(name, name + ".weight", false, inputSize, outputs);
    }
}
