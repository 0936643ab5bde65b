package io.carousel.eval;

import java.util.Arrays;

/**
 * A forecast that needs no training, and that every trained one has to beat.
 *
 * <pre>{@code
 * lastValue       y[n+h] = y[n]
 * seasonalNaive   y[n+h] = y[n + h - m ⌈h/m⌉]
 * drift           y[n+h] = y[n] + h (y[n] - y[1]) / (n - 1)
 * }</pre>
 *
 * <p>Source: Hyndman and Athanasopoulos, <i>Forecasting: Principles and Practice</i>, third edition, 2021, section 5.2.
 */
public enum NaiveMethod {
    /** The last value goes on. */
    LAST_VALUE("lastValue") {
        @Override
        public double[] forecast(double[] history, int rows, int season, int horizon) {
            check(history, rows, season, horizon);
            double[] forecast = new double[horizon];
            Arrays.fill(forecast, history[rows - 1]);
            return forecast;
        }
    },

    /** The value of one season ago comes again; the last value where the history is shorter than a season. */
    SEASONAL_NAIVE("seasonalNaive") {
        @Override
        public double[] forecast(double[] history, int rows, int season, int horizon) {
            check(history, rows, season, horizon);
            int period = season <= rows ? season : 1;
            double[] forecast = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                forecast[h] = history[rows - period + h % period];
            }
            return forecast;
        }
    },

    /** The line through the first and the last value goes on; the last value where there is only one. */
    DRIFT("drift") {
        @Override
        public double[] forecast(double[] history, int rows, int season, int horizon) {
            check(history, rows, season, horizon);
            int last = rows - 1;
            double slope = last == 0 ? 0 : (history[last] - history[0]) / last;
            double[] forecast = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                forecast[h] = history[last] + (h + 1) * slope;
            }
            return forecast;
        }
    },

    /** The mean of seasonal naive and drift. */
    MEAN_OF_SEASONAL_NAIVE_AND_DRIFT("meanOfSeasonalNaiveAndDrift") {
        @Override
        public double[] forecast(double[] history, int rows, int season, int horizon) {
            double[] seasonal = SEASONAL_NAIVE.forecast(history, rows, season, horizon);
            double[] drift = DRIFT.forecast(history, rows, season, horizon);
            Arrays.setAll(drift, h -> 0.5 * (seasonal[h] + drift[h]));
            return drift;
        }
    };

    private final String jsonName;

    NaiveMethod(String jsonName) {
        this.jsonName = jsonName;
    }

    /** The name among the baselines of an evaluation, such as {@code seasonalNaive}. */
    public String jsonName() {
        return jsonName;
    }

    /**
     * The {@code horizon} values after {@code history}.
     *
     * @param season steps in a season, 1 for none
     * @throws IllegalArgumentException if the history is empty, or season or horizon is not positive
     */
    public double[] forecast(double[] history, int season, int horizon) {
        return forecast(history, history.length, season, horizon);
    }

    /**
     * The {@code horizon} values after the first {@code rows} of {@code history}; the others are not looked at, and nothing is
     * copied.
     *
     * @param season steps in a season, 1 for none
     * @throws IllegalArgumentException if rows, season or horizon is not positive, or the history is shorter than the rows
     */
    public abstract double[] forecast(double[] history, int rows, int season, int horizon);

    @Override
    public String toString() {
        return jsonName;
    }

    private static void check(double[] history, int rows, int season, int horizon) {
        if (rows == 0) {
            throw new IllegalArgumentException(
                    "a naive forecast must have at least one past value, got none; forecast from a later row");
        }
        if (rows < 0 || rows > history.length) {
            throw new IllegalArgumentException(
                    "rows must be 1 to the length of the history, " + history.length + ", got " + rows);
        }
        if (season < 1) {
            throw new IllegalArgumentException("season must be at least 1, got " + season);
        }
        if (horizon < 1) {
            throw new IllegalArgumentException("horizon must be at least 1, got " + horizon);
        }
    }
}
