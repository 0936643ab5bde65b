package io.carousel.loss;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The softmax of some rows, a block of classes at a time.
 *
 * <p>A block is {@code [classes, width]}: its scores are {@code W xᵀ + b}, so that the weights are read as they stand, and
 * maxima and sums run down columns, sixteen rows of the input to a vector. The width is that of the rows, rounded up to
 * whole vectors; what stands in the columns beyond counts nowhere.
 *
 * <p>Each block has a maximum of its own, so that a block is finished while it is in the cache:
 *
 * <pre>{@code
 * e_v = e^(l_v - m_k)     s_k = Σ e_v          in block k
 * m = max m_k             S = Σ s_k e^(m_k - m)
 * p_v = e_v c_k           c_k = e^(m_k - m) / S
 * }</pre>
 */
final class SoftmaxChunk {
    /** Classes in a block: fixed, because it decides the order in which a row's numerators are added. */
    private static final int CLASSES = 256;

    /** Rows in a chunk, at most: with them a block of numerators is 512 kB. */
    private static final int ROWS = 512;

    /** Columns of a block are a multiple of it. */
    private static final int ALIGNMENT = Kernels.LANES;

    private final Tape tape;
    private final Kernels kernels;
    private final Tensor x;
    private final int first;
    private final Parameter weight;
    private final Parameter bias;
    private final SoftmaxCrossEntropy.Targets targets;
    private final int rows;
    private final int width;
    private final int blocks;
    /** {@code [blocks, width]}: the maxima, then the factors c. */
    private final Tensor factors;
    /** The numerators of one block, or of all when they are kept. */
    private final Tensor numerators;

    private final boolean kept;
    private final Slice block = new Slice();
    private final Slice line = new Slice();

    private SoftmaxChunk(
            Tape tape,
            Tensor x,
            int first,
            Parameter weight,
            Parameter bias,
            SoftmaxCrossEntropy.Targets targets,
            @Nullable Tensor shared) {
        this.tape = tape;
        this.kernels = tape.kernels();
        this.x = x;
        this.first = first;
        this.weight = weight;
        this.bias = bias;
        this.targets = targets;
        rows = x.rows();
        width = width(rows);
        blocks = (classes() + CLASSES - 1) / CLASSES;
        factors = tape.workspace().take(blocks, width);
        kept = shared == null;
        numerators = shared == null ? tape.workspace().take(classes(), width) : shared;
    }

    /** The rows in chunks of about the same size, of which the first keep their numerators as long as {@code budget} lasts. */
    static SoftmaxChunk[] cut(
            Tape tape, Tensor x, Parameter weight, Parameter bias, SoftmaxCrossEntropy.Targets targets, int budget) {
        int count = (x.rows() + ROWS - 1) / ROWS;
        SoftmaxChunk[] chunks = new SoftmaxChunk[count];
        Tensor shared = null;
        long left = budget;
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = (int) ((long) x.rows() * (i + 1) / count);
            left -= (long) width(to - from) * weight.tensor().rows();
            if (left < 0 && shared == null) {
                shared = tape.workspace()
                        .take(Math.min(CLASSES, weight.tensor().rows()), width((x.rows() + count - 1) / count));
            }
            Tensor own = left < 0 ? shared : null;
            chunks[i] = new SoftmaxChunk(tape, x.rowRange(from, to - from), from, weight, bias, targets, own);
            from = to;
        }
        return chunks;
    }

    private static int width(int rows) {
        return (rows + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private int classes() {
        return weight.tensor().rows();
    }

    private int size(int k) {
        return Math.min(CLASSES, classes() - k * CLASSES);
    }

    /** Adds the losses of the rows to a sum, in ascending order. */
    double forward(double before) {
        Tensor scores = tape.workspace().take(rows);
        Tensor sums = tape.workspace().zeros(blocks, width);
        Tensor scoreSums = targets.smoothing() == 0 ? null : tape.workspace().zeros(width);
        PackedMatrix input = tape.packed(x.slice(), /* rows= */ x.columns(), /* columns= */ rows, true);
        for (int k = 0; k < blocks; k++) {
            scores(k, input);
            pickScores(k, scores);
            if (scoreSums != null) {
                kernels.addColumnSums(
                        size(k), width, block.array(), block.offset(), width, scoreSums.data(), scoreSums.offset());
            }
            exponentials(k, sums.data(), sums.offset() + k * width);
        }
        return combine(before, scores, sums, scoreSums);
    }

    /** Places the block k and fills it with scores. */
    private void scores(int k, PackedMatrix input) {
        place(k);
        float[] to = block.array();
        for (int v = 0; v < size(k); v++) {
            int at = block.row(v);
            Arrays.fill(to, at, at + width, bias.tensor().data()[bias.offset() + k * CLASSES + v]);
        }
        kernels.multiply(
                size(k),
                weight.tensor().data(),
                weight.offset() + k * CLASSES * x.columns(),
                x.columns(),
                false,
                input,
                to,
                block.offset(),
                width,
                true);
    }

    private void place(int k) {
        int at = numerators.offset() + (kept ? k * CLASSES * width : 0);
        block.place(numerators.data(), at, width);
    }

    /** Keeps the scores of those targets that are in the block. */
    private void pickScores(int k, Tensor scores) {
        for (int r = 0; r < rows; r++) {
            int v = targets.classes()[first + r] - k * CLASSES;
            if (v >= 0 && v < CLASSES) {
                scores.data()[scores.offset() + r] = block.array()[block.row(v) + r];
            }
        }
    }

    /** Turns the scores of the placed block into numerators, and keeps their maxima. */
    private void exponentials(int k, float[] sums, int sumsAt) {
        float[] maxima = factors.data();
        int at = factors.offset() + k * width;
        System.arraycopy(block.array(), block.offset(), maxima, at, width);
        line.place(maxima, at, 0);
        kernels.max(size(k), width, block, line, line);
        kernels.shiftedExp(size(k), width, block, maxima, at, sums, sumsAt);
    }

    /** Adds up the losses, and turns the maxima of the blocks into the factors c. */
    private double combine(double before, Tensor scores, Tensor sums, @Nullable Tensor scoreSums) {
        Tensor most = tape.workspace().take(width);
        System.arraycopy(factors.data(), factors.offset(), most.data(), most.offset(), width);
        line.place(most.data(), most.offset(), 0);
        kernels.max(blocks, width, factors.slice(), line, line);
        kernels.subtract(blocks, width, factors.slice(), line, factors.slice());
        kernels.exp(blocks, width, factors.slice(), factors.slice());
        double sum = before;
        for (int r = 0; r < rows; r++) {
            double all = 0;
            for (int k = 0; k < blocks; k++) {
                all += (double) sums.data()[sums.offset() + k * width + r]
                        * factors.data()[factors.offset() + k * width + r];
            }
            double counts = targets.weight(first + r);
            if (counts != 0) {
                double log = StrictMath.log(all) + most.data()[most.offset() + r];
                sum += counts * (log - expected(r, scores, scoreSums));
            }
            for (int k = 0; k < blocks; k++) {
                int at = factors.offset() + k * width + r;
                factors.data()[at] = (float) (counts * factors.data()[at] / all);
            }
        }
        return sum;
    }

    /** {@code Σ q l}. */
    private double expected(int r, Tensor scores, @Nullable Tensor scoreSums) {
        double score = scores.data()[scores.offset() + r];
        return scoreSums == null
                ? score
                : (1 - targets.smoothing()) * score
                        + targets.smoothing() / classes() * scoreSums.data()[scoreSums.offset() + r];
    }

    /**
     * Adds the derivatives.
     *
     * @param gradient that of the sum of the losses
     * @param dx {@code [N, H]} of all rows; null when it is not needed
     */
    void backward(float gradient, @Nullable Tensor dx, Tensor db) {
        if (gradient != 1) {
            kernels.scale(blocks * width, gradient, factors.data(), factors.offset());
        }
        float[] uniform = uniform(gradient);
        PackedMatrix input = tape.packedOperand(weight, rows, x.slice());
        Tensor again = kept ? null : tape.workspace().take(2, width);
        for (int k = 0; k < blocks; k++) {
            if (again == null) {
                place(k);
            } else {
                repeat(k, again);
            }
            line.place(factors.data(), factors.offset() + k * width, 0);
            kernels.multiply(size(k), width, block, line, block);
            subtractTargets(k, gradient, uniform);
            addGradients(k, input, dx, db);
        }
    }

    /** Computes the numerators of block k again; the factors stay. */
    private void repeat(int k, Tensor again) {
        scores(k, tape.packed(x.slice(), /* rows= */ x.columns(), /* columns= */ rows, true));
        int sumsAt = again.offset() + width;
        System.arraycopy(block.array(), block.offset(), again.data(), again.offset(), width);
        line.place(again.data(), again.offset(), 0);
        kernels.max(size(k), width, block, line, line);
        kernels.shiftedExp(size(k), width, block, again.data(), again.offset(), again.data(), sumsAt);
    }

    /** What smoothing takes from every class of each row: {@code w ε / V}; empty without. */
    private float[] uniform(float gradient) {
        if (targets.smoothing() == 0) {
            return new float[0];
        }
        float[] uniform = new float[width];
        for (int r = 0; r < rows; r++) {
            uniform[r] = (float) (gradient * targets.weight(first + r) * targets.smoothing() / classes());
        }
        return uniform;
    }

    private void subtractTargets(int k, float gradient, float[] uniform) {
        if (uniform.length > 0) {
            line.place(uniform, 0, 0);
            kernels.subtract(size(k), width, block, line, block);
        }
        for (int r = 0; r < rows; r++) {
            int v = targets.classes()[first + r] - k * CLASSES;
            if (v >= 0 && v < CLASSES) {
                block.array()[block.row(v) + r] -=
                        (float) (gradient * targets.weight(first + r) * (1 - targets.smoothing()));
            }
        }
    }

    private void addGradients(int k, PackedMatrix input, @Nullable Tensor dx, Tensor db) {
        int hidden = x.columns();
        int top = k * CLASSES;
        if (kept) {
            tape.addWeightGradient(weight, top, size(k), block, false, input);
        } else {
            Tensor dw = tape.gradient(weight);
            int at = dw.offset() + top * hidden;
            float[] d = block.array();
            kernels.multiply(size(k), d, block.offset(), width, false, input, dw.data(), at, hidden, true);
        }
        for (int v = 0; v < size(k); v++) {
            db.data()[db.offset() + top + v] += kernels.sum(rows, block.array(), block.row(v));
        }
        if (dx != null) {
            line.place(weight.tensor().data(), weight.offset() + top * hidden, hidden);
            kernels.multiply(
                    rows,
                    block.array(),
                    block.offset(),
                    width,
                    true,
                    tape.packed(line, size(k), hidden, false),
                    dx.data(),
                    dx.offset() + first * hidden,
                    hidden,
                    true);
        }
    }
}
