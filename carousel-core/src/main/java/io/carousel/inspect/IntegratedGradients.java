package io.carousel.inspect;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How much each input of a sequence moved an output away from what it is for an input that says nothing.
 *
 * <pre>{@code
 * F(x) = Σ_k weights_k y_k               y: the output at the last time step
 * a_i  = (x_i - b_i) ∫ ∂F/∂x_i (b + α (x - b)) dα        over α from 0 to 1
 * Σ a_i = F(x) - F(b)                    completeness
 * }</pre>
 *
 * <p>The integral is the mean over the midpoints of equal pieces, twice as many each time until completeness holds to {@value
 * #TOLERANCE} of the sum of the sizes, or there are {@value #MOST_POINTS}. Where the first layer of a network is an embedding,
 * x is the rows that it gives, and the tokens are not moved themselves.
 *
 * <p>Source: Sundararajan, Taly, Yan, <i>Axiomatic Attribution for Deep Networks</i>, 2017.
 *
 * @param attributions a, {@code [T, F]}: of each number of the input, or of its embedding
 * @param output F(x)
 * @param baseline F(b)
 * @param points where the derivative was taken
 */
public record IntegratedGradients(double[][] attributions, double output, double baseline, int points) {
    /** How much of the sizes of all attributions their sum may miss F(x) - F(b) by. */
    public static final double TOLERANCE = 0.01;

    /** The most points where the derivative is taken. */
    public static final int MOST_POINTS = 1024;

    private static final int FEWEST_POINTS = 32;
    /** Points in a batch. */
    private static final int TOGETHER = 32;

    /**
     * Explains an output for one sequence.
     *
     * @param sequence {@code [T, F]}, at least one time step; tokens where the first layer is an embedding
     * @param weights of the outputs: 1 and zeros for one of them, 1 and -1 for the distance of two
     * @param baseline b, {@code [T, F]}, or tokens; null for zeros, which say nothing where inputs are standardised, and for an
     *     embedding of zeros
     * @throws IllegalArgumentException when shapes do not fit
     */
    public static IntegratedGradients of(
            Network network, Kernels kernels, float[][] sequence, double[] weights, float @Nullable [][] baseline) {
        if (sequence.length == 0) {
            throw new IllegalArgumentException("sequence must have at least one time step to be explained, got none");
        }
        if (weights.length != network.outputSize()) {
            throw new IllegalArgumentException(
                    "weights must be one for each of " + network.outputSize() + " outputs, got " + weights.length);
        }
        if (baseline != null && baseline.length != sequence.length) {
            throw new IllegalArgumentException("baseline must have the " + sequence.length
                    + " time steps of the sequence, got " + baseline.length);
        }
        EmbeddingSpec embedding = network.spec().layers().get(0) instanceof EmbeddingSpec first ? first : null;
        float[][] x = rows(network, embedding, sequence);
        float[][] from = baseline == null ? new float[x.length][x[0].length] : rows(network, embedding, baseline);
        return new Path(network, kernels, embedding == null ? 0 : 1, from, x, weights).explain();
    }

    private static float[][] rows(Network network, @Nullable EmbeddingSpec embedding, float[][] sequence) {
        float[][] rows = new float[sequence.length][];
        for (int t = 0; t < rows.length; t++) {
            if (sequence[t].length != network.spec().inputSize()) {
                throw new IllegalArgumentException("time step " + t + " must have shape [F] = ["
                        + network.spec().inputSize() + "], got [" + sequence[t].length + "]");
            }
            rows[t] = embedding == null ? sequence[t].clone() : row(network, embedding, t, sequence[t][0]);
        }
        return rows;
    }

    private static float[] row(Network network, EmbeddingSpec embedding, int t, float token) {
        if (!(token >= 0 && token < embedding.vocabulary()) || token != (int) token) {
            throw new IllegalArgumentException("token of time step " + t + " must be a whole number from 0 to "
                    + (embedding.vocabulary() - 1) + ", got " + token);
        }
        Tensor table = network.parameters().get(embedding.name() + ".weight").tensor();
        int at = table.offset() + (int) token * embedding.size();
        return Arrays.copyOfRange(table.data(), at, at + embedding.size());
    }

    /** The attribution of each time step: the sum over its numbers. */
    public double[] steps() {
        return Arrays.stream(attributions).mapToDouble(IntegratedGradients::sum).toArray();
    }

    /** What the sum of all attributions misses F(x) - F(b) by. */
    public double gap() {
        double sum = 0;
        for (double[] row : attributions) {
            sum += sum(row);
        }
        return sum - (output - baseline);
    }

    /** Whether the sum of all attributions is F(x) - F(b), to {@link #TOLERANCE} of the sum of their sizes. */
    public boolean complete() {
        double size = 0;
        for (double[] row : attributions) {
            for (double value : row) {
                size += Math.abs(value);
            }
        }
        // Outputs are floats: their own last bits are no gap.
        double rounding = 0x1p-20 * (Math.abs(output) + Math.abs(baseline));
        return Math.abs(gap()) <= TOLERANCE * size + rounding;
    }

    private static double sum(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value;
        }
        return sum;
    }

    /** The straight way from b to x. */
    private static final class Path {
        private final Network network;
        private final Tape tape;
        private final int firstLayer;
        private final float[][] from;
        private final float[][] to;
        private final double[] weights;
        private final float[] unused;

        Path(Network network, Kernels kernels, int firstLayer, float[][] from, float[][] to, double[] weights) {
            this.network = network;
            this.firstLayer = firstLayer;
            this.from = from;
            this.to = to;
            this.weights = weights;
            tape = new Tape(kernels, new Workspace());
            unused = new float[network.parameters().size()];
        }

        IntegratedGradients explain() {
            double output = value(1);
            double baseline = value(0);
            int points = FEWEST_POINTS;
            while (true) {
                IntegratedGradients found = new IntegratedGradients(means(points), output, baseline, points);
                if (found.complete() || points >= MOST_POINTS) {
                    return found;
                }
                points *= 2;
            }
        }

        private double value(double alpha) {
            tape.begin();
            NetworkOutput output = run(tape.constant(inputs(new double[] {alpha})), 1);
            return weighted(output, 0);
        }

        private NetworkOutput run(Variable rows, int sequences) {
            return network.forwardFrom(firstLayer, tape, rows, BatchLayout.uniform(sequences, to.length));
        }

        /** The rows of several points: time-major, and the points of a time step one after the other. */
        private Tensor inputs(double[] alphas) {
            int width = to[0].length;
            Tensor rows = tape.workspace().take(alphas.length * to.length, width);
            int at = rows.offset();
            for (int t = 0; t < to.length; t++) {
                for (double alpha : alphas) {
                    for (int j = 0; j < width; j++) {
                        rows.data()[at++] = (float) (from[t][j] + alpha * ((double) to[t][j] - from[t][j]));
                    }
                }
            }
            return rows;
        }

        private double weighted(NetworkOutput output, int index) {
            Tensor rows = output.rows().value();
            int at = rows.offset() + lastRow(output, index) * rows.columns();
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * rows.data()[at + k];
            }
            return sum;
        }

        private static int lastRow(NetworkOutput output, int index) {
            BatchLayout layout = output.layout();
            return layout.row(index, layout.length(layout.position(index)) - 1);
        }

        /** The attributions by the midpoints of that many pieces. */
        private double[][] means(int points) {
            double[][] sums = new double[to.length][to[0].length];
            for (int first = 0; first < points; first += TOGETHER) {
                double[] alphas = new double[Math.min(TOGETHER, points - first)];
                for (int i = 0; i < alphas.length; i++) {
                    alphas[i] = (first + i + 0.5) / points;
                }
                addGradients(alphas, sums);
            }
            for (int t = 0; t < sums.length; t++) {
                for (int j = 0; j < sums[t].length; j++) {
                    sums[t][j] *= ((double) to[t][j] - from[t][j]) / points;
                }
            }
            return sums;
        }

        private void addGradients(double[] alphas, double[][] sums) {
            tape.begin(unused);
            Variable input = tape.variable(inputs(alphas));
            NetworkOutput output = run(input, alphas.length);
            Variable rows = output.rows();
            Variable probe = tape.record(
                    tape.workspace().zeros(1),
                    gradient -> {
                        Tensor dy = rows.gradient();
                        for (int i = 0; i < alphas.length; i++) {
                            int at = dy.offset() + lastRow(output, i) * dy.columns();
                            for (int k = 0; k < weights.length; k++) {
                                dy.data()[at + k] = (float) weights[k];
                            }
                        }
                    },
                    rows);
            tape.backward(probe);
            Tensor dx = input.gradient();
            int at = dx.offset();
            for (double[] sum : sums) {
                for (int i = 0; i < alphas.length; i++) {
                    for (int j = 0; j < sum.length; j++) {
                        sum[j] += dx.data()[at++];
                    }
                }
            }
        }
    }
}
