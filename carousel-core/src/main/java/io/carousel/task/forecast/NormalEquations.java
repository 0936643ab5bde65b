package io.carousel.task.forecast;

/**
 * The sums of a weighted least-squares problem, added row by row, and its ridge solutions.
 *
 * <pre>{@code
 * minimise  Σ w |y - b - W x|² / Σ w + λ |W D|²,   D = diag(deviation of x)
 * }</pre>
 *
 * <p>The bias is not shrunk. Source: Hoerl and Kennard, <i>Ridge Regression: Biased Estimation for Nonorthogonal
 * Problems</i>, 1970. Sums add in the order of the rows. Not safe for threads.
 */
final class NormalEquations {
    private static final int BLOCK = 4;

    private final int inputs;
    private final int outputs;
    private final double[][] squares;
    private final double[][] products;
    private final double[] inputSums;
    private final double[] outputSums;
    private double weight;
    private long rows;

    private final double[][] blockX;
    private final double[][] blockY;
    private int filled;

    NormalEquations(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        squares = new double[inputs][inputs];
        products = new double[inputs][outputs];
        inputSums = new double[inputs];
        outputSums = new double[outputs];
        blockX = new double[BLOCK][inputs];
        blockY = new double[BLOCK][outputs];
    }

    /** Rows added. */
    long rows() {
        return rows;
    }

    /** Adds a row of inputs and outputs. */
    void add(double[] x, double[] y, double w) {
        double root = Math.sqrt(w);
        double[] toX = blockX[filled];
        double[] toY = blockY[filled];
        for (int i = 0; i < inputs; i++) {
            toX[i] = root * x[i];
            inputSums[i] += w * x[i];
        }
        for (int h = 0; h < outputs; h++) {
            toY[h] = root * y[h];
            outputSums[h] += w * y[h];
        }
        weight += w;
        rows++;
        if (++filled == BLOCK) {
            flush();
        }
    }

    private void flush() {
        for (int b = filled; b < BLOCK; b++) {
            java.util.Arrays.fill(blockX[b], 0);
            java.util.Arrays.fill(blockY[b], 0);
        }
        if (filled > 0) {
            for (int i = 0; i < inputs; i++) {
                addOuter(i, blockX, squares[i], i, inputs);
                addOuter(i, blockY, products[i], 0, outputs);
            }
        }
        filled = 0;
    }

    private void addOuter(int i, double[][] block, double[] to, int from, int until) {
        double a = blockX[0][i];
        double b = blockX[1][i];
        double c = blockX[2][i];
        double d = blockX[3][i];
        double[] p = block[0];
        double[] q = block[1];
        double[] r = block[2];
        double[] s = block[3];
        for (int j = from; j < until; j++) {
            to[j] += a * p[j] + b * q[j] + c * r[j] + d * s[j];
        }
    }

    /** Adds the sums of other rows. */
    void add(NormalEquations other) {
        flush();
        other.flush();
        for (int i = 0; i < inputs; i++) {
            addAll(other.squares[i], squares[i]);
            addAll(other.products[i], products[i]);
        }
        addAll(other.inputSums, inputSums);
        addAll(other.outputSums, outputSums);
        weight += other.weight;
        rows += other.rows;
    }

    private static void addAll(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** The solution for a ridge λ above 0. */
    LinearModel solve(double ridge) {
        flush();
        double[] mean = new double[inputs];
        double[] deviation = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            mean[i] = inputSums[i] / weight;
            double variance = squares[i][i] / weight - mean[i] * mean[i];
            deviation[i] = variance > 1e-12 * (1 + mean[i] * mean[i]) ? Math.sqrt(variance) : 0;
        }
        double[][] lower = new double[inputs][];
        double[][] right = new double[inputs][outputs];
        for (int i = 0; i < inputs; i++) {
            lower[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double covariance = squares[j][i] / weight - mean[i] * mean[j];
                lower[i][j] = deviation[i] == 0 || deviation[j] == 0 ? 0 : covariance / (deviation[i] * deviation[j]);
            }
            lower[i][i] += ridge + (deviation[i] == 0 ? 1 : 0);
            for (int h = 0; h < outputs; h++) {
                double covariance = products[i][h] / weight - mean[i] * outputSums[h] / weight;
                right[i][h] = deviation[i] == 0 ? 0 : covariance / deviation[i];
            }
        }
        Cholesky.solve(lower, right);
        double[] bias = new double[outputs];
        for (int h = 0; h < outputs; h++) {
            bias[h] = outputSums[h] / weight;
        }
        for (int i = 0; i < inputs; i++) {
            for (int h = 0; h < outputs; h++) {
                right[i][h] = deviation[i] == 0 ? 0 : right[i][h] / deviation[i];
                bias[h] -= mean[i] * right[i][h];
            }
        }
        return new LinearModel(right, bias);
    }
}
