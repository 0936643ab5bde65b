package io.carousel.layer;

/**
 * A vector of fixed size stands between encoder and decoder, and can be given in the place of a source.
 *
 * <pre>{@code
 * s = [all parts of the last states, of all levels and directions]
 * z = W s + b
 * p = tanh(W_p z + b_p)                          each part of the decoder's first state
 * }</pre>
 *
 * <p>A variational one is drawn from a normal distribution in training, which is drawn to the standard one by a divergence; in
 * prediction it is the mean:
 *
 * <pre>{@code
 * μ = W s + b      ln σ² = W_v s + b_v      z = μ + σ ⊙ ε,  ε normal
 * D = ½ Σ (μ² + σ² - 1 - ln σ²)
 * }</pre>
 *
 * <p>Parameters: {@code NAME.weight [Z, S]} and {@code NAME.bias [Z]}; {@code NAME.weight_variance} and {@code NAME.bias_variance} of
 * the same shapes; {@code NAME.weight_PART [size, Z]} and {@code NAME.bias_PART [size]}, where the part of the decoder's state has
 * its full name with {@code _} for the dot.
 *
 * <p>Sources: Kingma, Welling, <i>Auto-Encoding Variational Bayes</i>, 2014; Bowman et al., <i>Generating Sentences from a Continuous
 * Space</i>, 2016.
 *
 * @param name the prefix of its parameters, such as {@code code}
 * @param size Z
 * @param variational whether it is drawn at random in training
 */
public record VectorBridge(String name, int size, boolean variational) implements BridgeSpec {
    public VectorBridge {
        Names.require(name);
        if (size < 1) {
            throw new IllegalArgumentException("size of " + name + " must be positive, got " + size);
        }
    }
}
