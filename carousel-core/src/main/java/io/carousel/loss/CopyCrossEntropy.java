package io.carousel.loss;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;

/**
 * The cross-entropy of a choice among the classes of a vocabulary and the symbols of a source, which are copied by attention.
 *
 * <pre>{@code
 * p = softmax(l_0 … l_{V-1})         g = σ(l_V)
 * P(w) = g p_w + (1 - g) Σ_{s: symbol_s = w} a_s
 * q_w = (1 - ε) [w = t] + ε / V [w < V]            the target, smoothed
 * loss = -w Σ_w q_w log P(w)
 * }</pre>
 *
 * <p>A symbol that only the source has is a number from V on, which p does not give. Smoothing gives it nothing: where it is not
 * attended to, its probability may be 0.
 *
 * <p>Sources: See, Liu, Manning, <i>Get To The Point: Summarization with Pointer-Generator Networks</i>, 2017; Gu, Lu, Li, Li,
 * <i>Incorporating Copying Mechanism in Sequence-to-Sequence Learning</i>, 2016.
 */
public final class CopyCrossEntropy {
    private CopyCrossEntropy() {}

    /**
     * What a row attends to.
     *
     * @param starts for each row where its weights start, and where those of the last end
     * @param weights a, all rows one after the other
     * @param symbols of each weight the number of the source's symbol there; negative for none
     */
    public record Copies(int[] starts, Variable weights, int[] symbols) {
        public Copies {
            if (symbols.length != starts[starts.length - 1]) {
                throw new IllegalArgumentException("symbols must be one for each of " + starts[starts.length - 1]
                        + " weights, got " + symbols.length);
            }
        }
    }

    /**
     * The sum of the losses of all rows.
     *
     * @param scores {@code [N, V + 1]}: l
     * @return a scalar
     * @throws IllegalArgumentException when a target is neither a class nor a symbol of its source, so that its probability is 0
     */
    public static Variable apply(Tape tape, Variable scores, Copies copies, SoftmaxCrossEntropy.Targets targets) {
        Kernels kernels = tape.kernels();
        Tensor l = scores.value();
        int rows = l.rows();
        int width = l.columns();
        int classes = width - 1;
        Tensor p = tape.workspace().take(rows, width);
        Tensor a = copies.weights.value();
        double[] factors = new double[rows];
        double rest = 1 - targets.smoothing();
        double each = targets.smoothing() / classes;
        CopySmoothing smoothing = each > 0 ? new CopySmoothing(kernels, classes) : null;
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            double weight = targets.weight(row);
            if (weight == 0) {
                continue;
            }
            int at = p.offset() + row * width;
            softmax(kernels, l, p, row);
            int target = targets.classes()[row];
            double gate = p.data()[at + classes];
            double probability =
                    gate * (target < classes ? p.data()[at + target] : 0) + (1 - gate) * copied(copies, a, row, target);
            if (!(probability > 0)) {
                throw new IllegalArgumentException("target of row " + row + " must be one of " + classes
                        + " classes or a symbol of its source, got " + target + "; take it for unknown");
            }
            sum -= rest * weight * StrictMath.log(probability);
            factors[row] = -rest * weight / probability;
            if (smoothing != null) {
                sum -= each * weight * smoothing.sum(l, row, copies);
            }
        }
        Tensor output = tape.workspace().take(Shape.of());
        output.data()[output.offset()] = (float) sum;
        return tape.record(
                output,
                gradient -> {
                    double slope = gradient.data()[gradient.offset()];
                    for (int row = 0; row < rows; row++) {
                        if (factors[row] != 0) {
                            backward(row, slope * factors[row], targets.classes()[row], p, copies, scores);
                        }
                        if (smoothing != null && targets.weight(row) != 0) {
                            smoothing.backward(-slope * each * targets.weight(row), row, scores, copies);
                        }
                    }
                },
                scores,
                copies.weights);
    }

    private static void softmax(Kernels kernels, Tensor l, Tensor p, int row) {
        int classes = l.columns() - 1;
        int from = l.offset() + row * l.columns();
        int at = p.offset() + row * p.columns();
        System.arraycopy(l.data(), from, p.data(), at, classes + 1);
        SoftmaxCrossEntropy.logProbabilities(kernels, 1, classes, p.data(), at);
        kernels.exp(classes, p.data(), at, p.data(), at);
        kernels.sigmoid(1, p.data(), at + classes, p.data(), at + classes);
    }

    private static double copied(Copies copies, Tensor a, int row, int target) {
        double sum = 0;
        for (int i = copies.starts[row]; i < copies.starts[row + 1]; i++) {
            sum += copies.symbols[i] == target ? a.data()[a.offset() + i] : 0;
        }
        return sum;
    }

    private static void backward(int row, double factor, int target, Tensor p, Copies copies, Variable scores) {
        int width = p.columns();
        int classes = width - 1;
        int at = p.offset() + row * width;
        double gate = p.data()[at + classes];
        double own = target < classes ? p.data()[at + target] : 0;
        Tensor a = copies.weights.value();
        if (scores.needsGradient()) {
            Tensor dl = scores.gradient();
            int to = dl.offset() + row * width;
            for (int v = 0; v < classes && own > 0; v++) {
                double slope = gate * own * ((v == target ? 1 : 0) - p.data()[at + v]);
                dl.data()[to + v] += (float) (factor * slope);
            }
            double slope = gate * (1 - gate) * (own - copied(copies, a, row, target));
            dl.data()[to + classes] += (float) (factor * slope);
        }
        if (copies.weights.needsGradient()) {
            Tensor da = copies.weights.gradient();
            for (int i = copies.starts[row]; i < copies.starts[row + 1]; i++) {
                da.data()[da.offset() + i] += copies.symbols[i] == target ? (float) (factor * (1 - gate)) : 0;
            }
        }
    }

    /**
     * The logarithms of the probabilities of all classes and of the symbols of a source, for prediction.
     *
     * @param classes V
     * @param scores {@code [V + 1]} from {@code offset} on; overwritten
     * @param weights a, of {@code symbols.length} rows
     * @param to {@code [width]} out: negative infinity where neither a class nor a symbol has the number
     */
    public static void logProbabilities(
            Kernels kernels,
            int classes,
            float[] scores,
            int offset,
            float[] weights,
            int[] symbols,
            float[] to,
            int toOffset,
            int width) {
        SoftmaxCrossEntropy.logProbabilities(kernels, 1, classes, scores, offset);
        kernels.exp(classes, scores, offset, scores, offset);
        kernels.sigmoid(1, scores, offset + classes, scores, offset + classes);
        float gate = scores[offset + classes];
        for (int v = 0; v < width; v++) {
            to[toOffset + v] = v < classes ? gate * scores[offset + v] : 0;
        }
        for (int s = 0; s < symbols.length; s++) {
            if (symbols[s] >= 0 && symbols[s] < width) {
                to[toOffset + symbols[s]] += (1 - gate) * weights[s];
            }
        }
        for (int v = 0; v < width; v++) {
            float probability = to[toOffset + v];
            to[toOffset + v] = probability > 0 ? (float) StrictMath.log(probability) : Float.NEGATIVE_INFINITY;
        }
    }
}
