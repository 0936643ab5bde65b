package io.carousel.cli.report;

import java.util.Arrays;

/** What is left of a series when the forecast is taken away: its distribution and its memory. */
final class Residuals {
    private Residuals() {}

    /** Differences actual - forecast; NaN where either is missing. */
    static double[] of(double[] actual, double[] forecast) {
        double[] residuals = new double[actual.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = actual[i] - forecast[i];
        }
        return residuals;
    }

    /**
     * Counts in equal classes around the values.
     *
     * @param middles the middle of each class
     * @param counts how many values lie in it
     */
    record Histogram(double[] middles, double[] counts) {}

    /** The histogram with classes of Freedman and Diaconis's width, 5 to 60 of them. */
    static Histogram histogram(double[] residuals) {
        double[] sorted =
                Arrays.stream(residuals).filter(Double::isFinite).sorted().toArray();
        int n = sorted.length;
        if (n == 0) {
            return new Histogram(new double[0], new double[0]);
        }
        double low = sorted[0];
        double high = sorted[n - 1];
        if (low == high) {
            return new Histogram(new double[] {low - 1, low, low + 1}, new double[] {0, n, 0});
        }
        double width = 2 * (sorted[(int) (0.75 * (n - 1))] - sorted[(int) (0.25 * (n - 1))]) / Math.cbrt(n);
        int classes = width > 0 ? (int) Math.ceil(Math.min(1000, (high - low) / width)) : 5;
        classes = Math.max(5, Math.min(60, classes));
        width = (high - low) / classes;
        double[] middles = new double[classes];
        double[] counts = new double[classes];
        for (int i = 0; i < classes; i++) {
            middles[i] = low + (i + 0.5) * width;
        }
        for (double value : sorted) {
            counts[Math.min(classes - 1, (int) ((value - low) / width))]++;
        }
        return new Histogram(middles, counts);
    }

    /** Autocorrelation at lags 1 to {@code lags}; pairs with a missing value are left out. */
    static double[] autocorrelation(double[] residuals, int lags) {
        double mean =
                Arrays.stream(residuals).filter(Double::isFinite).average().orElse(0);
        double variance = 0;
        for (double value : residuals) {
            if (Double.isFinite(value)) {
                variance += (value - mean) * (value - mean);
            }
        }
        double[] correlations = new double[lags];
        for (int lag = 1; lag <= lags; lag++) {
            double sum = 0;
            for (int i = lag; i < residuals.length; i++) {
                double product = (residuals[i] - mean) * (residuals[i - lag] - mean);
                sum += Double.isFinite(product) ? product : 0;
            }
            correlations[lag - 1] = variance > 0 ? sum / variance : 0;
        }
        return correlations;
    }

    /** How many values are there. */
    static int count(double[] residuals) {
        return (int) Arrays.stream(residuals).filter(Double::isFinite).count();
    }
}
