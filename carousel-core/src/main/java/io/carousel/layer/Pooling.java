package io.carousel.layer;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the rows of a sequence become one. */
public enum Pooling {
    /** The row where the reading ended. */
    @JsonProperty("last")
    LAST,
    /** The mean of all rows. */
    @JsonProperty("mean")
    MEAN,
    /** The largest number of each column. */
    @JsonProperty("max")
    MAX,
    /** A weighted mean, whose weights are learned. */
    @JsonProperty("attention")
    ATTENTION
}
