package io.carousel.cell;

import static java.util.Objects.requireNonNull;

import io.carousel.autograd.Parameter;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import io.carousel.kernel.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inputs of many time steps at once, for {@link Cell#input}. */
public final class CellInput extends CellRows {
    /** Rows that start from the biases and are multiplied while they are in the second cache. */
    private static final int BLOCK = 64;

    private static final int NONE = -1;

    private final Slice x = new Slice();
    private final Slice block = new Slice();
    private final Slice lastColumn = new Slice();
    private final int inputSize;
    private boolean waits;
    private int waitingWeight = NONE;
    private @Nullable Slice waitingTo;

    /** Inputs of a cell with these weights, which are then placed. */
    public CellInput(Kernels kernels, CellForm form, List<Parameter> weights) {
        super(kernels, form, weights);
        inputSize = form.cell().inputSize();
    }

    /** {@code [rows, F]}. */
    public Slice x() {
        return x;
    }

    /** {@code [rows, 1]}: the last feature of the inputs. */
    public Slice lastColumn() {
        return lastColumn;
    }

    /** Says where the inputs start. */
    public void placeInput(float[] array, int offset) {
        x.place(array, offset, inputSize);
        lastColumn.place(array, offset + inputSize - 1, inputSize);
    }

    /** {@code to = x · Wᵀ + b}: the usual start of pre-activations. */
    public void inputProduct(int weight, Slice to, int bias) {
        start(weight, to);
        int width = weight(bias).shape().size();
        for (int row = 0; row < rows(); row += BLOCK) {
            int count = Math.min(BLOCK, rows() - row);
            block.place(to.array(), to.row(row), to.stride());
            kernels().copy(count, width, vector(bias), block);
            addProduct(weight, row, count, to);
        }
    }

    /** {@code to = x · Wᵀ + (b + d)}, with two biases as in PyTorch. */
    public void inputProduct(int weight, Slice to, int bias, int recurrentBias) {
        start(weight, to);
        int width = weight(bias).shape().size();
        for (int row = 0; row < rows(); row += BLOCK) {
            int count = Math.min(BLOCK, rows() - row);
            block.place(to.array(), to.row(row), to.stride());
            kernels().add(count, width, vector(bias), vector(recurrentBias), block);
            addProduct(weight, row, count, to);
        }
    }

    /** Lets the last product wait until {@link CellStep#join} has it: for a cell that begins its steps with the recurrent one. */
    public void letProductWait() {
        waits = true;
    }

    private void start(int weight, Slice to) {
        if (isWaiting()) {
            product(waitingWeight, x, requireNonNull(waitingTo), true);
        }
        waitingWeight = waits ? weight : NONE;
        waitingTo = to;
    }

    private void addProduct(int weight, int row, int count, Slice to) {
        if (!waits) {
            product(weight, row, count, x, to, true);
        }
    }

    /** Whether a product waits. */
    boolean isWaiting() {
        return waitingWeight != NONE;
    }

    /** The product that waits, and after it one of another operand; see {@link Kernels#multiplyTwo}. */
    void finishWith(boolean back, Slice from, PackedMatrix matrix, Slice to) {
        PackedMatrix waiting = weight(waitingWeight).packedTranspose(kernels());
        kernels().multiplyTwo(rows(), back, x, waiting, requireNonNull(waitingTo), from, matrix, to);
        waitingWeight = NONE;
    }
}
