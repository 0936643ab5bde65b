package io.carousel.cell;

import io.carousel.autograd.Parameter;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operands of one time step, as a layer hands them to its cell; the layer moves them from step to step.
 *
 * <p>{@code p} is the index of a part in {@link Cell#state}, {@code k} that of a block.
 *
 * <table>
 * <caption>What is read and written</caption>
 * <tr><th>operand</th><th>shape</th><th>step</th><th>stepBackward</th></tr>
 * <tr><td>activation(k)</td><td>[rows, size of k]</td><td>pre-activations in, gates out</td><td>gates in, gradient of the
 * pre-activations out</td></tr>
 * <tr><td>saved(k)</td><td>[rows, size of k]</td><td>of the input in, out</td><td>in; may keep gradients for {@link
 * Cell#sequenceBackward}</td></tr>
 * <tr><td>previous(p)</td><td>[rows, size of p]</td><td>in</td><td>in</td></tr>
 * <tr><td>next(p)</td><td>[rows, size of p]</td><td>out</td><td>in</td></tr>
 * <tr><td>gradient(p)</td><td>[rows, size of p]</td><td></td><td>gradient of next(p) in, of previous(p) out</td></tr>
 * </table>
 */
public final class CellStep extends CellRows {
    private final Slice[] previous;
    private final Slice[] next;
    private final Slice[] gradients;
    private final int hiddenSize;
    private final Slice masked = new Slice();
    private final Slice mask = new Slice();
    private @Nullable Slice scratch;

    /** A step of a cell with these weights, whose operands are then placed. */
    public CellStep(Kernels kernels, Cell cell, List<Parameter> weights) {
        super(kernels, cell, weights);
        int parts = cell.state().size();
        previous = slices(parts);
        next = slices(parts);
        gradients = slices(parts);
        hiddenSize = cell.hiddenSize();
    }

    public Slice previous(int part) {
        return previous[part];
    }

    public Slice next(int part) {
        return next[part];
    }

    public Slice gradient(int part) {
        return gradients[part];
    }

    /** What recurrent products multiply: the output of the time step before, masked under recurrent dropout. */
    public Slice recurrent() {
        return scratch == null ? previous[0] : masked;
    }

    /** {@code to = recurrent · Wᵀ}, or {@code to += recurrent · Wᵀ}. */
    public void recurrentProduct(int weight, Slice to, boolean accumulate) {
        product(weight, recurrent(), to, accumulate);
    }

    /**
     * {@code gradient(0) = d · W}, or {@code gradient(0) += d · W}: the derivative of {@link #recurrentProduct} by the output
     * of the time step before.
     */
    public void recurrentBack(int weight, Slice d, boolean accumulate) {
        if (scratch == null) {
            productBack(weight, d, gradients[0], accumulate);
        } else {
            productBack(weight, d, scratch, false);
            recurrentGradient(scratch, accumulate);
        }
    }

    /**
     * {@code gradient(0) = d}, or {@code gradient(0) += d}: the derivative of any other use of {@link #recurrent} by the
     * output of the time step before.
     *
     * @param d {@code [rows, H]}: the gradient of {@link #recurrent}; not {@code gradient(0)}
     */
    public void recurrentGradient(Slice d, boolean accumulate) {
        if (scratch == null) {
            if (accumulate) {
                kernels().add(rows(), hiddenSize, d, gradients[0], gradients[0]);
            } else {
                kernels().copy(rows(), hiddenSize, d, gradients[0]);
            }
        } else if (accumulate) {
            kernels().multiplyAdd(rows(), hiddenSize, d, mask, gradients[0]);
        } else {
            kernels().multiply(rows(), hiddenSize, d, mask, gradients[0]);
        }
    }

    /** Where the factors of the output of the time step before stand, under recurrent dropout. */
    public Slice mask() {
        return mask;
    }

    /** Where the masked output of the time step before stands, under recurrent dropout. */
    public Slice masked() {
        return masked;
    }

    /**
     * Puts recurrent dropout on: from now on the layer places {@link #mask} and {@link #masked} for each time step.
     *
     * @param gradientScratch {@code [rows, H]}, overwritten by {@link #recurrentBack}
     */
    public void maskRecurrent(Slice gradientScratch) {
        scratch = gradientScratch;
    }
}
