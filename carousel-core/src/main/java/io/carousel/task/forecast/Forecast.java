package io.carousel.task.forecast;

import java.util.List;

/**
 * The rows that come after a series, as a model sees them.
 *
 * @param series the name of the series
 * @param time the time stamps of the rows, as the file prints them, or row numbers
 * @param point the forecast of each row
 * @param quantiles the forecast quantiles, ascending by level; may be empty
 */
public record Forecast(String series, List<String> time, List<Double> point, List<QuantileForecast> quantiles) {
    public Forecast {
        time = List.copyOf(time);
        point = List.copyOf(point);
        quantiles = List.copyOf(quantiles);
    }

    /**
     * The values below which the rows lie with a probability.
     *
     * @param level the probability
     * @param values one for each row
     */
    public record QuantileForecast(double level, List<Double> values) {
        public QuantileForecast {
            values = List.copyOf(values);
        }
    }

    /** How many rows are forecast. */
    public int horizon() {
        return point.size();
    }
}
