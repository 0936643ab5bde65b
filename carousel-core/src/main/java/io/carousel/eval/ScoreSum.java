package io.carousel.eval;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the errors of many forecasts to one set of {@link Scores}: MAE, RMSE, MASE, sMAPE and, with quantiles, the weighted
 * quantile loss and the coverage of each interval.
 *
 * <p>Every value counts the same, whichever forecast or series it belongs to. Values of a forecast whose scale is 0 count
 * nothing in the MASE. Not safe for threads.
 */
public final class ScoreSum {
    private final double[] quantiles;
    private final double[] pinball;
    private final long[] inside;
    private long count;
    private long scaledCount;
    private long forecasts;
    private double absolute;
    private double squared;
    private double scaled;
    private double symmetric;
    private double size;

    /** For point forecasts. */
    public ScoreSum() {
        this(new double[0]);
    }

    /**
     * For point forecasts and these quantiles; a pair q and 1 - q makes the interval of level 1 - 2q.
     *
     * @param quantiles ascending, between 0 and 1
     */
    public ScoreSum(double[] quantiles) {
        this.quantiles = quantiles.clone();
        this.pinball = new double[quantiles.length];
        this.inside = new long[quantiles.length];
        for (int q = 0; q < quantiles.length; q++) {
            if (!(quantiles[q] > 0 && quantiles[q] < 1) || (q > 0 && quantiles[q] <= quantiles[q - 1])) {
                throw new IllegalArgumentException(
                        "quantiles must ascend between 0 and 1, got " + java.util.Arrays.toString(quantiles));
            }
        }
    }

    /**
     * Adds one forecast.
     *
     * @param byQuantile by quantile, then by row; null if there are none
     * @param scale of the MASE, from {@link Metrics#seasonalScale}
     */
    public void add(double[] actual, double[] point, double @Nullable [][] byQuantile, double scale) {
        double[][] given = byQuantile == null ? new double[0][] : byQuantile;
        if (given.length != quantiles.length) {
            throw new IllegalArgumentException("a forecast must have " + quantiles.length + " quantiles, got "
                    + given.length + "; forecast those that the sum was made for");
        }
        if (!(scale >= 0)) {
            throw new IllegalArgumentException("the scale of MASE must not be negative, got " + scale);
        }
        double sum = Metrics.mae(actual, point) * actual.length;
        absolute += sum;
        double rmse = Metrics.rmse(actual, point);
        squared += rmse * rmse * actual.length;
        symmetric += Metrics.smape(actual, point) * actual.length;
        if (scale > 0) {
            scaled += sum / scale;
            scaledCount += actual.length;
        }
        for (double value : actual) {
            size += Math.abs(value);
        }
        for (int q = 0; byQuantile != null && q < given.length; q++) {
            pinball[q] += Metrics.quantileLoss(actual, given[q], quantiles[q]);
            int upper = partner(q);
            if (upper > q) {
                inside[q] += Math.round(Metrics.coverage(actual, given[q], given[upper]) * actual.length);
            }
        }
        count += actual.length;
        forecasts++;
    }

    /** The index of the quantile 1 - q, or -1. */
    private int partner(int q) {
        for (int i = 0; i < quantiles.length; i++) {
            if (Math.abs(quantiles[q] + quantiles[i] - 1) < 1e-9) {
                return i;
            }
        }
        return -1;
    }

    /** How many forecasts were added. */
    public long forecasts() {
        return forecasts;
    }

    /**
     * The measures so far.
     *
     * @throws IllegalArgumentException if nothing was added
     */
    public Scores scores() {
        if (count == 0) {
            throw new IllegalArgumentException("scores must be of at least one forecast, got none; add one first");
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("mae", absolute / count);
        values.put("rmse", Math.sqrt(squared / count));
        if (scaledCount > 0) {
            values.put("mase", scaled / scaledCount);
        }
        values.put("smape", symmetric / count);
        if (quantiles.length > 0 && size > 0) {
            double sum = 0;
            for (double loss : pinball) {
                sum += 2 * loss;
            }
            values.put("wql", sum / size / quantiles.length);
        }
        for (int q = 0; q < quantiles.length; q++) {
            if (partner(q) > q) {
                values.put("coverage" + level(quantiles[q]), (double) inside[q] / count);
            }
        }
        return new Scores(values);
    }

    /** The percentage inside the interval from q to 1 - q, such as 80 for 0.1. */
    private static String level(double quantile) {
        double percent = Math.round((1 - 2 * quantile) * 1e6) / 1e4;
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }
}
