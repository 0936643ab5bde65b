package io.carousel.task.classify;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How numbers are brought to a mean of 0 and a deviation of 1 before the network reads them. */
public enum NumberScaling {
    /** They are taken as they are. */
    @JsonProperty("none")
    NONE,
    /** Each feature by its mean and deviation in the training examples. */
    @JsonProperty("features")
    FEATURES,
    /** All features by one mean and one deviation, as suits the pixels of images. */
    @JsonProperty("all")
    ALL,
    /** Each feature of each sequence by its own, so that only the shape is left. */
    @JsonProperty("sequences")
    SEQUENCES
}
