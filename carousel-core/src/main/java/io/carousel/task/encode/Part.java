package io.carousel.task.encode;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a decoder makes of a vector. */
public enum Part {
    /** The sequence that was read. */
    @JsonProperty("reconstruction")
    RECONSTRUCTION,
    /** What comes after it. */
    @JsonProperty("prediction")
    PREDICTION;

    /** The name of the decoder's layers. */
    String layer() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
