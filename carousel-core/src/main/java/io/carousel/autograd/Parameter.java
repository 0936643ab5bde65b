package io.carousel.autograd;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import io.carousel.kernel.WeightStore;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A named weight tensor of a network: a slice of the flat array that its {@link Parameters} own.
 *
 * <p>May be read by any number of threads between two calls of {@link Parameters#changed}.
 */
public final class Parameter {
    /** A smaller matrix is packed when it is asked for. */
    private static final int LARGE = 1 << 15;

    private final Parameters owner;
    private final int index;
    private final String name;
    private final Tensor tensor;
    private final boolean decays;
    private final @Nullable WeightStore store;
    private final Packing direct;
    private final Packing transposed;
    private volatile Packing[] directBlocks = {};
    private volatile Packing[] transposedBlocks = {};

    Parameter(Parameters owner, int index, String name, Tensor tensor, boolean decays, @Nullable WeightStore store) {
        this.owner = owner;
        this.index = index;
        this.name = name;
        this.tensor = tensor;
        this.decays = decays;
        this.store = store;
        direct = new Packing(false, 0, tensor.rows());
        transposed = new Packing(true, 0, tensor.rows());
    }

    /** The dotted name, unique in the network, such as {@code encoder.weight_ih_l0}. */
    public String name() {
        return name;
    }

    /** The place in {@link Parameters#list}. */
    int index() {
        return index;
    }

    public Shape shape() {
        return tensor.shape();
    }

    /** Where the parameter starts in {@link Parameters#values} and in a gradient. */
    public int offset() {
        return tensor.offset();
    }

    /** The values, shared with {@link Parameters#values}. */
    public Tensor tensor() {
        return tensor;
    }

    /** Whether weight decay applies: not to biases. */
    public boolean decays() {
        return decays;
    }

    /** The matrix {@code [rows, columns]} as the right operand of a product; packed once after each change. */
    public PackedMatrix packed(Kernels kernels) {
        return direct.current(kernels);
    }

    /** The transpose of the matrix as the right operand of a product; packed once after each change. */
    public PackedMatrix packedTranspose(Kernels kernels) {
        return transposed.current(kernels);
    }

    /**
     * One of equal blocks of rows, {@code [rows / blocks, columns]}, as the right operand of a product: a part of a
     * block-diagonal matrix. Always ask for the same number of blocks.
     */
    public PackedMatrix packed(Kernels kernels, int block, int blocks) {
        Packing[] ready = directBlocks;
        if (ready.length != blocks) {
            ready = blocks(false, blocks);
            directBlocks = ready;
        }
        return ready[block].current(kernels);
    }

    /** The transpose of a block as {@link #packed(Kernels, int, int)} has it. */
    public PackedMatrix packedTranspose(Kernels kernels, int block, int blocks) {
        Packing[] ready = transposedBlocks;
        if (ready.length != blocks) {
            ready = blocks(true, blocks);
            transposedBlocks = ready;
        }
        return ready[block].current(kernels);
    }

    private Packing[] blocks(boolean transpose, int blocks) {
        Packing[] packings = new Packing[blocks];
        int rows = tensor.rows() / blocks;
        for (int i = 0; i < blocks; i++) {
            packings[i] = new Packing(transpose, i * rows, rows);
        }
        return packings;
    }

    private PackedMatrix allocate(Kernels kernels, int rows, int columns) {
        return store == null ? kernels.allocate(rows, columns) : kernels.allocate(rows, columns, store);
    }

    @Override
    public String toString() {
        return name + " " + shape();
    }

    /** A packed form, who made it, and the version of the values that it holds: read and replaced as one. */
    private record Packed(PackedMatrix matrix, Kernels maker, long version) {
        @SuppressWarnings("ReferenceEquality") // the maker is the one instance, not an equal one
        boolean isMadeBy(Kernels kernels) {
            return maker == kernels;
        }
    }

    /** The newest packed form; threads with kernels of their own take turns, each with a matrix of its own. */
    final class Packing {
        private final boolean transpose;
        private final int firstRow;
        private final int rows;
        private volatile @Nullable Packed newest;

        Packing(boolean transpose, int firstRow, int rows) {
            this.transpose = transpose;
            this.firstRow = firstRow;
            this.rows = rows;
        }

        int size() {
            return rows * tensor.columns();
        }

        /** Packs the values anew if the last ones were packed by these kernels. */
        void renew(Kernels kernels) {
            Packed last = newest;
            if (last != null && last.isMadeBy(kernels) && last.version() == owner.version() - 1) {
                pack(kernels);
            }
        }

        PackedMatrix current(Kernels kernels) {
            Packed ready = newest;
            if (ready != null && ready.version() == owner.version() && ready.isMadeBy(kernels)) {
                return ready.matrix();
            }
            return pack(kernels);
        }

        private synchronized PackedMatrix pack(Kernels kernels) {
            Packed ready = newest;
            long version = owner.version();
            boolean ours = ready != null && ready.isMadeBy(kernels);
            if (ready != null && ours && ready.version() == version) {
                return ready.matrix();
            }
            int columns = tensor.columns();
            PackedMatrix matrix = ready != null && ours
                    ? ready.matrix()
                    : transpose ? allocate(kernels, columns, rows) : allocate(kernels, rows, columns);
            kernels.pack(tensor.data(), tensor.offset() + firstRow * columns, columns, transpose, matrix);
            newest = new Packed(matrix, kernels, version);
            if (ready == null && store == null && size() >= LARGE) {
                owner.add(this);
            }
            return matrix;
        }
    }
}
