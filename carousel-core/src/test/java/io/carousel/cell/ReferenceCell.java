package io.carousel.cell;

/** The equations of a cell in {@code double}, one sequence and one number at a time. */
@FunctionalInterface
public interface ReferenceCell {
    /**
     * One time step.
     *
     * @param x {@code [F]}
     * @param state the parts of the cell's state, overwritten with the next; the first is the output
     */
    void step(double[] x, double[][] state);

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** {@code W x + b}; b may be shorter than W has rows, or empty, and then counts as 0. */
    static double[] affine(double[][] w, double[] x, double[] b) {
        double[] y = java.util.Arrays.copyOf(b, w.length);
        for (int j = 0; j < w.length; j++) {
            for (int k = 0; k < x.length; k++) {
                y[j] += w[j][k] * x[k];
            }
        }
        return y;
    }

    /** The sum of vectors of the same size. */
    static double[] sum(double[]... vectors) {
        double[] sum = new double[vectors[0].length];
        for (double[] vector : vectors) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += vector[j];
            }
        }
        return sum;
    }

    /** {@code (z - mean) / sqrt(variance + epsilon)}. */
    static double[] normalized(double[] z, double epsilon) {
        double mean = java.util.Arrays.stream(z).average().orElseThrow();
        double variance = java.util.Arrays.stream(z)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        return java.util.Arrays.stream(z)
                .map(v -> (v - mean) / Math.sqrt(variance + epsilon))
                .toArray();
    }
}
