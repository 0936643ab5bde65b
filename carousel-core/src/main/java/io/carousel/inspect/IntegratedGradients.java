package io.carousel.inspect;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.RunObserver;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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
 * #TOLERANCE} of the sum of the sizes, or there are {@value #MOST_POINTS}. Where a network begins with embeddings, also in
 * branches of a sum, x is the rows that they give, and the tokens are not moved themselves.
 *
 * <p>Source: Sundararajan, Taly, Yan, <i>Axiomatic Attribution for Deep Networks</i>, 2017.
 *
 * @param attributions a, {@code [T, F]}: of each number of the input, or of its embeddings side by side
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
     * @param sequence {@code [T, F]}, at least one time step
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
        requireFit(network, sequence);
        if (baseline != null) {
            requireFit(network, baseline);
        }
        return new Path(network, kernels, baseline, sequence, weights).explain();
    }

    private static void requireFit(Network network, float[][] sequence) {
        for (int t = 0; t < sequence.length; t++) {
            if (sequence[t].length != network.spec().inputSize()) {
                throw new IllegalArgumentException("time step " + t + " must have shape [F] = ["
                        + network.spec().inputSize() + "], got [" + sequence[t].length + "]");
            }
        }
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

    /** The straight way from b to x: of the input itself, or of what each embedding, in any branch, makes of it. */
    private static final class Path {
        /** The input itself, beside the names of embeddings. */
        private static final String INPUT = "";

        private final Network network;
        private final Tape tape;
        private final float[][] sequence;
        private final double[] weights;
        private final float[] unused;
        private final Map<String, double[][]> to;
        private final Map<String, double[][]> from;

        Path(Network network, Kernels kernels, float @Nullable [][] from, float[][] sequence, double[] weights) {
            this.network = network;
            this.sequence = sequence;
            this.weights = weights;
            tape = new Tape(kernels, new Workspace());
            unused = new float[network.parameters().size()];
            to = ends(sequence);
            this.from = from == null ? zeros() : ends(from);
        }

        /** What enters the rest of the network for a sequence. */
        private Map<String, double[][]> ends(float[][] rows) {
            Map<String, double[][]> ends = new LinkedHashMap<>();
            tape.begin();
            network.forward(tape, tape.constant(inputs(rows, 1)), layout(1), new RunObserver() {
                @Override
                public Variable embedded(String name, Tape on, Variable embedded) {
                    ends.put(name, matrix(embedded.value()));
                    return embedded;
                }
            });
            if (ends.isEmpty()) {
                ends.put(INPUT, matrix(inputs(rows, 1)));
            }
            return ends;
        }

        private Map<String, double[][]> zeros() {
            Map<String, double[][]> zeros = new LinkedHashMap<>();
            to.forEach((name, rows) -> zeros.put(name, new double[rows.length][rows[0].length]));
            return zeros;
        }

        private static double[][] matrix(Tensor rows) {
            double[][] matrix = new double[rows.rows()][rows.columns()];
            int at = rows.offset();
            for (double[] row : matrix) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = rows.data()[at++];
                }
            }
            return matrix;
        }

        private BatchLayout layout(int copies) {
            return BatchLayout.uniform(copies, sequence.length);
        }

        /** A sequence several times: time-major, and the copies of a time step one after the other. */
        private Tensor inputs(float[][] rows, int copies) {
            int width = rows[0].length;
            Tensor inputs = tape.workspace().take(copies * rows.length, width);
            int at = inputs.offset();
            for (float[] row : rows) {
                for (int i = 0; i < copies; i++, at += width) {
                    System.arraycopy(row, 0, inputs.data(), at, width);
                }
            }
            return inputs;
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
            NetworkOutput at = run(new double[] {alpha}, new LinkedHashMap<>());
            Tensor rows = at.rows().value();
            int row = rows.offset() + lastRow(at, 0) * rows.columns();
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * rows.data()[row + k];
            }
            return sum;
        }

        /** Runs some points of the way. */
        private NetworkOutput run(double[] alphas, Map<String, Variable> variables) {
            if (to.containsKey(INPUT)) {
                Variable x = between(INPUT, alphas, variables);
                return network.forward(tape, x, layout(alphas.length), null);
            }
            Variable tokens = tape.constant(inputs(sequence, alphas.length));
            return network.forward(tape, tokens, layout(alphas.length), new RunObserver() {
                @Override
                public Variable embedded(String name, Tape on, Variable rows) {
                    return between(name, alphas, variables);
                }
            });
        }

        private Variable between(String name, double[] alphas, Map<String, Variable> variables) {
            double[][] low = Objects.requireNonNull(from.get(name));
            double[][] high = Objects.requireNonNull(to.get(name));
            int width = high[0].length;
            Tensor rows = tape.workspace().take(alphas.length * high.length, width);
            int at = rows.offset();
            for (int t = 0; t < high.length; t++) {
                for (double alpha : alphas) {
                    for (int j = 0; j < width; j++) {
                        rows.data()[at++] = (float) (low[t][j] + alpha * (high[t][j] - low[t][j]));
                    }
                }
            }
            Variable x = tape.recording() ? tape.variable(rows) : tape.constant(rows);
            variables.put(name, x);
            return x;
        }

        private static int lastRow(NetworkOutput output, int index) {
            BatchLayout layout = output.layout();
            return layout.row(index, layout.length(layout.position(index)) - 1);
        }

        /** The attributions by the midpoints of that many pieces; those of several embeddings side by side. */
        private double[][] means(int points) {
            Map<String, double[][]> sums = zeros();
            for (int first = 0; first < points; first += TOGETHER) {
                double[] alphas = new double[Math.min(TOGETHER, points - first)];
                for (int i = 0; i < alphas.length; i++) {
                    alphas[i] = (first + i + 0.5) / points;
                }
                addGradients(alphas, sums);
            }
            int width = to.values().stream().mapToInt(rows -> rows[0].length).sum();
            double[][] means = new double[sequence.length][width];
            int column = 0;
            for (Map.Entry<String, double[][]> end : to.entrySet()) {
                double[][] low = Objects.requireNonNull(from.get(end.getKey()));
                double[][] sum = Objects.requireNonNull(sums.get(end.getKey()));
                int columns = low[0].length;
                for (int t = 0; t < means.length; t++) {
                    for (int j = 0; j < columns; j++) {
                        means[t][column + j] = sum[t][j] * (end.getValue()[t][j] - low[t][j]) / points;
                    }
                }
                column += columns;
            }
            return means;
        }

        private void addGradients(double[] alphas, Map<String, double[][]> sums) {
            tape.begin(unused);
            Map<String, Variable> inputs = new LinkedHashMap<>();
            NetworkOutput points = run(alphas, inputs);
            Variable rows = points.rows();
            Variable probe = tape.record(
                    tape.workspace().zeros(1),
                    gradient -> {
                        Tensor dy = rows.gradient();
                        for (int i = 0; i < alphas.length; i++) {
                            int at = dy.offset() + lastRow(points, i) * dy.columns();
                            for (int k = 0; k < weights.length; k++) {
                                dy.data()[at + k] = (float) weights[k];
                            }
                        }
                    },
                    rows);
            tape.backward(probe);
            inputs.forEach((name, input) -> {
                Tensor dx = input.gradient();
                int at = dx.offset();
                for (double[] sum : Objects.requireNonNull(sums.get(name))) {
                    for (int i = 0; i < alphas.length; i++) {
                        for (int j = 0; j < sum.length; j++) {
                            sum[j] += dx.data()[at++];
                        }
                    }
                }
            });
        }
    }
}
