package io.carousel.task.classify;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much the examples of a label count in training. */
public enum LabelWeighting {
    /** All the same. */
    @JsonProperty("none")
    NONE,
    /**
     * The fewer, the more: {@code n / (C n_c)}, so that each label counts as much as any other; where there may be several,
     * {@code (n - n_c) / n_c} for those that have it.
     */
    @JsonProperty("balanced")
    BALANCED
}
