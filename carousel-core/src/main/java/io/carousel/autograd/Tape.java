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
    private float @Nullable [] gradient;

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
        gradient = parameterGradient;
    }

    /** Starts a round that does not record: no derivative will be asked for. */
    public void begin() {
        steps.clear();
        workspace.reset();
        copies.reset();
        gradient = null;
    }

    /** Whether operations record themselves in this round. */
    public boolean recording() {
        return gradient != null;
    }

    /** A variable without a gradient. */
    public Variable constant(Tensor value) {
        return new Variable(value, false, workspace, null);
    }

    /** A variable with a gradient of its own, such as an input whose derivative is asked for. */
    public Variable variable(Tensor value) {
        return new Variable(value, recording(), workspace, null);
    }

    /** The parameter as a variable whose gradient stands in the array given to {@link #begin(float[])}. */
    public Variable parameter(Parameter parameter) {
        float[] target = gradient;
        return target == null
                ? constant(parameter.tensor())
                : new Variable(
                        parameter.tensor(), true, workspace, new Tensor(parameter.shape(), target, parameter.offset()));
    }

    /**
     * {@code weight ⊙ mask} as a parameter of this round, which may be packed and multiplied like its weight.
     *
     * <p>It has no gradient of its own: who takes a derivative by it adds that to the weight's, through the mask.
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
        Variable output = new Variable(value, needed, workspace, null);
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

    /** Packs {@code [rows, columns]} of an operand for one product; the next call overwrites it. */
    public PackedMatrix packed(Slice source, int rows, int columns) {
        PackedMatrix matrix = scratch;
        if (matrix == null) {
            matrix = kernels.allocate(rows, columns);
            scratch = matrix;
        } else {
            matrix.resize(rows, columns);
        }
        kernels.pack(source.array(), source.offset(), source.stride(), false, matrix);
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
