package io.carousel.cell;

import io.carousel.autograd.Parameter;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import java.util.List;

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

    /** A step of a cell with these weights, whose operands are then placed. */
    public CellStep(Kernels kernels, Cell cell, List<Parameter> weights) {
        super(kernels, cell, weights);
        int parts = cell.state().size();
        previous = slices(parts);
        next = slices(parts);
        gradients = slices(parts);
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

    /** What recurrent products multiply: the output of the time step before. */
    public Slice recurrent() {
        return previous[0];
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
        productBack(weight, d, gradients[0], accumulate);
    }
}
