package io.carousel.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A temperature that makes probabilities say how often they are right, found where the negative log likelihood of validation
 * examples is least.
 *
 * <pre>{@code
 * p = softmax(z / T), or σ(z / T) for each of several labels
 * }</pre>
 *
 * <p>It changes no ranking, and so no prediction. The derivative by 1 / T rises steadily, and its root is halved down to the last
 * bit: the same scores give the same bits. So that a few examples without a mistake do not make all later ones certain, what is
 * right counts as 1 - 1 / (n + 2), by Laplace's rule of succession, and the rest goes to what is not. T stays from {@value #LOWEST}
 * to {@value #HIGHEST}.
 *
 * <p>Sources: Guo, Pleiss, Sun, Weinberger, <i>On Calibration of Modern Neural Networks</i>, 2017; for the targets Platt,
 * <i>Probabilistic Outputs for Support Vector Machines</i>, 1999.
 *
 * @param temperature T
 * @param before the mean negative log likelihood at T = 1
 * @param after that at T
 */
public record Calibration(double temperature, double before, double after) {
    /** The least temperature. */
    public static final double LOWEST = 0.1;

    /** The greatest temperature. */
    public static final double HIGHEST = 10;

    public Calibration {
        if (!(temperature >= LOWEST && temperature <= HIGHEST)) {
            throw new IllegalArgumentException(
                    "temperature must be from " + LOWEST + " to " + HIGHEST + ", got " + temperature);
        }
    }

    /**
     * For a choice of one class.
     *
     * @param scores of each example, by class
     * @param classes the right class of each
     */
    public static Calibration ofClasses(double[][] scores, int[] classes) {
        requireSame(scores.length, classes.length);
        double rest = 1.0 / (classes.length + 2);
        return fit(
                inverse -> {
                    double slope = 0;
                    for (int i = 0; i < classes.length; i++) {
                        double other = rest / (scores[i].length - 1);
                        double[] p = softmax(scores[i], inverse);
                        double most = Arrays.stream(scores[i]).max().orElse(0);
                        for (int k = 0; k < p.length; k++) {
                            slope += (p[k] - (k == classes[i] ? 1 - rest : other)) * (scores[i][k] - most);
                        }
                    }
                    return slope;
                },
                inverse -> {
                    double loss = 0;
                    for (int i = 0; i < classes.length; i++) {
                        loss += logSum(scores[i], inverse) - inverse * scores[i][classes[i]];
                    }
                    return loss / classes.length;
                });
    }

    /**
     * For several labels at once, with one temperature for all.
     *
     * @param scores of each example, by label
     * @param present whether each example has each label
     */
    public static Calibration ofLabels(double[][] scores, boolean[][] present) {
        requireSame(scores.length, present.length);
        double rest = 1.0 / (present.length + 2);
        return fit(
                inverse -> {
                    double slope = 0;
                    for (int i = 0; i < scores.length; i++) {
                        for (int k = 0; k < scores[i].length; k++) {
                            slope += (sigmoid(inverse * scores[i][k]) - (present[i][k] ? 1 - rest : rest))
                                    * scores[i][k];
                        }
                    }
                    return slope;
                },
                inverse -> {
                    double loss = 0;
                    long answers = 0;
                    for (int i = 0; i < scores.length; i++) {
                        for (int k = 0; k < scores[i].length; k++) {
                            double z = inverse * scores[i][k];
                            loss += Math.max(z, 0)
                                    + StrictMath.log1p(StrictMath.exp(-Math.abs(z)))
                                    - (present[i][k] ? z : 0);
                            answers++;
                        }
                    }
                    return loss / answers;
                });
    }

    private static void requireSame(int scores, int answers) {
        if (scores != answers || scores == 0) {
            throw new IllegalArgumentException(
                    "calibration must have scores and answers of the same examples, and at least one, got " + scores
                            + " and " + answers);
        }
    }

    private static Calibration fit(DoubleUnaryOperator slope, DoubleUnaryOperator loss) {
        double low = 1 / HIGHEST;
        double high = 1 / LOWEST;
        double temperature;
        double atLow = slope.applyAsDouble(low);
        double atHigh = slope.applyAsDouble(high);
        if (Double.isNaN(atLow) || Double.isNaN(atHigh)) {
            throw new IllegalArgumentException("scores to calibrate must be finite, got some that are not");
        }
        if (atLow == 0 && atHigh == 0) {
            temperature = 1; // no temperature makes a difference
        } else if (atHigh <= 0) {
            temperature = LOWEST;
        } else if (atLow >= 0) {
            temperature = HIGHEST;
        } else {
            for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
                if (slope.applyAsDouble(middle) < 0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            temperature = Math.min(HIGHEST, Math.max(LOWEST, 1 / high));
        }
        return new Calibration(temperature, loss.applyAsDouble(1), loss.applyAsDouble(1 / temperature));
    }

    /** The probabilities of the classes of an example. */
    public double[] softmax(double[] scores) {
        return softmax(scores, 1 / temperature);
    }

    /** The probability of a label. */
    public double probability(double score) {
        return sigmoid(score / temperature);
    }

    private static double[] softmax(double[] scores, double inverse) {
        double log = logSum(scores, inverse);
        double[] p = new double[scores.length];
        for (int k = 0; k < p.length; k++) {
            p[k] = StrictMath.exp(inverse * scores[k] - log);
        }
        return p;
    }

    private static double logSum(double[] scores, double inverse) {
        double most = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            most = Math.max(most, inverse * score);
        }
        double sum = 0;
        for (double score : scores) {
            sum += StrictMath.exp(inverse * score - most);
        }
        return most + StrictMath.log(sum);
    }

    private static double sigmoid(double z) {
        double e = StrictMath.exp(-Math.abs(z));
        return z >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /**
     * Predictions of about the same confidence.
     *
     * @param from the least confidence, which belongs to it only in the first
     * @param to the greatest
     * @param predictions how many there are
     * @param confidence their mean confidence; NaN when there is none
     * @param accuracy the share of them that is right; NaN when there is none
     */
    public record Bin(double from, double to, long predictions, double confidence, double accuracy) {}

    /**
     * Sorts predictions by their confidence into bins of the same width.
     *
     * @param confidences the probability of what was predicted
     * @param right whether it was right
     */
    public static List<Bin> bins(double[] confidences, boolean[] right, int bins) {
        requireSame(confidences.length, right.length);
        if (bins < 1) {
            throw new IllegalArgumentException("bins must be at least 1, got " + bins);
        }
        double[] sums = new double[bins];
        long[] hits = new long[bins];
        long[] counts = new long[bins];
        for (int i = 0; i < right.length; i++) {
            if (!(confidences[i] >= 0 && confidences[i] <= 1)) {
                throw new IllegalArgumentException(
                        "confidence " + i + " must be a probability from 0 to 1, got " + confidences[i]);
            }
            int bin = Math.max(0, (int) Math.ceil(confidences[i] * bins) - 1);
            sums[bin] += confidences[i];
            hits[bin] += right[i] ? 1 : 0;
            counts[bin]++;
        }
        List<Bin> made = new ArrayList<>();
        for (int b = 0; b < bins; b++) {
            double count = counts[b] == 0 ? Double.NaN : counts[b];
            made.add(new Bin((double) b / bins, (b + 1.0) / bins, counts[b], sums[b] / count, hits[b] / count));
        }
        return made;
    }

    /**
     * The expected calibration error: the mean distance of confidence and accuracy, each bin as often as it has predictions.
     *
     * <p>Source: Naeini, Cooper, Hauskrecht, <i>Obtaining Well Calibrated Probabilities Using Bayesian Binning</i>, 2015.
     */
    public static double expectedError(double[] confidences, boolean[] right, int bins) {
        double sum = 0;
        for (Bin bin : bins(confidences, right, bins)) {
            if (bin.predictions() > 0) {
                sum += bin.predictions() * Math.abs(bin.confidence() - bin.accuracy());
            }
        }
        return sum / right.length;
    }
}
