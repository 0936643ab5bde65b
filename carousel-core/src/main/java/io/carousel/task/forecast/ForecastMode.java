package io.carousel.task.forecast;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a forecast of several steps is made. */
public enum ForecastMode {
    /** One network gives all steps of the horizon at once. */
    @JsonProperty("direct")
    DIRECT,
    /** The network gives one step, which is then read as if it had come; there may be no inputs but future ones. */
    @JsonProperty("recursive")
    RECURSIVE
}
