package io.carousel.cell;

import io.carousel.autograd.Parameter;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
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
    private final Slice[] unclipped;
    private final int[] offsets;
    private final int width;
    private float limit;
    private boolean keepsUnclipped;
    private @Nullable CellInput input;
    private boolean back;

    /** A step of a cell with these weights, whose operands are then placed. */
    public CellStep(Kernels kernels, CellForm form, List<Parameter> weights) {
        super(kernels, form, weights);
        int parts = form.state().size();
        previous = slices(parts);
        next = slices(parts);
        gradients = slices(parts);
        hiddenSize = form.cell().hiddenSize();
        int[] sizes = form.activationSizes();
        unclipped = slices(sizes.length);
        offsets = new int[sizes.length];
        int at = 0;
        for (int k = 0; k < offsets.length; k++) {
            offsets[k] = at;
            at += sizes[k];
        }
        width = at;
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
        if (input == null || !input.isWaiting()) {
            product(weight, recurrent(), to, accumulate);
            return;
        }
        PackedMatrix matrix = weight(weight).packedTranspose(kernels());
        if (!accumulate) {
            kernels().fill(rows(), matrix.columns(), 0f, to);
        }
        back = !back;
        input.finishWith(back, recurrent(), matrix, to);
    }

    /**
     * Checks after a step that no product of the input waits any longer.
     *
     * @throws IllegalStateException when one does
     */
    public void requireJoined() {
        if (input != null && input.isWaiting()) {
            throw new IllegalStateException("step of cell must begin with recurrentProduct, as its"
                    + " beginsWithRecurrentProduct says, got none; let that say false");
        }
    }

    /** Lets the product of the input wait for the first recurrent one of each step, where the cell allows it. */
    public void join(CellInput inputs) {
        inputs.letProductWait();
        input = inputs;
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

    /** Whether the inputs of activation functions are bounded. */
    public boolean clips() {
        return limit > 0;
    }

    /**
     * Bounds pre-activations just before their activation function; does nothing without a limit.
     *
     * @param k the block of activations where they begin
     * @param n how many columns, over several blocks as well
     */
    public void clip(int k, int n) {
        if (limit > 0) {
            if (keepsUnclipped) {
                kernels().copy(rows(), n, activation(k), unclipped[k]);
            }
            kernels().clip(rows(), n, limit, activation(k), activation(k));
        }
    }

    /**
     * The derivative of {@link #clip}: makes a gradient 0 where the pre-activation was beyond the limit.
     *
     * @param k the block of activations where the pre-activations stood
     * @param d {@code [rows, n]}: the gradient of the bounded pre-activations in, of the others out
     */
    public void clipGradient(int k, int n, Slice d) {
        if (limit > 0) {
            kernels().clipGradient(rows(), n, limit, d, unclipped[k], d);
        }
    }

    /** Sets a limit for the inputs of activation functions; {@link #clipGradient} then needs {@link #keepUnclipped}. */
    public void clipActivations(float bound) {
        limit = bound;
    }

    /** Says where pre-activations are kept as they were before they were bounded, rows of the width of all activations. */
    public void keepUnclipped(float[] array, int offset) {
        keepsUnclipped = true;
        for (int k = 0; k < unclipped.length; k++) {
            unclipped[k].place(array, offset + offsets[k], width);
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
