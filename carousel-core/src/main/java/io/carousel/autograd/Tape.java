package io.carousel.autograd;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of operations in the order in which they ran, to be walked backwards.
 *
 * <p>One round is: {@link #begin(float[])}, operations (each records itself), {@link #backward}. Tensors taken from the
 * tape's workspace, and its variables, live until the next {@code begin}. Belongs to one thread.
 */
public final class Tape {
    private final Kernels kernels;
    private final Workspace workspace;
    private final List<Runnable> steps = new ArrayList<>();
    private final WeightCopies copies = new WeightCopies();
    private @Nullable PackedMatrix scratch;
    private @Nullable PackedMatrix passing;
    private @Nullable ParameterGradients gradients;

    public Tape(Kernels kernels, Workspace workspace) {
        this.kernels = kernels;
        this.workspace = workspace;
    }

    public Kernels kernels() {
        return kernels;
    }

    public Workspace workspace() {
        return workspace;
    }

    /**
     * Starts a round that records.
     *
     * @param parameterGradient where the derivatives of parameters are added, parallel to {@link Parameters#values}
     */
    public void begin(float[] parameterGradient) {
        begin();
        gradients = new FlatGradient(kernels, parameterGradient);
    }

    /**
     * Starts a round that records a shard of a {@link GradientSum}.
     *
     * @param shard begins anew with the tape; the tape's round lasts until its sum is made
     */
    public void begin(ShardGradient shard) {
        begin();
        shard.begin();
        gradients = shard;
    }

    /** Starts a round that does not record: no derivative will be asked for. */
    public void begin() {
        steps.clear();
        workspace.reset();
        copies.reset();
        gradients = null;
    }

    /** Whether operations record themselves in this round. */
    public boolean recording() {
        return gradients != null;
    }

    /** A variable without a gradient. */
    public Variable constant(Tensor value) {
        return new Variable(value, false, workspace);
    }

    /** A variable with a gradient of its own, such as an input whose derivative is asked for. */
    public Variable variable(Tensor value) {
        return new Variable(value, recording(), workspace);
    }

    /** The parameter as a variable whose gradient is {@link #gradient(Parameter)}. */
    public Variable parameter(Parameter parameter) {
        return recording()
                ? new Variable(parameter.tensor(), workspace, this, parameter)
                : constant(parameter.tensor());
    }

    /**
     * The gradient of a parameter, or of a {@linkplain #masked masked} copy, to which derivatives add.
     *
     * <p>In a training each shard keeps such a tensor for itself, so ask for it only where {@link #addWeightGradient} and
     * {@link #addRowGradients}, which need none for a large matrix, cannot say what is to be added.
     *
     * @throws IllegalStateException when this round does not record
     */
    public Tensor gradient(Parameter parameter) {
        Tensor own = copies.gradient(parameter, workspace);
        return own != null ? own : gradients().dense(parameter);
    }

    /**
     * {@code dW += dᵀ · x}: the derivative of a weight matrix, {@code y = x Wᵀ}.
     *
     * <p>In a training the product may be made after the whole backward pass, together with those of other shards: d must
     * stay as it is until the tape begins anew, as what is taken from its workspace does. x is packed at once.
     *
     * @param weight {@code [O, F]}
     * @param rows N
     * @param d {@code [N, O]}: the gradient of y
     * @param x {@code [N, F]}
     * @throws IllegalStateException when this round does not record
     */
    public void addWeightGradient(Parameter weight, int rows, Slice d, Slice x) {
        Tensor w = weight.tensor();
        addWeightGradient(weight, 0, w.rows(), d, packedOperand(weight, rows, x));
    }

    /**
     * {@link #addWeightGradient(Parameter, int, Slice, Slice)} for some rows of the matrix.
     *
     * @param firstRow the first row of the matrix
     * @param count the rows of the matrix
     * @param d {@code [N, count]}: the gradient of their outputs
     * @param x {@code [N, F]}, from {@link #packedOperand}
     */
    public void addWeightGradient(Parameter weight, int firstRow, int count, Slice d, PackedMatrix x) {
        addWeightGradient(weight, firstRow, count, d, true, x);
    }

    /**
     * {@link #addWeightGradient(Parameter, int, int, Slice, PackedMatrix)}, where d may stand as its product reads it.
     *
     * @param transposed whether d is {@code [N, count]}; if not, it is {@code [count, N]}
     */
    public void addWeightGradient(
            Parameter weight, int firstRow, int count, Slice d, boolean transposed, PackedMatrix x) {
        Tensor own = copies.gradient(weight, workspace);
        if (own != null) {
            FlatGradient.addProduct(kernels, own, firstRow, count, d.array(), d.offset(), d.stride(), transposed, x);
        } else {
            gradients().addProduct(weight, firstRow, count, d.array(), d.offset(), d.stride(), transposed, x);
        }
    }

    /**
     * Packs what a weight matrix multiplied, for its derivative.
     *
     * @param x {@code [rows, columns of the matrix]}
     * @return to be used before the next call
     */
    public PackedMatrix packedOperand(Parameter weight, int rows, Slice x) {
        int columns = weight.tensor().columns();
        boolean copy = copies.gradient(weight, workspace) != null;
        PackedMatrix kept = copy ? null : gradients().operand(weight, rows, columns);
        PackedMatrix matrix = kept;
        if (matrix == null) {
            scratch = sized(scratch, rows, columns);
            matrix = scratch;
        }
        kernels.pack(x.array(), x.offset(), x.stride(), false, matrix);
        return matrix;
    }

    /**
     * Row {@code rows[i]} of the gradient of a matrix {@code += } row i of d: the derivative of a matrix of which some rows
     * were read, such as the table of an embedding.
     *
     * <p>Of a large matrix a training then neither clears nor adds the rows that nobody read, and does not update them where
     * the optimiser leaves weights without a gradient as they are: plain gradient descent and Adagrad, without weight decay.
     * Others, such as Adam, move such weights too, and update them all.
     *
     * @param weight {@code [V, E]}
     * @param rows from 0 to below V, in any order and as often as one likes; copied
     * @param d {@code [rows.length, E]}; copied
     * @throws IllegalStateException when this round does not record
     */
    public void addRowGradients(Parameter weight, int[] rows, Tensor d) {
        gradients().addRows(weight, rows, d);
    }

    private ParameterGradients gradients() {
        ParameterGradients found = gradients;
        if (found == null) {
            throw new IllegalStateException("a tape must record to take gradients; begin it with a gradient array");
        }
        return found;
    }

    /**
     * {@code weight ⊙ mask} as a parameter of this round, which may be packed and multiplied like its weight.
     *
     * <p>Its {@link #gradient} is its own: who takes a derivative by it adds that to the weight's, through the mask.
     */
    public Parameter masked(Parameter weight, Tensor mask) {
        Parameters copy = copies.take(weight);
        Tensor values = weight.tensor();
        kernels.multiplyElements(
                values.size(), values.data(), values.offset(), mask.data(), mask.offset(), copy.values(), 0);
        copy.changed();
        return copy.list().get(0);
    }

    /** Records an operation with one output; the step is skipped when nothing needs it. */
    public Variable record(Tensor value, BackwardStep step, Variable... inputs) {
        boolean needed = recording() && anyNeedsGradient(inputs);
        Variable output = new Variable(value, needed, workspace);
        if (needed) {
            steps.add(() -> {
                if (output.hasGradient()) {
                    step.run(output.gradient());
                }
            });
        }
        return output;
    }

    /** Records the derivative of an operation with several outputs, each made with {@link #variable}. */
    public void record(Runnable step) {
        if (recording()) {
            steps.add(step);
        }
    }

    /**
     * Walks the record backwards from a scalar, whose own derivative is 1.
     *
     * @throws IllegalStateException when this round does not record
     */
    public void backward(Variable scalar) {
        if (!recording()) {
            throw new IllegalStateException("a tape must record to go backward; begin it with a gradient array");
        }
        if (scalar.value().size() != 1) {
            throw new IllegalArgumentException("backward must start at a scalar, got shape "
                    + scalar.value().shape() + "; sum it first");
        }
        if (!scalar.needsGradient()) {
            return;
        }
        scalar.gradient().fill(1);
        for (int i = steps.size() - 1; i >= 0; i--) {
            steps.get(i).run();
        }
    }

    /**
     * Packs an operand of {@code [rows, columns]} for products that are made at once; the next call overwrites it.
     *
     * @param transposed whether the source is {@code [columns, rows]}
     */
    public PackedMatrix packed(Slice source, int rows, int columns, boolean transposed) {
        passing = sized(passing, rows, columns);
        kernels.pack(source.array(), source.offset(), source.stride(), transposed, passing);
        return passing;
    }

    private PackedMatrix sized(@Nullable PackedMatrix held, int rows, int columns) {
        PackedMatrix matrix = held;
        if (matrix == null) {
            matrix = kernels.allocate(rows, columns);
        } else {
            matrix.resize(rows, columns);
        }
        return matrix;
    }

    private static boolean anyNeedsGradient(Variable[] inputs) {
        for (Variable input : inputs) {
            if (input.needsGradient()) {
                return true;
            }
        }
        return false;
    }
}
