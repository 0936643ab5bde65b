package io.carousel.autograd;

import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;

/** How a parameter gets its first values. */
@FunctionalInterface
public interface Initializer {
    /** Fills the whole tensor. */
    void fill(Tensor tensor, Rng rng);

    /** All elements the same. */
    static Initializer constant(float value) {
        return (tensor, rng) -> tensor.fill(value);
    }

    /**
     * Blocks of rows, each with a constant of its own: the biases of gates.
     *
     * @param values one value for each block; the blocks have the same size
     */
    static Initializer blockConstants(float... values) {
        return (tensor, rng) -> {
            int block = tensor.size() / values.length;
            for (int i = 0; i < tensor.size(); i++) {
                tensor.data()[tensor.offset() + i] = values[i / block];
            }
        };
    }

    /**
     * Uniform in ±√(6 / (inputs + outputs)), for each block of rows as for a matrix of its own.
     *
     * <p>Source: Glorot, Bengio, <i>Understanding the difficulty of training deep feedforward neural networks</i>, 2010.
     *
     * @param blocks the number of gates stacked in the rows
     */
    static Initializer glorotUniform(int blocks) {
        return (tensor, rng) -> {
            double limit = Math.sqrt(6.0 / (tensor.columns() + tensor.rows() / blocks));
            for (int i = 0; i < tensor.size(); i++) {
                tensor.data()[tensor.offset() + i] = (float) ((2 * rng.nextDouble() - 1) * limit);
            }
        };
    }

    /**
     * Each block of rows is a random orthogonal matrix (orthonormal rows, or columns when it is taller than wide).
     *
     * <p>Source: Saxe, McClelland, Ganguli, <i>Exact solutions to the nonlinear dynamics of learning in deep linear neural
     * networks</i>, 2013.
     *
     * @param blocks the number of gates stacked in the rows
     */
    static Initializer orthogonal(int blocks) {
        return (tensor, rng) -> {
            int rows = tensor.rows() / blocks;
            int columns = tensor.columns();
            for (int block = 0; block < blocks; block++) {
                double[][] q = orthonormalRows(Math.min(rows, columns), Math.max(rows, columns), rng);
                int start = tensor.offset() + block * rows * columns;
                for (int r = 0; r < rows; r++) {
                    for (int c = 0; c < columns; c++) {
                        tensor.data()[start + r * columns + c] = (float) (rows <= columns ? q[r][c] : q[c][r]);
                    }
                }
            }
        };
    }

    /** Gram-Schmidt, modified for stability, on rows of normal numbers. */
    private static double[][] orthonormalRows(int rows, int columns, Rng rng) {
        double[][] q = new double[rows][columns];
        for (int r = 0; r < rows; r++) {
            double[] row = q[r];
            double norm;
            do {
                for (int c = 0; c < columns; c++) {
                    row[c] = rng.nextGaussian();
                }
                for (int p = 0; p < r; p++) {
                    double projection = -dot(row, q[p]);
                    for (int c = 0; c < columns; c++) {
                        row[c] += projection * q[p][c];
                    }
                }
                norm = Math.sqrt(dot(row, row));
            } while (norm < 1e-6);
            for (int c = 0; c < columns; c++) {
                row[c] /= norm;
            }
        }
        return q;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
