package io.carousel.cell;

import io.carousel.autograd.Parameter;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import java.util.List;

/** The inputs of many time steps at once, for {@link Cell#input}. */
public final class CellInput extends CellRows {
    private final Slice x = new Slice();
    private final Slice lastColumn = new Slice();
    private final int inputSize;

    /** Inputs of a cell with these weights, which are then placed. */
    public CellInput(Kernels kernels, Cell cell, List<Parameter> weights) {
        super(kernels, cell, weights);
        inputSize = cell.inputSize();
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

    /** {@code to = x · Wᵀ + Σ biases}: the usual start of pre-activations. */
    public void inputProduct(int weight, Slice to, int... biases) {
        fillBiases(to, biases);
        product(weight, x, to, true);
    }

    /** Each row of {@code to} becomes the sum of the biases. */
    private void fillBiases(Slice to, int... biases) {
        if (rows() == 0) {
            return;
        }
        int width = weight(biases[0]).tensor().size();
        System.arraycopy(weight(biases[0]).tensor().data(), weight(biases[0]).offset(), to.array(), to.offset(), width);
        for (int i = 1; i < biases.length; i++) {
            kernels()
                    .add(
                            width,
                            weight(biases[i]).tensor().data(),
                            weight(biases[i]).offset(),
                            to.array(),
                            to.offset());
        }
        kernels().broadcastRow(rows() - 1, width, to.array(), to.offset(), to.array(), to.row(1), to.stride());
    }
}
