package io.carousel.task.forecast;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is taken away from a window, and put back on the forecast, so that a network need not learn the level. */
public enum LevelRemoval {
    /** The mean of the whole training part: nothing of the window itself. */
    @JsonProperty("none")
    NONE,
    /** The last value of the window: the network forecasts differences to it. */
    @JsonProperty("last")
    LAST,
    /** The mean of the window. */
    @JsonProperty("mean")
    MEAN,
    /** The value of one season ago: the network reads and forecasts seasonal differences. */
    @JsonProperty("season")
    SEASON
}
