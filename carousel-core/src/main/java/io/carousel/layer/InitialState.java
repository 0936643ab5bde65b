package io.carousel.layer;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the state of a recurrent layer is before the first time step, when none is given. */
public enum InitialState {
    /** Zeros. */
    @JsonProperty("zero")
    ZERO,
    /** A parameter for each part, such as {@code encoder.initial_hidden_l0 [H]}, which starts at zeros and is learned. */
    @JsonProperty("learned")
    LEARNED
}
