package io.carousel.cell;

import io.carousel.autograd.Parameter;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import java.util.List;
import java.util.stream.Stream;

/**
 * The operands of one time step, as a layer hands them to its cell; the layer moves them from step to step.
 *
 * <p>All are row-major with {@link #rows} rows. {@code p} is the index of a part in {@link Cell#state}.
 *
 * <table>
 * <caption>What is read and written</caption>
 * <tr><th>operand</th><th>shape</th><th>step</th><th>stepBackward</th></tr>
 * <tr><td>activations</td><td>[rows, activations]</td><td>pre-activations in, gates out</td><td>gates in, gradient of the
 * pre-activations out</td></tr>
 * <tr><td>previous(p)</td><td>[rows, size of p]</td><td>in</td><td>in</td></tr>
 * <tr><td>next(p)</td><td>[rows, size of p]</td><td>out</td><td>in</td></tr>
 * <tr><td>saved</td><td>[rows, saved]</td><td>out</td><td>in</td></tr>
 * <tr><td>gradient(p)</td><td>[rows, size of p]</td><td></td><td>gradient of next(p) in, of previous(p) out</td></tr>
 * </table>
 */
public final class CellStep {
    private final Kernels kernels;
    private final List<Parameter> weights;
    private final Slice activations = new Slice();
    private final Slice saved = new Slice();
    private final Slice[] previous;
    private final Slice[] next;
    private final Slice[] gradients;
    private int rows;

    /** A step of a cell with these weights, whose operands are then placed. */
    public CellStep(Kernels kernels, List<Parameter> weights, int stateParts) {
        this.kernels = kernels;
        this.weights = weights;
        previous = slices(stateParts);
        next = slices(stateParts);
        gradients = slices(stateParts);
    }

    private static Slice[] slices(int count) {
        return Stream.generate(Slice::new).limit(count).toArray(Slice[]::new);
    }

    public Kernels kernels() {
        return kernels;
    }

    /** The weight with that index in {@link Cell#weights}. */
    public Parameter weight(int index) {
        return weights.get(index);
    }

    /** The number of sequences that are alive. */
    public int rows() {
        return rows;
    }

    /** Says how many sequences are alive. */
    public void setRows(int count) {
        rows = count;
    }

    public Slice activations() {
        return activations;
    }

    public Slice saved() {
        return saved;
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
}
