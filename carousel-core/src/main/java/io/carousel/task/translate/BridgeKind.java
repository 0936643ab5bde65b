package io.carousel.task.translate;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the first state of the decoder comes from the last of the encoder. */
public enum BridgeKind {
    /** It does not: the decoder begins at 0, and only attention leads to the source. */
    @JsonProperty("none")
    NONE,
    /** It is a copy; where the source is read in both directions, of that which reads it backward. */
    @JsonProperty("copy")
    COPY,
    /** It is a function of all last states, squashed by tanh. */
    @JsonProperty("dense")
    DENSE
}
