package io.carousel.task.classify;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much the examples of a label count in training. */
public enum LabelWeighting {
    /** All the same. */
    @JsonProperty("none")
    NONE,
    /** The fewer, the more, so that each label counts as much as any other: see {@link io.carousel.loss.ClassWeights}. */
    @JsonProperty("balanced")
    BALANCED
}
