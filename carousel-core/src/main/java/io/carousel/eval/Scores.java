package io.carousel.eval;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures by their name, such as {@code mae}, {@code mase} or {@code coverage80}; as JSON, one object of numbers.
 *
 * <p>A measure that is not defined, such as the MASE after a constant training part, is left out.
 *
 * @param values the measures in the order in which tables show them; all finite
 */
public record Scores(@JsonValue Map<String, Double> values) {
    /** Copies the map and checks that all measures are finite. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Scores {
        Map<String, Double> copy = new LinkedHashMap<>(values);
        copy.forEach((name, value) -> {
            if (value == null || !Double.isFinite(value)) {
                throw new IllegalArgumentException("measure " + name + " must be finite, got " + value);
            }
        });
        values = Collections.unmodifiableMap(copy);
    }

    /** Whether a measure is defined here. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * A measure by its name.
     *
     * @throws IllegalArgumentException if it is not defined here
     */
    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no measure " + name + "; there are " + values.keySet());
        }
        return value;
    }

    /** The mean absolute error. */
    public double mae() {
        return get("mae");
    }

    /** The root of the mean squared error. */
    public double rmse() {
        return get("rmse");
    }

    /** The mean absolute scaled error. */
    public double mase() {
        return get("mase");
    }

    /** The symmetric mean absolute percentage error, 0 to 200. */
    public double smape() {
        return get("smape");
    }
}
