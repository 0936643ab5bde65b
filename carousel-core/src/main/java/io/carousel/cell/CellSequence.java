package io.carousel.cell;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.RepeatedRows;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.PackedMatrix;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all time steps of a layer, for the derivatives that are taken at once.
 *
 * <p>{@link #activation} and {@link #saved} show what {@link Cell#stepBackward} left: gradients of the pre-activations.
 */
public final class CellSequence extends CellRows {
    private static final int ALL = -1;

    private final Tape tape;
    private final Variable input;
    private final Slice x;
    private final @Nullable RepeatedRows repeated;
    private final int inputSize;
    private final IntFunction<Slice> previous;
    private final IntFunction<Slice> next;
    private final @Nullable Slice masked;
    private final Slice dx = new Slice();
    private int firstRow;
    private int weightRows = ALL;
    private @Nullable Slice summedFrom;
    private @Nullable Tensor summed;

    /**
     * The rows of a cell with these weights; activations and saved values are then placed.
     *
     * @param input {@code [N, F]}: the inputs
     * @param repeated the different ones among them; null where that is not known
     * @param previous gives a part of the state before each time step, {@code [N, size]}
     * @param next gives a part of the state after each time step, as {@link Cell#step} wrote it
     * @param masked {@code [N, H]}: the output before each time step as recurrent dropout left it; null without
     */
    public CellSequence(
            Tape tape,
            CellForm form,
            List<Parameter> weights,
            Variable input,
            @Nullable RepeatedRows repeated,
            IntFunction<Slice> previous,
            IntFunction<Slice> next,
            @Nullable Slice masked) {
        super(tape.kernels(), form, weights);
        this.tape = tape;
        this.input = input;
        this.x = input.value().slice();
        this.repeated = repeated;
        this.inputSize = form.cell().inputSize();
        this.previous = previous;
        this.next = next;
        this.masked = masked;
    }

    /**
     * Shows the rows of one time step alone, whose activations and saved values are then placed: for a layer that needs the gradient
     * of the inputs of a time step before it goes back to the one before. Time steps come last to first.
     *
     * <p>The products for the weights are left out until the first time step, and then made for the rows of all.
     *
     * @param row the first of the time step
     * @param all N
     */
    public void only(int row, int all) {
        firstRow = row;
        weightRows = row == 0 ? all : 0;
        Slice whole = input.value().slice();
        x.place(whole.array(), whole.row(row), whole.stride());
    }

    private int weightRows() {
        return weightRows == ALL ? rows() : weightRows;
    }

    /** {@code [N, F]}: the inputs. */
    public Slice x() {
        return x;
    }

    /** {@code [N, F]}: where the gradient of the inputs is added; null when it is not needed. */
    public @Nullable Slice dx() {
        if (!input.needsGradient()) {
            return null;
        }
        Slice whole = input.gradient().slice();
        dx.place(whole.array(), whole.row(firstRow), whole.stride());
        return dx;
    }

    /** A part of the state before each time step. */
    public Slice previous(int part) {
        return previous.apply(part);
    }

    /** A part of the state after each time step, as {@link Cell#step} wrote it. */
    public Slice next(int part) {
        return next.apply(part);
    }

    /** What recurrent products multiplied: the output of the time step before, masked under recurrent dropout. */
    public Slice recurrent() {
        return masked == null ? previous(0) : masked;
    }

    /**
     * {@code dW += dᵀ · operand}: the derivative of a weight matrix.
     *
     * <p>The product may be made later, together with those of other sequences: d must not be written any more.
     *
     * @param d {@code [N, rows of W]}: the gradient of the products
     * @param operand {@code [N, columns of W]}: what W multiplied
     */
    @SuppressWarnings("ReferenceEquality") // the operand is the inputs themselves, not some that are equal
    public void addWeightGradient(int weight, Slice d, Slice operand) {
        RepeatedRows different = repeated;
        if (different != null && operand == x) {
            Slice distinct = different.distinct().value().slice();
            Tensor sums = sums(different, weight(weight).tensor().rows(), d);
            tape.addWeightGradient(weight(weight), different.count(), sums.slice(), distinct);
        } else if (weightRows() > 0) {
            tape.addWeightGradient(weight(weight), weightRows(), d, operand);
        }
    }

    /** The gradient of products with the different inputs, kept for the next use of the same d. */
    @SuppressWarnings("ReferenceEquality")
    private Tensor sums(RepeatedRows different, int columns, Slice d) {
        Tensor ready = summed;
        if (ready == null || summedFrom != d || ready.columns() != columns) {
            ready = different.sum(tape, columns, d);
            summed = ready;
            summedFrom = d;
        }
        return ready;
    }

    /**
     * {@code dW += dᵀ · operand} for the weight of a {@link #blockProduct}; as {@link #addWeightGradient}.
     *
     * @param d {@code [N, rows of W]}: the gradient of the products
     * @param operand {@code [N, heads · columns of W]}: what W multiplied
     */
    public void addBlockWeightGradient(int weight, int gates, int heads, Slice d, Slice operand) {
        if (heads == 1) {
            addWeightGradient(weight, d, operand);
            return;
        }
        if (weightRows() == 0) {
            return;
        }
        Parameter w = weight(weight);
        int columns = w.tensor().columns();
        int units = w.tensor().rows() / (gates * heads);
        Slice part = new Slice();
        Slice gradient = new Slice();
        for (int head = 0; head < heads; head++) {
            part.place(operand.array(), operand.offset() + head * columns, operand.stride());
            PackedMatrix packed = tape.packedOperand(w, weightRows(), part);
            for (int block = head; block < gates * heads; block += heads) {
                gradient.place(d.array(), d.offset() + block * units, d.stride());
                tape.addWeightGradient(w, block * units, units, gradient, packed);
            }
        }
    }

    /** {@code db += Σ rows of d}, for biases that are added to the same pre-activations. */
    public void addBiasGradient(Slice d, int... biases) {
        int columns = weight(biases[0]).tensor().size();
        Tensor sum = tape.workspace().zeros(columns);
        kernels().addColumnSums(rows(), columns, d.array(), d.offset(), d.stride(), sum.data(), sum.offset());
        for (int bias : biases) {
            Tensor target = tape.gradient(weight(bias));
            kernels().add(columns, sum.data(), sum.offset(), target.data(), target.offset());
        }
    }

    /** {@code dw += Σ rows of d ⊙ operand}: the derivative of weights that multiply element by element. */
    public void addDiagonalGradient(int weight, Slice d, Slice operand) {
        Tensor target = tape.gradient(weight(weight));
        kernels().addColumnProducts(rows(), target.size(), d, operand, target.data(), target.offset());
    }

    /**
     * {@code dx += d · W}, when the gradient of the inputs is needed.
     *
     * <p>When d was given to {@link #addWeightGradient} with {@link #x} before, it must not have been written since.
     */
    public void addInputGradient(int weight, Slice d) {
        RepeatedRows different = repeated;
        if (different != null && different.distinct().needsGradient()) {
            Tensor sums = sums(different, weight(weight).tensor().rows(), d);
            Tensor dx = different.distinct().gradient();
            kernels()
                    .multiply(
                            different.count(),
                            sums.data(),
                            sums.offset(),
                            sums.columns(),
                            false,
                            weight(weight).packed(kernels()),
                            dx.data(),
                            dx.offset(),
                            dx.columns(),
                            true);
        } else {
            Slice to = dx();
            if (to != null) {
                productBack(weight, d, to, true);
            }
        }
    }

    /** F: the width of a row of the input. */
    public int inputSize() {
        return inputSize;
    }
}
