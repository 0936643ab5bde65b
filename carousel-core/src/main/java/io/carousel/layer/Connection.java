package io.carousel.layer;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a level of a recurrent stack hands on, of x from the level below and f, what it makes of x; the lowest level has none
 * below, and hands f on.
 */
public enum Connection {
    /** {@code y = f}. */
    @JsonProperty("plain")
    PLAIN,
    /**
     * {@code y = x + f}; all levels have the same width.
     *
     * <p>Source: He et al., <i>Deep Residual Learning for Image Recognition</i>, 2016; between recurrent layers: Wu et al.,
     * <i>Google's Neural Machine Translation System</i>, 2016.
     */
    @JsonProperty("residual")
    RESIDUAL,
    /**
     * {@code y = t ⊙ f + (1 - t) ⊙ x} with {@code t = σ(W x + b)}; all levels have the same width.
     *
     * <p>The weights are {@code highway_weight_l1 [O, O]} and {@code highway_bias_l1 [O]} of each level above the lowest; the
     * bias starts at {@value #FIRST_BIAS}, so that at first a level hands on more of x than of f.
     *
     * <p>Source: Srivastava, Greff, Schmidhuber, <i>Training Very Deep Networks</i>, 2015.
     */
    @JsonProperty("highway")
    HIGHWAY;

    /** The bias of a highway's gate at first: the smallest in size of those of Srivastava et al., -1 to -10. */
    static final float FIRST_BIAS = -1;
}
