package io.carousel.task.forecast;

import io.carousel.eval.NaiveMethod;
import java.util.List;

/**
 * What a model would have forecast for one series, beside what came.
 *
 * <p>Row numbers count from 0 in the series that was evaluated. Immutable for those who do not write the arrays.
 */
public final class SeriesBacktest {
    private final String series;
    private final TargetSeries source;
    private final int season;
    private final int[] origins;
    private final float[][] points;
    private final float[][][] quantiles;
    private final List<Double> levels;

    SeriesBacktest(
            TargetSeries source,
            int season,
            int[] origins,
            float[][] points,
            float[][][] quantiles,
            List<Double> levels) {
        this.series = source.name();
        this.source = source;
        this.season = season;
        this.origins = origins;
        this.points = points;
        this.quantiles = quantiles;
        this.levels = List.copyOf(levels);
    }

    /** The name of the series. */
    public String series() {
        return series;
    }

    /** How many forecasts there are. */
    public int size() {
        return origins.length;
    }

    /** The first row that forecast {@code i} forecasts. */
    public int origin(int i) {
        return origins[i];
    }

    /** The time stamp of a row. */
    public String label(int row) {
        return source.time().label(row);
    }

    /** Forecast {@code i}, one number for each step. */
    public double[] point(int i) {
        return widen(points[i]);
    }

    /** What came in the rows of forecast {@code i}. */
    public double[] actual(int i) {
        return source.targets(origins[i], origins[i] + points[i].length);
    }

    /** The levels of the quantiles, ascending; may be empty. */
    public List<Double> levels() {
        return levels;
    }

    /** Quantile number {@code q} of forecast {@code i}. */
    public double[] quantile(int i, int q) {
        return widen(quantiles[i][q]);
    }

    /** What a naive method says in the place of forecast {@code i}. */
    public double[] naive(NaiveMethod method, int i) {
        return source.naive(method, origins[i], season, points[i].length);
    }

    /** What came less the forecast of that step, over all forecasts. */
    public double[] residuals(int step) {
        double[] residuals = new double[origins.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = source.target(origins[i] + step) - points[i][step];
        }
        return residuals;
    }

    double[][] quantiles(int i) {
        double[][] all = new double[levels.size()][];
        for (int q = 0; q < all.length; q++) {
            all[q] = quantile(i, q);
        }
        return all;
    }

    TargetSeries source() {
        return source;
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
