package io.carousel.layer;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In which order a recurrent layer reads the time steps of a sequence. */
public enum Direction {
    /** From the first to the last. */
    @JsonProperty("forward")
    FORWARD,
    /** From the last to the first; each sequence of a ragged batch within its own length. */
    @JsonProperty("backward")
    BACKWARD,
    /**
     * Both, with weights of their own; {@link Merge} says what becomes of the two outputs.
     *
     * <p>Source: Schuster, Paliwal, <i>Bidirectional Recurrent Neural Networks</i>, 1997.
     */
    @JsonProperty("bidirectional")
    BIDIRECTIONAL;

    boolean hasForward() {
        return this != BACKWARD;
    }

    boolean hasBackward() {
        return this != FORWARD;
    }
}
