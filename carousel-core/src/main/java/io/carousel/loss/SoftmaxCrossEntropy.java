package io.carousel.loss;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of a choice among many classes, fused with the linear layer that scores them, so that the scores of a big
 * vocabulary never stand whole in memory.
 *
 * <pre>{@code
 * l = W x + b                          scores
 * p_v = e^(l_v - m) / Σ e^(l - m)      m = max l
 * q_v = (1 - ε) [v = t] + ε / V        the target, smoothed
 * loss = -w Σ_v q_v log p_v
 * dl = w (p - q)
 * }</pre>
 *
 * <p>Classes are scored in blocks; a block of numerators is kept for the backward pass while all of them together are few
 * ({@value #KEPT} numbers), and computed again where they are not. Neither the blocks of classes nor what else is in a batch
 * changes the bits of a row's loss. The losses of rows are added in {@code double} in ascending order.
 *
 * <p>Source of the smoothing: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna, <i>Rethinking the Inception Architecture for Computer
 * Vision</i>, 2015.
 */
public final class SoftmaxCrossEntropy {
    /** Numerators that are kept for the backward pass. */
    static final int KEPT = 1 << 22;

    private SoftmaxCrossEntropy() {}

    /**
     * What rows should have been.
     *
     * @param classes the class of each row, from 0 to before V; negative where a row has no target, as in padding
     * @param weights what the loss of each row counts; null when all count alike
     * @param smoothing ε, in [0, 1)
     */
    public record Targets(int[] classes, float @Nullable [] weights, double smoothing) {
        public Targets {
            if (weights != null && weights.length != classes.length) {
                throw new IllegalArgumentException("weights of targets must be " + classes.length
                        + ", one for each target, got " + weights.length);
            }
            if (!(smoothing >= 0 && smoothing < 1)) {
                throw new IllegalArgumentException("label smoothing must be in [0, 1), got " + smoothing);
            }
        }

        /** Targets that all count alike. */
        public static Targets of(int... classes) {
            return new Targets(classes, null, 0);
        }

        /** What the loss of a row counts; 0 without a target. */
        double weight(int row) {
            return classes[row] < 0 ? 0 : weights == null ? 1 : weights[row];
        }

        /** The sum of what all rows count. */
        public double weight() {
            double sum = 0;
            for (int row = 0; row < classes.length; row++) {
                sum += weight(row);
            }
            return sum;
        }
    }

    /**
     * The sum of the losses of all rows.
     *
     * @param x {@code [N, H]}
     * @param weight {@code [V, H]}
     * @param bias {@code [V]}
     * @param targets of N rows
     * @return a scalar
     * @throws IllegalArgumentException when the shapes do not fit, a target is V or more, or a weight is negative or no number
     */
    public static Variable apply(Tape tape, Variable x, Parameter weight, Parameter bias, Targets targets) {
        return apply(tape, x, weight, bias, targets, KEPT);
    }

    /** {@link #apply(Tape, Variable, Parameter, Parameter, Targets)}, with another number of numerators that are kept. */
    static Variable apply(Tape tape, Variable x, Parameter weight, Parameter bias, Targets targets, int kept) {
        requireFit(x.value(), weight, bias, targets);
        Variable b = tape.parameter(bias);
        int budget = tape.recording() ? kept : 0;
        SoftmaxChunk[] chunks = SoftmaxChunk.cut(tape, x.value(), weight, bias, targets, budget);
        double sum = 0;
        for (SoftmaxChunk chunk : chunks) {
            sum = chunk.forward(sum);
        }
        Tensor output = tape.workspace().take(Shape.of());
        output.data()[output.offset()] = (float) sum;
        return tape.record(
                output,
                gradient -> {
                    float factor = gradient.data()[gradient.offset()];
                    Tensor dx = x.needsGradient() ? x.gradient() : null;
                    for (SoftmaxChunk chunk : chunks) {
                        chunk.backward(factor, dx, b.gradient());
                    }
                },
                x,
                tape.parameter(weight),
                b);
    }

    /**
     * The logarithms of the probabilities of all classes, from their scores: for prediction, where they are to be seen.
     *
     * <pre>{@code
     * l_v - m - log Σ e^(l - m)
     * }</pre>
     *
     * @param scores {@code [rows, V]} in, logarithms out
     */
    public static void logProbabilities(Kernels kernels, int rows, int classes, float[] scores, int offset) {
        float[] numerators = new float[classes];
        for (int row = 0; row < rows; row++) {
            int at = offset + row * classes;
            float most = Float.NEGATIVE_INFINITY;
            for (int v = 0; v < classes; v++) {
                most = scores[at + v] > most ? scores[at + v] : most;
            }
            for (int v = 0; v < classes; v++) {
                numerators[v] = scores[at + v] - most;
            }
            kernels.exp(classes, numerators, 0, numerators, 0);
            double log = most + StrictMath.log(kernels.sum(classes, numerators, 0));
            for (int v = 0; v < classes; v++) {
                scores[at + v] = (float) (scores[at + v] - log);
            }
        }
    }

    private static void requireFit(Tensor x, Parameter weight, Parameter bias, Targets targets) {
        int classes = weight.tensor().rows();
        if (x.columns() != weight.tensor().columns() || x.rows() != targets.classes().length) {
            throw new IllegalArgumentException("input of " + weight.name() + " must have shape ["
                    + targets.classes().length + ", " + weight.tensor().columns() + "], a row for each target, got "
                    + x.shape() + "; check the sizes of the layers");
        }
        if (bias.tensor().size() != classes) {
            throw new IllegalArgumentException(bias.name() + " must have shape [" + classes + "] like the rows of "
                    + weight.name() + ", got " + bias.shape());
        }
        for (int row = 0; row < x.rows(); row++) {
            if (targets.classes()[row] >= classes) {
                throw new IllegalArgumentException("target of row " + row + " must be less than the " + classes
                        + " classes, got " + targets.classes()[row] + "; use the vocabulary of the network");
            }
            double counts = targets.weight(row);
            if (!(counts >= 0) || Double.isInfinite(counts)) {
                throw new IllegalArgumentException(
                        "weight of target " + row + " must be finite and not negative, got " + counts);
            }
        }
    }
}
