package io.carousel.eval;

/**
 * Errors of a forecast {@code f} against what came, {@code y}.
 *
 * <pre>{@code
 * mae   = mean |y - f|
 * rmse  = √ mean (y - f)²
 * mase  = mae / mean |y[t] - y[t-m]| over the training part
 * smape = mean 200 |y - f| / (|y| + |f|), in percent; 0 where both are 0
 * wql   = mean over quantiles q of 2 Σ ρ_q(y - f_q) / Σ |y|,  ρ_q(u) = max(q u, (q - 1) u)
 * owa   = ½ (smape / smape of Naive2 + mase / mase of Naive2)
 * }</pre>
 *
 * <p>Sources: Hyndman and Koehler, <i>Another look at measures of forecast accuracy</i>, 2006 (MASE); Makridakis,
 * Spiliotis and Assimakopoulos, <i>The M4 Competition: 100,000 time series and 61 forecasting methods</i>, 2020 (sMAPE as
 * used there, OWA). A mean over nothing, and a NaN anywhere, is an error.
 */
public final class Metrics {
    private Metrics() {}

    /** The mean absolute error. */
    public static double mae(double[] actual, double[] forecast) {
        check(actual, forecast);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += Math.abs(actual[i] - forecast[i]);
        }
        return sum / actual.length;
    }

    /** The root of the mean squared error. */
    public static double rmse(double[] actual, double[] forecast) {
        check(actual, forecast);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            double error = actual[i] - forecast[i];
            sum += error * error;
        }
        return Math.sqrt(sum / actual.length);
    }

    /**
     * The mean absolute difference of values one season apart, by which MASE divides.
     *
     * @param training the values that the forecast was trained on
     * @param season steps in a season; 1 also where the training part is not longer than a season
     * @return 0 if every season is like the one before; the MASE has no value then
     */
    public static double seasonalScale(double[] training, int season) {
        int lag = season < training.length ? season : 1;
        if (season < 1 || training.length < 2) {
            throw new IllegalArgumentException("the scale of MASE must have a season of at least 1 and two values, got "
                    + season + " and " + training.length);
        }
        double sum = 0;
        for (int i = lag; i < training.length; i++) {
            sum += Math.abs(finite(training[i], i) - finite(training[i - lag], i - lag));
        }
        return sum / (training.length - lag);
    }

    /**
     * The mean absolute scaled error.
     *
     * @param scale from {@link #seasonalScale}
     * @return NaN if the scale is 0, where the measure is not defined
     */
    public static double mase(double[] actual, double[] forecast, double scale) {
        double mae = mae(actual, forecast);
        return scale == 0 ? Double.NaN : mae / scale;
    }

    /** The symmetric mean absolute percentage error, 0 to 200; a term with both values 0 counts 0. */
    public static double smape(double[] actual, double[] forecast) {
        check(actual, forecast);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += symmetricError(actual[i], forecast[i]);
        }
        return sum / actual.length;
    }

    static double symmetricError(double actual, double forecast) {
        double size = Math.abs(actual) + Math.abs(forecast);
        return size == 0 ? 0 : 200 * Math.abs(actual - forecast) / size;
    }

    /** The sum of the quantile (pinball) losses of the forecasts of one quantile. */
    public static double quantileLoss(double[] actual, double[] forecast, double quantile) {
        check(actual, forecast);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += pinball(actual[i] - forecast[i], quantile);
        }
        return sum;
    }

    static double pinball(double error, double quantile) {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("a quantile must be between 0 and 1, got " + quantile);
        }
        return Math.max(quantile * error, (quantile - 1) * error);
    }

    /**
     * The weighted quantile loss, averaged over the quantiles.
     *
     * @param forecasts by quantile, then by row
     * @return NaN if every actual value is 0, where the measure is not defined
     */
    public static double weightedQuantileLoss(double[] actual, double[] quantiles, double[][] forecasts) {
        if (quantiles.length == 0 || quantiles.length != forecasts.length) {
            throw new IllegalArgumentException("the weighted quantile loss must have a forecast for each quantile, got "
                    + quantiles.length + " quantiles and " + forecasts.length + " forecasts");
        }
        double size = 0;
        for (double value : actual) {
            size += Math.abs(value);
        }
        double sum = 0;
        for (int q = 0; q < quantiles.length; q++) {
            sum += 2 * quantileLoss(actual, forecasts[q], quantiles[q]);
        }
        return size == 0 ? Double.NaN : sum / size / quantiles.length;
    }

    /** The share of actual values inside the closed interval from {@code lower} to {@code upper}, 0 to 1. */
    public static double coverage(double[] actual, double[] lower, double[] upper) {
        check(actual, lower);
        check(actual, upper);
        int inside = 0;
        for (int i = 0; i < actual.length; i++) {
            inside += actual[i] >= lower[i] && actual[i] <= upper[i] ? 1 : 0;
        }
        return (double) inside / actual.length;
    }

    /** The overall weighted average of M4: the mean of sMAPE and MASE, each relative to that of Naive2. */
    public static double owa(double smape, double mase, double naive2Smape, double naive2Mase) {
        return 0.5 * (smape / naive2Smape + mase / naive2Mase);
    }

    private static void check(double[] actual, double[] forecast) {
        if (actual.length == 0 || actual.length != forecast.length) {
            throw new IllegalArgumentException("actual values and forecasts must be as many, and at least one, got "
                    + actual.length + " and " + forecast.length);
        }
        for (int i = 0; i < actual.length; i++) {
            finite(actual[i], i);
            finite(forecast[i], i);
        }
    }

    private static double finite(double value, int index) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "value " + (index + 1) + " must be finite, got " + value + "; leave out rows without a value");
        }
        return value;
    }
}
