package io.carousel.task.forecast;

/**
 * Whether a gain over another method is more than chance.
 *
 * <pre>{@code
 * d = error of the other method - error of this one, for each forecast
 * t = c mean d / √(v / n),   v = γ_0 + 2 Σ_{k=1..K} (1 - k / (K + 1)) γ_k,   γ: autocovariances of d
 * c² = (n + 1 - 2H + H (H - 1) / n) / n,   H = K + 1
 * }</pre>
 *
 * <p>Forecasts that overlap share errors; the autocovariances up to {@code K} make up for that, and c and Student's t with
 * n - 1 degrees of freedom for their being few. Sources: Diebold and Mariano, <i>Comparing Predictive Accuracy</i>, 1995,
 * with the weights of Newey and West, 1987; Harvey, Leybourne and Newbold, <i>Testing the equality of prediction mean
 * squared errors</i>, 1997.
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
     * @return 0.5 where there is no gain, or where {@link #tells} says no
     */
    static double confidence(double[] gains, int overlap) {
        int n = gains.length;
        double mean = 0;
        for (double gain : gains) {
            mean += gain / n;
        }
        if (mean == 0 || !tells(n, overlap)) {
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
        double horizon = overlap + 1.0;
        double few = (n + 1 - 2 * horizon + horizon * (horizon - 1) / n) / n;
        return student(mean / Math.sqrt(variance / n) * Math.sqrt(few), n - 1);
    }

    /** Whether there are forecasts enough: more than share errors with one of them. */
    static boolean tells(int forecasts, int overlap) {
        return forecasts > Math.max(1, overlap + 1);
    }

    private static double covariance(double[] gains, double mean, int lag) {
        double sum = 0;
        for (int i = lag; i < gains.length; i++) {
            sum += (gains[i] - mean) * (gains[i - lag] - mean);
        }
        return sum / gains.length;
    }

    /** Student's distribution function: Abramowitz and Stegun, <i>Handbook</i>, 1964, 26.7.3 and 26.7.4. */
    static double student(double t, int degrees) {
        double angle = StrictMath.atan(t / Math.sqrt(degrees));
        double cosine = StrictMath.cos(angle);
        boolean odd = degrees % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = degrees == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }
        double inside = StrictMath.sin(angle) * sum;
        return 0.5 + 0.5 * (odd ? 2 / Math.PI * (angle + inside) : inside);
    }
}
