package io.carousel.cell;

import io.carousel.autograd.Parameter;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;
import java.util.List;

/**
 * Rows of a layer, as it hands them to its cell: activations and saved values in the cell's blocks, and its weights.
 *
 * <p>All operands are row-major with {@link #rows} rows. The layer places them; a cell reads and writes what they show.
 */
public abstract sealed class CellRows permits CellInput, CellStep, CellSequence {
    private final Kernels kernels;
    private final List<Parameter> weights;
    private final int[] activationSizes;
    private final int[] savedSizes;
    private final Slice[] activations;
    private final Slice[] saved;
    private final Slice[] vectors;
    private final Slice[] vectorTails;
    private int rows;

    CellRows(Kernels kernels, CellForm form, List<Parameter> weights) {
        this.kernels = kernels;
        this.weights = weights;
        activationSizes = form.activationSizes();
        savedSizes = form.savedSizes();
        activations = slices(activationSizes.length);
        saved = slices(savedSizes.length);
        vectors = slices(weights.size());
        vectorTails = slices(weights.size());
        for (int i = 0; i < vectors.length; i++) {
            Tensor values = weights.get(i).tensor();
            vectors[i].place(values.data(), values.offset(), 0);
        }
    }

    // Loops and not streams: this runs for every layer of every shard, and streams allocate.

    static Slice[] slices(int count) {
        Slice[] slices = new Slice[count];
        for (int i = 0; i < count; i++) {
            slices[i] = new Slice();
        }
        return slices;
    }

    public Kernels kernels() {
        return kernels;
    }

    /** The weight with that index in {@link Cell#weights}. */
    public Parameter weight(int index) {
        return weights.get(index);
    }

    /** A weight vector as an operand that has the same values in every row. */
    public Slice vector(int index) {
        return vectors[index];
    }

    /** The same from element {@code from} on; until it is asked for with another {@code from}. */
    public Slice vector(int index, int from) {
        Slice whole = vectors[index];
        vectorTails[index].place(whole.array(), whole.offset() + from, 0);
        return vectorTails[index];
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** Block {@code k} of {@link Cell#activations}; its stride is the width of all blocks. */
    public Slice activation(int k) {
        return activations[k];
    }

    /** Block {@code k} of {@link Cell#saved}; its stride is the width of all blocks. */
    public Slice saved(int k) {
        return saved[k];
    }

    /** {@code to = from · Wᵀ}, or {@code to += from · Wᵀ}: the forward product of a weight matrix. */
    public void product(int weight, Slice from, Slice to, boolean accumulate) {
        product(weight, 0, rows, from, to, accumulate);
    }

    /** {@link #product(int, Slice, Slice, boolean)} for some of the rows. */
    final void product(int weight, int first, int count, Slice from, Slice to, boolean accumulate) {
        kernels.multiply(
                count,
                from.array(),
                from.row(first),
                from.stride(),
                false,
                weights.get(weight).packedTranspose(kernels),
                to.array(),
                to.row(first),
                to.stride(),
                accumulate);
    }

    /** {@code to = d · W}, or {@code to += d · W}: the gradient of what a weight matrix was multiplied by. */
    public void productBack(int weight, Slice d, Slice to, boolean accumulate) {
        kernels.multiply(
                rows,
                d.array(),
                d.offset(),
                d.stride(),
                false,
                weights.get(weight).packed(kernels),
                to.array(),
                to.offset(),
                to.stride(),
                accumulate);
    }

    /**
     * {@code to = from · Wᵀ}, or {@code to += from · Wᵀ}, for gates whose W is block-diagonal: the units of a head are
     * multiplied by that head's part of {@code from} only.
     *
     * @param weight {@code [gates · K · h, h']}: for each gate the rows of head after head, K heads in all
     * @param from {@code [rows, K h']}
     * @param to {@code [rows, gates · K · h]}
     */
    public void blockProduct(int weight, int gates, int heads, Slice from, Slice to, boolean accumulate) {
        if (heads == 1) {
            product(weight, from, to, accumulate);
            return;
        }
        Parameter w = weights.get(weight);
        int units = w.tensor().rows() / (gates * heads);
        for (int block = 0; block < gates * heads; block++) {
            kernels.multiply(
                    rows,
                    from.array(),
                    from.offset() + block % heads * w.tensor().columns(),
                    from.stride(),
                    false,
                    w.packedTranspose(kernels, block, gates * heads),
                    to.array(),
                    to.offset() + block * units,
                    to.stride(),
                    accumulate);
        }
    }

    /** {@code to = d · W}, or {@code to += d · W}: the gradient of what {@link #blockProduct} was given. */
    public void blockProductBack(int weight, int gates, int heads, Slice d, Slice to, boolean accumulate) {
        if (heads == 1) {
            productBack(weight, d, to, accumulate);
            return;
        }
        Parameter w = weights.get(weight);
        int units = w.tensor().rows() / (gates * heads);
        for (int block = 0; block < gates * heads; block++) {
            kernels.multiply(
                    rows,
                    d.array(),
                    d.offset() + block * units,
                    d.stride(),
                    false,
                    w.packed(kernels, block, gates * heads),
                    to.array(),
                    to.offset() + block % heads * w.tensor().columns(),
                    to.stride(),
                    accumulate || block >= heads);
        }
    }

    /** Says how many rows there are, and where those of the activations and the saved values start. */
    public void place(int count, float[] activationRows, int activationOffset, float[] savedRows, int savedOffset) {
        rows = count;
        placeBlocks(activations, activationSizes, activationRows, activationOffset);
        placeBlocks(saved, savedSizes, savedRows, savedOffset);
    }

    private static void placeBlocks(Slice[] blocks, int[] sizes, float[] array, int offset) {
        int stride = 0;
        for (int size : sizes) {
            stride += size;
        }
        int at = offset;
        for (int k = 0; k < sizes.length; k++) {
            blocks[k].place(array, at, stride);
            at += sizes[k];
        }
    }
}
