package io.carousel.eval;

/**
 * How often a yes or a no was right.
 *
 * <pre>{@code
 * precision = tp / (tp + fp)     recall = tp / (tp + fn)     F1 = 2 tp / (2 tp + fp + fn)
 * }</pre>
 *
 * <p>A quotient of nothing is 0, as in scikit-learn. Source of F1: van Rijsbergen, <i>Information Retrieval</i>, 1979.
 *
 * @param truePositives tp: yes, and rightly
 * @param falsePositives fp: yes, and wrongly
 * @param falseNegatives fn: no, and wrongly
 * @param trueNegatives tn: no, and rightly
 */
public record BinaryCounts(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
    /** Nothing counted yet. */
    public static final BinaryCounts NONE = new BinaryCounts(0, 0, 0, 0);

    /** Counts answers. */
    public static BinaryCounts of(boolean[] actual, boolean[] predicted) {
        if (actual.length != predicted.length) {
            throw new IllegalArgumentException(
                    "answers must be one for each of " + actual.length + " questions, got " + predicted.length);
        }
        long[] counts = new long[4];
        for (int i = 0; i < actual.length; i++) {
            counts[(predicted[i] ? 0 : 2) + (predicted[i] == actual[i] ? 0 : 1)]++;
        }
        return new BinaryCounts(counts[0], counts[1], counts[3], counts[2]);
    }

    /** Both together, as for a micro average over several labels. */
    public BinaryCounts plus(BinaryCounts other) {
        return new BinaryCounts(
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives,
                trueNegatives + other.trueNegatives);
    }

    /** How many there are for which yes is right. */
    public long support() {
        return truePositives + falseNegatives;
    }

    /** Whether yes was ever said or right. */
    public boolean occurs() {
        return truePositives + falsePositives + falseNegatives > 0;
    }

    /** The share of right ones among the yes. */
    public double precision() {
        return quotient(truePositives, truePositives + falsePositives);
    }

    /** The share of found ones among those for which yes is right. */
    public double recall() {
        return quotient(truePositives, truePositives + falseNegatives);
    }

    /** The harmonic mean of precision and recall. */
    public double f1() {
        return quotient(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    static double quotient(long part, long all) {
        return all == 0 ? 0 : (double) part / all;
    }
}
