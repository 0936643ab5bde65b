package io.carousel.eval;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The area under the curve of true positives over false positives: the probability that of a positive and a negative example the
 * positive has the higher score, half of it where the scores are the same.
 *
 * <p>Computed from ranks, in whole numbers up to one division, and so exact whatever the order of the examples.
 *
 * <p>Source: Hanley, McNeil, <i>The Meaning and Use of the Area under a Receiver Operating Characteristic (ROC) Curve</i>, 1982.
 */
public final class AreaUnderCurve {
    private AreaUnderCurve() {}

    /**
     * The area.
     *
     * @param scores higher for what is rather positive
     * @return from 0 to 1; NaN where all examples are positive or none, and the measure is not defined
     */
    public static double of(double[] scores, boolean[] positive) {
        if (scores.length != positive.length) {
            throw new IllegalArgumentException(
                    "scores must be one for each of " + positive.length + " examples, got " + scores.length);
        }
        for (int i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException("score of example " + i + " must be a number, got NaN");
            }
        }
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        long below = 0;
        long positives = 0;
        long halves = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            long hits = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                hits += positive[order[to++]] ? 1 : 0;
            }
            long misses = to - from - hits;
            halves += hits * (2 * below + misses);
            below += misses;
            positives += hits;
            from = to;
        }
        return positives == 0 || below == 0 ? Double.NaN : halves / 2.0 / ((double) positives * below);
    }

    /**
     * The mean area of each class against all others, over the classes for which it is defined.
     *
     * @param probabilities of each example, by class
     * @param actual the class of each example
     * @return NaN where it is defined for no class
     */
    public static double oneVersusRest(double[][] probabilities, int[] actual) {
        double sum = 0;
        int defined = 0;
        int classes = probabilities.length == 0 ? 0 : probabilities[0].length;
        for (int k = 0; k < classes; k++) {
            double[] scores = new double[actual.length];
            boolean[] positive = new boolean[actual.length];
            for (int i = 0; i < actual.length; i++) {
                scores[i] = probabilities[i][k];
                positive[i] = actual[i] == k;
            }
            double area = of(scores, positive);
            if (!Double.isNaN(area)) {
                sum += area;
                defined++;
            }
        }
        return defined == 0 ? Double.NaN : sum / defined;
    }
}
