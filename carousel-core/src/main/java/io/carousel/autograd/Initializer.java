package io.carousel.autograd;

import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;

/** How a parameter gets its first values; a factory draws them in the order in which they stand, so a seed gives the same bits. */
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

    /** Uniform in ±{@code limit}. */
    static Initializer uniform(double limit) {
        requirePositive("limit", limit);
        return (tensor, rng) -> fillUniform(tensor, limit, rng);
    }

    /**
     * Uniform in ±1 / √H: how PyTorch starts all weights and biases of a recurrent layer.
     *
     * @param hiddenSize H
     */
    static Initializer uniformByHiddenSize(int hiddenSize) {
        requirePositive("hidden size", hiddenSize);
        return uniform(1 / Math.sqrt(hiddenSize));
    }

    /** Normal numbers with mean 0. */
    static Initializer normal(double standardDeviation) {
        requirePositive("standard deviation", standardDeviation);
        return (tensor, rng) -> fillNormal(tensor, standardDeviation, rng);
    }

    /**
     * Normal numbers with mean 0, drawn anew until they lie within two standard deviations.
     *
     * @param standardDeviation that of the normal distribution before it is cut
     */
    static Initializer truncatedNormal(double standardDeviation) {
        requirePositive("standard deviation", standardDeviation);
        return (tensor, rng) -> {
            for (int i = 0; i < tensor.size(); i++) {
                double value;
                do {
                    value = rng.nextGaussian();
                } while (Math.abs(value) > 2);
                tensor.data()[tensor.offset() + i] = (float) (standardDeviation * value);
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
        return (tensor, rng) -> fillUniform(tensor, Math.sqrt(6.0 / (tensor.columns() + tensor.rows() / blocks)), rng);
    }

    /**
     * Normal with variance 2 / (inputs + outputs), for each block of rows as for a matrix of its own.
     *
     * <p>Source: Glorot, Bengio, <i>Understanding the difficulty of training deep feedforward neural networks</i>, 2010.
     *
     * @param blocks the number of gates stacked in the rows
     */
    static Initializer glorotNormal(int blocks) {
        return (tensor, rng) -> fillNormal(tensor, Math.sqrt(2.0 / (tensor.columns() + tensor.rows() / blocks)), rng);
    }

    /**
     * Uniform in ±√(6 / inputs), which keeps the size of what a ReLU hands on.
     *
     * <p>Source: He, Zhang, Ren, Sun, <i>Delving Deep into Rectifiers</i>, 2015.
     */
    static Initializer heUniform() {
        return (tensor, rng) -> fillUniform(tensor, Math.sqrt(6.0 / tensor.columns()), rng);
    }

    /**
     * Normal with variance 2 / inputs, which keeps the size of what a ReLU hands on.
     *
     * <p>Source: He, Zhang, Ren, Sun, <i>Delving Deep into Rectifiers</i>, 2015.
     */
    static Initializer heNormal() {
        return (tensor, rng) -> fillNormal(tensor, Math.sqrt(2.0 / tensor.columns()), rng);
    }

    /**
     * Each block of rows is {@code scale} times the identity, with columns or rows of zeros where it is not square.
     *
     * <p>Source: Le, Jaitly, Hinton, <i>A Simple Way to Initialize Recurrent Networks of Rectified Linear Units</i>, 2015.
     *
     * @param blocks the number of gates stacked in the rows
     */
    static Initializer identity(int blocks, double scale) {
        if (!Double.isFinite(scale)) {
            throw new IllegalArgumentException("scale must be finite, got " + scale);
        }
        return (tensor, rng) -> {
            tensor.fill(0);
            int rows = tensor.rows() / blocks;
            int columns = tensor.columns();
            for (int block = 0; block < blocks; block++) {
                for (int r = 0; r < Math.min(rows, columns); r++) {
                    tensor.data()[tensor.offset() + (block * rows + r) * columns + r] = (float) scale;
                }
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

    /**
     * This initialiser, but for some blocks of rows, which another one gives.
     *
     * @param blocks the number of gates stacked in the rows
     * @param other fills the whole tensor, of which the blocks are taken; it draws from a stream of its own
     * @param replaced the numbers of the blocks
     */
    default Initializer replacing(int blocks, Initializer other, int... replaced) {
        return (tensor, rng) -> {
            fill(tensor, rng);
            Tensor whole = new Tensor(tensor.shape(), new float[tensor.size()], 0);
            other.fill(whole, rng.stream("replacing"));
            int size = tensor.size() / blocks;
            for (int block : replaced) {
                System.arraycopy(whole.data(), block * size, tensor.data(), tensor.offset() + block * size, size);
            }
        };
    }

    /**
     * The chrono initialiser of gate biases, for lags that are equally likely up to {@code longestLag}.
     *
     * <pre>{@code
     * b_f = log(u)     u uniform in [1, T_max - 1]: a unit forgets in some u time steps
     * b_i = -b_f       what enters is small where much is kept
     * 0                the other gates
     * }</pre>
     *
     * <p>Source: Tallec, Ollivier, <i>Can recurrent neural networks warp time?</i>, 2018.
     *
     * @param blocks the number of gates stacked in the biases
     * @param forgetBlock the gate that keeps the state where it is 1; -1 for none
     * @param inputBlock the gate that lets the new value in where it is 1; -1 for none
     * @param longestLag T_max
     */
    static Initializer chrono(int blocks, int forgetBlock, int inputBlock, double longestLag) {
        if (!(longestLag >= 2) || Double.isInfinite(longestLag)) {
            throw new IllegalArgumentException(
                    "longest lag of the chrono initialiser must be finite and at least 2, got " + longestLag
                            + "; give the longest dependency in time steps");
        }
        return (tensor, rng) -> {
            tensor.fill(0);
            int size = tensor.size() / blocks;
            for (int k = 0; k < size; k++) {
                float bias = (float) StrictMath.log(1 + (longestLag - 2) * rng.nextDouble());
                if (forgetBlock >= 0) {
                    tensor.data()[tensor.offset() + forgetBlock * size + k] = bias;
                }
                if (inputBlock >= 0) {
                    tensor.data()[tensor.offset() + inputBlock * size + k] = -bias;
                }
            }
        };
    }

    private static void fillUniform(Tensor tensor, double limit, Rng rng) {
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[tensor.offset() + i] = (float) ((2 * rng.nextDouble() - 1) * limit);
        }
    }

    private static void fillNormal(Tensor tensor, double standardDeviation, Rng rng) {
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[tensor.offset() + i] = (float) (standardDeviation * rng.nextGaussian());
        }
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be positive and finite, got " + value);
        }
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
