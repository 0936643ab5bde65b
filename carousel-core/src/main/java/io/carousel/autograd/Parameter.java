package io.carousel.autograd;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A named weight tensor of a network: a slice of the flat array that its {@link Parameters} own.
 *
 * <p>May be read by any number of threads between two calls of {@link Parameters#changed}.
 */
public final class Parameter {
    private final Parameters owner;
    private final String name;
    private final Tensor tensor;
    private final boolean decays;
    private final Packing direct = new Packing(false);
    private final Packing transposed = new Packing(true);

    Parameter(Parameters owner, String name, Tensor tensor, boolean decays) {
        this.owner = owner;
        this.name = name;
        this.tensor = tensor;
        this.decays = decays;
    }

    /** The dotted name, unique in the network, such as {@code encoder.weight_ih_l0}. */
    public String name() {
        return name;
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
    private final class Packing {
        private final boolean transpose;
        private volatile @Nullable Packed newest;

        Packing(boolean transpose) {
            this.transpose = transpose;
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
            int rows = tensor.rows();
            int columns = tensor.columns();
            PackedMatrix matrix = ready != null && ours
                    ? ready.matrix()
                    : transpose ? kernels.allocate(columns, rows) : kernels.allocate(rows, columns);
            kernels.pack(tensor.data(), tensor.offset(), columns, transpose, matrix);
            newest = new Packed(matrix, kernels, version);
            return matrix;
        }
    }
}
