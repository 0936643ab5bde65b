package io.carousel.task.forecast;

/**
 * A linear function {@code y = b + W x}.
 *
 * @param weights by input, then by output
 * @param bias by output
 */
@SuppressWarnings("ArrayRecordComponent") // lives inside a fit and is never compared
record LinearModel(double[][] weights, double[] bias) {
    /** Overwrites {@code y}. */
    void apply(double[] x, double[] y) {
        System.arraycopy(bias, 0, y, 0, bias.length);
        for (int i = 0; i < x.length; i++) {
            double a = x[i];
            double[] row = weights[i];
            for (int h = 0; h < y.length; h++) {
                y[h] += a * row[h];
            }
        }
    }
}
