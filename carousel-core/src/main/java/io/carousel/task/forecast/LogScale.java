package io.carousel.task.forecast;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The scale on which a network sees the target. */
public enum LogScale {
    /** As it is. */
    @JsonProperty("none")
    NONE {
        @Override
        double transform(double value) {
            return value;
        }

        @Override
        double inverse(double scaled) {
            return scaled;
        }
    },
    /** The logarithm, for values above 0 whose swings grow with their level. */
    @JsonProperty("log")
    LOG {
        @Override
        double transform(double value) {
            return StrictMath.log(value);
        }

        @Override
        double inverse(double scaled) {
            return StrictMath.exp(scaled);
        }
    },
    /** The logarithm of 1 + y, for values from 0 on. */
    @JsonProperty("log1p")
    LOG1P {
        @Override
        double transform(double value) {
            return StrictMath.log1p(value);
        }

        @Override
        double inverse(double scaled) {
            return StrictMath.expm1(scaled);
        }
    };

    abstract double transform(double value);

    abstract double inverse(double scaled);

    /** Whether the value has a place on this scale. */
    boolean holds(double value) {
        return Double.isFinite(transform(value));
    }
}
