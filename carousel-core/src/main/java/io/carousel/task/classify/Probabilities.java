package io.carousel.task.classify;

/**
 * From raw outputs to probabilities, and the temperature that makes them what happens.
 *
 * <pre>{@code
 * one label       p = softmax(l / τ)
 * several labels  p = σ(l / τ)
 * }</pre>
 *
 * <p>Source: Guo, Pleiss, Sun, Weinberger, <i>On Calibration of Modern Neural Networks</i>, 2017.
 */
final class Probabilities {
    private static final double LEAST = 0.05;
    private static final double MOST = 20;

    /** A probability counts no less than this in a logarithm, so that one sure mistake is not all that counts. */
    private static final double SMALLEST = 1e-12;

    private static final int HALVINGS = 60;

    private Probabilities() {}

    static double[] of(float[] raw, boolean several, double temperature) {
        double[] p = new double[raw.length];
        if (several) {
            for (int c = 0; c < p.length; c++) {
                double r = raw[c] / temperature;
                double e = StrictMath.exp(-Math.abs(r));
                p[c] = r >= 0 ? 1 / (1 + e) : e / (1 + e);
            }
            return p;
        }
        double most = Double.NEGATIVE_INFINITY;
        for (float r : raw) {
            most = Math.max(most, r);
        }
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            p[c] = StrictMath.exp((raw[c] - most) / temperature);
            sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
            p[c] /= sum;
        }
        return p;
    }

    /** The negative logarithm of the probability of what was right, of all labels together. */
    static double logLoss(double[] p, boolean several, int[] labels) {
        if (!several) {
            return -StrictMath.log(Math.max(SMALLEST, p[labels[0]]));
        }
        boolean[] has = new boolean[p.length];
        for (int label : labels) {
            has[label] = true;
        }
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            sum -= StrictMath.log(Math.max(SMALLEST, has[c] ? p[c] : 1 - p[c]));
        }
        return sum;
    }

    static double meanLogLoss(float[][] raw, int[][] labels, boolean several, double temperature) {
        double sum = 0;
        for (int i = 0; i < raw.length; i++) {
            sum += logLoss(of(raw[i], several, temperature), several, labels[i]);
        }
        return sum / raw.length;
    }

    /**
     * The temperature with the smallest loss, from 1/20 to 20: the golden section of its logarithm, in which the loss has one
     * lowest point.
     */
    static double temperature(float[][] raw, int[][] labels, boolean several) {
        if (raw.length == 0) {
            return 1;
        }
        double ratio = (StrictMath.sqrt(5) - 1) / 2;
        double low = StrictMath.log(LEAST);
        double high = StrictMath.log(MOST);
        double a = high - ratio * (high - low);
        double b = low + ratio * (high - low);
        double lossA = meanLogLoss(raw, labels, several, StrictMath.exp(a));
        double lossB = meanLogLoss(raw, labels, several, StrictMath.exp(b));
        for (int i = 0; i < HALVINGS; i++) {
            if (lossA <= lossB) {
                high = b;
                b = a;
                lossB = lossA;
                a = high - ratio * (high - low);
                lossA = meanLogLoss(raw, labels, several, StrictMath.exp(a));
            } else {
                low = a;
                a = b;
                lossA = lossB;
                b = low + ratio * (high - low);
                lossB = meanLogLoss(raw, labels, several, StrictMath.exp(b));
            }
        }
        return StrictMath.exp((low + high) / 2);
    }

    /** The label with the largest raw output, the first of equals. */
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
        boolean[] has = new boolean[raw.length];
        for (int label : labels) {
            has[label] = true;
        }
        for (int c = 0; c < raw.length; c++) {
            if (raw[c] > 0 != has[c]) {
                return false;
            }
        }
        return true;
    }
}
