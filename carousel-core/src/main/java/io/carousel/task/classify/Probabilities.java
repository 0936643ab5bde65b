package io.carousel.task.classify;

import io.carousel.eval.Calibration;

/** From raw outputs to probabilities and decisions. */
final class Probabilities {
    /** A probability counts no less than this in a logarithm, so that one sure mistake is not all that counts. */
    private static final double SMALLEST = 1e-12;

    private Probabilities() {}

    /** The probabilities of all labels. */
    static double[] of(float[] raw, boolean several, double temperature) {
        Calibration calibration = new Calibration(temperature, 0, 0);
        double[] scores = scores(raw);
        if (!several) {
            return calibration.softmax(scores);
        }
        double[] p = new double[raw.length];
        for (int c = 0; c < p.length; c++) {
            p[c] = calibration.probability(scores[c]);
        }
        return p;
    }

    private static double[] scores(float[] raw) {
        double[] scores = new double[raw.length];
        for (int c = 0; c < scores.length; c++) {
            scores[c] = raw[c];
        }
        return scores;
    }

    /**
     * The temperature that suits examples best.
     *
     * @param labels the numbers of those that each has
     */
    static Calibration calibrate(float[][] raw, int[][] labels, boolean several) {
        double[][] scores = new double[raw.length][];
        int[] classes = new int[raw.length];
        boolean[][] present = new boolean[raw.length][];
        for (int i = 0; i < raw.length; i++) {
            scores[i] = scores(raw[i]);
            present[i] = present(labels[i], raw[i].length);
            classes[i] = several ? 0 : labels[i][0];
        }
        return several ? Calibration.ofLabels(scores, present) : Calibration.ofClasses(scores, classes);
    }

    /** Which of the labels are there. */
    static boolean[] present(int[] labels, int count) {
        boolean[] present = new boolean[count];
        for (int label : labels) {
            present[label] = true;
        }
        return present;
    }

    /**
     * The negative logarithm of the probability of what is right; where there may be several labels, the mean of that over all
     * labels.
     */
    static double logLoss(double[] p, boolean several, int[] labels) {
        if (!several) {
            return -StrictMath.log(Math.max(SMALLEST, p[labels[0]]));
        }
        boolean[] present = present(labels, p.length);
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            sum -= StrictMath.log(Math.max(SMALLEST, present[c] ? p[c] : 1 - p[c]));
        }
        return sum / p.length;
    }

    /** The label with the largest number, the first of equals. */
    static int largest(float[] raw) {
        int best = 0;
        for (int c = 1; c < raw.length; c++) {
            if (raw[c] > raw[best]) {
                best = c;
            }
        }
        return best;
    }

    /** Whether all labels are right. */
    static boolean isRight(float[] raw, boolean several, int[] labels) {
        if (!several) {
            return largest(raw) == labels[0];
        }
        boolean[] present = present(labels, raw.length);
        for (int c = 0; c < raw.length; c++) {
            if (raw[c] >= 0 != present[c]) {
                return false;
            }
        }
        return true;
    }
}
