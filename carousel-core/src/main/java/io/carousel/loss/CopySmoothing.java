package io.carousel.loss;

import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;

/**
 * What label smoothing adds to {@link CopyCrossEntropy}, but for its factor: of a row {@code Σ_{v < V} log P(v)}.
 *
 * <p>Computed with logarithms, so that a class that can hardly be chosen costs much and not an infinity. What a source has of the
 * classes is little, so all others cost no more than without copying. Belongs to one tape.
 */
final class CopySmoothing {
    private final Kernels kernels;
    private final int classes;

    /** log p, and then p where it is asked for. */
    private final float[] p;

    /** The classes that the source has, each once. */
    private final int[] found;

    private int count;

    /** For each class what of it is copied, {@code Σ_{s: symbol_s = v} a_s}. */
    private final double[] copied;

    private double logGate;
    private double logRest;

    CopySmoothing(Kernels kernels, int classes) {
        this.kernels = kernels;
        this.classes = classes;
        p = new float[classes];
        found = new int[classes];
        copied = new double[classes];
    }

    /** The sum of the logarithms of a row. */
    double sum(Tensor scores, int row, CopyCrossEntropy.Copies copies) {
        place(scores, row, copies);
        double sum = classes * logGate;
        for (int v = 0; v < classes; v++) {
            sum += p[v];
        }
        for (int i = 0; i < count; i++) {
            sum += log(found[i]) - own(found[i]);
        }
        return sum;
    }

    /** Adds the derivatives of the sum of a row, times a factor. */
    void backward(double factor, int row, Variable scores, CopyCrossEntropy.Copies copies) {
        Tensor l = scores.value();
        place(l, row, copies);
        if (copies.weights().needsGradient()) {
            Tensor da = copies.weights().gradient();
            for (int i = copies.starts()[row]; i < copies.starts()[row + 1]; i++) {
                int symbol = copies.symbols()[i];
                if (symbol >= 0 && symbol < classes) {
                    da.data()[da.offset() + i] += (float) (factor * StrictMath.exp(logRest - log(symbol)));
                }
            }
        }
        if (scores.needsGradient()) {
            Tensor dl = scores.gradient();
            int to = dl.offset() + row * l.columns();
            // Σ_v of the share of P(v) that is not copied, which is 1 where the source does not have v.
            double own = classes;
            for (int i = 0; i < count; i++) {
                double other = -StrictMath.expm1(own(found[i]) - log(found[i]));
                dl.data()[to + found[i]] -= (float) (factor * other);
                own -= other;
            }
            kernels.exp(classes, p, 0, p, 0);
            for (int v = 0; v < classes; v++) {
                dl.data()[to + v] += (float) (factor * (1 - own * p[v]));
            }
            dl.data()[to + classes] += (float) (factor * (own - classes * StrictMath.exp(logGate)));
        }
    }

    private void place(Tensor scores, int row, CopyCrossEntropy.Copies copies) {
        int from = scores.offset() + row * scores.columns();
        System.arraycopy(scores.data(), from, p, 0, classes);
        SoftmaxCrossEntropy.logProbabilities(kernels, 1, classes, p, 0);
        double gate = scores.data()[from + classes];
        logGate = logSigmoid(gate);
        logRest = logSigmoid(-gate);
        while (count > 0) {
            copied[found[--count]] = 0;
        }
        Tensor a = copies.weights().value();
        for (int i = copies.starts()[row]; i < copies.starts()[row + 1]; i++) {
            int symbol = copies.symbols()[i];
            float weight = a.data()[a.offset() + i];
            if (symbol >= 0 && symbol < classes && weight > 0) {
                if (copied[symbol] == 0) {
                    found[count++] = symbol;
                }
                copied[symbol] += weight;
            }
        }
    }

    private static double logSigmoid(double x) {
        return Math.min(x, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    /** {@code log(g p_v)}. */
    private double own(int v) {
        return logGate + p[v];
    }

    /** {@code log P(v)}. */
    private double log(int v) {
        double own = own(v);
        if (copied[v] == 0) {
            return own;
        }
        double other = logRest + StrictMath.log(copied[v]);
        return Math.max(own, other) + StrictMath.log1p(StrictMath.exp(-Math.abs(own - other)));
    }
}
