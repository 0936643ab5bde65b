package io.carousel.eval;

import java.util.Arrays;

/**
 * The yardstick of the M4 competition: the last value of the seasonally adjusted history, with the season put back.
 *
 * <pre>{@code
 * seasonal if n ≥ 3m and |r[m]| > 1.645 √((1 + 2 Σ r[k]², k < m) / n)      r: autocorrelation
 * y = trend · season · rest,  trend: centred moving average over m
 * season[j] = mean of y/trend over the rows of phase j, divided by the mean of all m
 * y[n+h] = y[n] / season[phase of n] · season[phase of n + h]
 * }</pre>
 *
 * <p>As in the R program of the competition, the test looks at no lag above 10 log10(n), and a season beyond it counts as
 * none. A history with a value that is not positive is not adjusted, because the season multiplies.
 *
 * <p>Source: Makridakis, Spiliotis and Assimakopoulos, <i>The M4 Competition: 100,000 time series and 61 forecasting
 * methods</i>, 2020; the adjustment is R's {@code decompose}, after Kendall and Stuart, 1983.
 */
public final class Naive2 {
    /** The two-sided 90 % point of the normal distribution, as M4 rounds it. */
    private static final double CRITICAL = 1.645;

    private Naive2() {}

    /**
     * The {@code horizon} values after {@code history}.
     *
     * @param season steps in a season, 1 for none
     */
    public static double[] forecast(double[] history, int season, int horizon) {
        double[] last = NaiveMethod.LAST_VALUE.forecast(history, season, horizon);
        if (!isSeasonal(history, season) || Arrays.stream(history).anyMatch(value -> !(value > 0))) {
            return last;
        }
        double[] indices = seasonalIndices(history, season);
        int n = history.length;
        double adjusted = history[n - 1] / indices[(n - 1) % season];
        Arrays.setAll(last, h -> adjusted * indices[(n + h) % season]);
        return last;
    }

    /** Whether the autocorrelation at one season is beyond the 90 % limit of M4. */
    public static boolean isSeasonal(double[] history, int season) {
        int n = history.length;
        if (season < 2 || n < 3 * season || season > (int) Math.floor(10 * StrictMath.log10(n))) {
            return false;
        }
        double mean = sum(history) / n;
        double sum = 0;
        double correlation = 0;
        for (int lag = 1; lag <= season; lag++) {
            correlation = autocorrelation(history, mean, lag);
            sum += lag < season ? correlation * correlation : 0;
        }
        return Math.abs(correlation) > CRITICAL * Math.sqrt((1 + 2 * sum) / n);
    }

    private static double autocorrelation(double[] values, double mean, int lag) {
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < values.length; i++) {
            double distance = values[i] - mean;
            variance += distance * distance;
            covariance += i >= lag ? distance * (values[i - lag] - mean) : 0;
        }
        return covariance / variance;
    }

    /**
     * The multiplicative seasonal indices by phase; row 0 has phase 0; their mean is 1.
     *
     * @param history positive values, at least two seasons
     */
    public static double[] seasonalIndices(double[] history, int season) {
        if (season < 2 || history.length < 2 * season) {
            throw new IllegalArgumentException("seasonal indices must have a season of at least 2 and two seasons, got "
                    + season + " and " + history.length + " values; give more history or no season");
        }
        double[] sums = new double[season];
        int[] counts = new int[season];
        int half = season / 2;
        for (int i = half; i < history.length - half; i++) {
            sums[i % season] += history[i] / centredMean(history, i, season);
            counts[i % season]++;
        }
        double[] indices = new double[season];
        Arrays.setAll(indices, phase -> sums[phase] / counts[phase]);
        double mean = sum(indices) / season;
        Arrays.setAll(indices, phase -> indices[phase] / mean);
        return indices;
    }

    /** In the order of the values, which a stream leaves open. */
    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** The mean of one season around a row; where the season is even, both ends count half. */
    private static double centredMean(double[] values, int row, int season) {
        int half = season / 2;
        double sum = 0;
        for (int i = row - half; i <= row + half; i++) {
            boolean end = season % 2 == 0 && (i == row - half || i == row + half);
            sum += end ? 0.5 * values[i] : values[i];
        }
        return sum / season;
    }
}
