package io.carousel.task.translate;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a decoder tells what it needs of its source in each time step. */
public enum AttentionKind {
    /** Not at all: one fixed vector, what the bridge makes of how the encoder ended, is all that it has. */
    @JsonProperty("none")
    NONE,
    /** By a small network of its state and each row: Bahdanau, Cho, Bengio 2014, and the concat of Luong, Pham, Manning 2015. */
    @JsonProperty("additive")
    ADDITIVE,
    /** By the product of both, which must have the same width: Luong et al. 2015. */
    @JsonProperty("dot")
    DOT,
    /** By their product with a matrix between: Luong et al. 2015. */
    @JsonProperty("general")
    GENERAL,
    /** By several scaled products side by side: Vaswani et al. 2017. */
    @JsonProperty("heads")
    HEADS
}
