package io.carousel.task;

/**
 * Whether a gain over another method is more than chance.
 *
 * <pre>{@code
 * d = error of the other method - error of this one, for each forecast
 * t = mean d / √(v / n),   v = γ_0 + 2 Σ_{k=1..K} (1 - k / (K + 1)) γ_k,   γ: autocovariances of d
 * }</pre>
 *
 * <p>Forecasts that overlap share errors; the autocovariances up to {@code K} make up for that. Source: Diebold and Mariano,
 * <i>Comparing Predictive Accuracy</i>, 1995, with the weights of Newey and West, 1987.
 */
final class SkillTest {
    private SkillTest() {}

    /** A gain is claimed from this confidence on: on series without structure about one time in a hundred. */
    static final double CRITICAL = 0.99;

    /**
     * The probability that a gain like this is no chance.
     *
     * @param gains one for each forecast, in the order of time
     * @param overlap K
     * @return 0.5 where there is no gain or too few forecasts to tell
     */
    static double confidence(double[] gains, int overlap) {
        int n = gains.length;
        double mean = 0;
        for (double gain : gains) {
            mean += gain / n;
        }
        if (mean == 0 || n < 2) {
            return 0.5;
        }
        int lags = Math.min(overlap, n / 3);
        double variance = covariance(gains, mean, 0);
        for (int k = 1; k <= lags; k++) {
            variance += 2 * (1 - k / (lags + 1.0)) * covariance(gains, mean, k);
        }
        if (!(variance > 0)) {
            return mean > 0 ? 1 : 0;
        }
        return normal(mean / Math.sqrt(variance / n));
    }

    private static double covariance(double[] gains, double mean, int lag) {
        double sum = 0;
        for (int i = lag; i < gains.length; i++) {
            sum += (gains[i] - mean) * (gains[i - lag] - mean);
        }
        return sum / gains.length;
    }

    /** The normal distribution function, to 7e-8: Abramowitz and Stegun, <i>Handbook</i>, 1964, 26.2.17. */
    private static double normal(double x) {
        double t = 1 / (1 + 0.2316419 * Math.abs(x));
        double tail = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double density = StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        return x >= 0 ? 1 - density * tail : density * tail;
    }
}
