package io.carousel.task.forecast;

/** Solves symmetric positive definite systems. */
final class Cholesky {
    private Cholesky() {}

    /**
     * Solves {@code A X = B}.
     *
     * @param lower row i has i + 1 numbers, the lower triangle of A; overwritten with its Cholesky factor
     * @param right B, overwritten with X
     */
    static void solve(double[][] lower, double[][] right) {
        int n = lower.length;
        for (int i = 0; i < n; i++) {
            double[] row = lower[i];
            for (int j = 0; j <= i; j++) {
                double sum = row[j] - dot(row, lower[j], j);
                row[j] = j == i ? Math.sqrt(sum) : sum / lower[j][j];
            }
            if (!(row[i] > 0)) {
                throw new ArithmeticException("a system must be positive definite, got pivot " + row[i] + " in row " + i
                        + "; use a larger ridge");
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                subtract(lower[i][j], right[j], right[i]);
            }
            divide(lower[i][i], right[i]);
        }
        for (int i = n - 1; i >= 0; i--) {
            divide(lower[i][i], right[i]);
            for (int j = 0; j < i; j++) {
                subtract(lower[i][j], right[i], right[j]);
            }
        }
    }

    /** Four sums in a fixed order, so that they need not wait for each other. */
    private static double dot(double[] x, double[] y, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (; i < n; i++) {
            a += x[i] * y[i];
        }
        return (a + b) + (c + d);
    }

    private static void subtract(double factor, double[] from, double[] to) {
        for (int h = 0; h < to.length; h++) {
            to[h] -= factor * from[h];
        }
    }

    private static void divide(double by, double[] values) {
        for (int h = 0; h < values.length; h++) {
            values[h] /= by;
        }
    }
}
