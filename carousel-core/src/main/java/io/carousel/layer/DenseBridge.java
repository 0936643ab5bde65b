package io.carousel.layer;

/**
 * Each part of the decoder's first state is a function of all last states of the encoder.
 *
 * <pre>{@code
 * s = [all parts of the last states, of all levels and directions]
 * p = tanh(W_p s + b_p)        or W_p s + b_p
 * }</pre>
 *
 * <p>Parameters: {@code NAME.weight_PART [size, S]} and {@code NAME.bias_PART [size]}, where the part of the decoder's state has its
 * full name with {@code _} for the dot.
 *
 * <p>Source: Bahdanau, Cho, Bengio, <i>Neural Machine Translation by Jointly Learning to Align and Translate</i>, 2014, there of
 * the backward state alone.
 *
 * @param name the prefix of its parameters, such as {@code bridge}
 * @param squash whether tanh is applied
 */
public record DenseBridge(String name, boolean squash) implements BridgeSpec {
    public DenseBridge {
        Names.require(name);
    }

    /** A bridge with tanh. */
    public DenseBridge(String name) {
        this(name, true);
    }
}
