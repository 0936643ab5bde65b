package io.carousel.cell;

import static io.carousel.cell.LstmFamily.CANDIDATE;
import static io.carousel.cell.LstmFamily.CELL;
import static io.carousel.cell.LstmFamily.HIDDEN;
import static io.carousel.cell.LstmFamily.INPUT_GATE;
import static io.carousel.cell.LstmFamily.OUTPUT_GATE;
import static io.carousel.cell.LstmFamily.WEIGHT_HH;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import java.util.List;

/**
 * A long short-term memory cell as first published, without a forget gate: what is in the cell stays until the input gate adds
 * to it.
 *
 * <pre>{@code
 * i = σ(W_i x + b_i + R_i h + d_i)      input gate
 * g = tanh(W_g x + b_g + R_g h + d_g)   candidate
 * o = σ(W_o x + b_o + R_o h + d_o)      output gate
 * c' = c + i ⊙ g                        cell state
 * h' = o ⊙ tanh(c')                     hidden state, the output
 * }</pre>
 *
 * <p>Weights: {@code weight_ih [3H, F]}, {@code weight_hh [3H, H]}, {@code bias_ih [3H]}, {@code bias_hh [3H]}, blocks in the
 * order i, g, o. At first the input weights are Glorot's, the recurrent ones orthogonal, the biases 0.
 *
 * <p>Source: Hochreiter, Schmidhuber, <i>Long Short-Term Memory</i>, 1997. What differs from the paper: it squashes the
 * candidate into (-2, 2), {@code g(z) = 4 σ(z) - 2 = 2 tanh(z / 2)}, and the cell by {@code h(c) = 2 σ(c) - 1 = tanh(c / 2)},
 * where this cell has tanh for both; a memory cell block has one cell here; and derivatives are those of the whole sequence,
 * not cut where they leave a memory cell.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record Lstm1997Cell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "lstm-1997";

    private static final List<String> GATES = List.of(INPUT_GATE, CANDIDATE, OUTPUT_GATE);

    public Lstm1997Cell {
        Sizes.require(NAME, inputSize, hiddenSize, 3);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<StatePart> state() {
        return LstmFamily.state(hiddenSize);
    }

    @Override
    public List<CellWeight> weights() {
        return LstmFamily.weights(inputSize, hiddenSize, GATES);
    }

    @Override
    public List<Block> activations() {
        return LstmFamily.gates(hiddenSize, GATES);
    }

    @Override
    public List<Block> saved() {
        return LstmFamily.savedTanh(hiddenSize);
    }

    @Override
    public boolean beginsWithRecurrentProduct() {
        return true;
    }

    @Override
    public void input(CellInput s) {
        LstmFamily.input(s);
    }

    @Override
    public void step(CellStep s) {
        Kernels k = s.kernels();
        int rows = s.rows();
        int n = hiddenSize;
        Slice i = s.activation(0);
        Slice g = s.activation(1);
        Slice o = s.activation(2);
        Slice c = s.next(CELL);
        Slice tanhC = s.saved(0);
        s.recurrentProduct(WEIGHT_HH, i, true);
        k.sigmoid(rows, n, i, i);
        k.tanh(rows, n, g, g);
        k.sigmoid(rows, n, o, o);
        k.copy(rows, n, s.previous(CELL), c);
        k.multiplyAdd(rows, n, i, g, c);
        k.tanh(rows, n, c, tanhC);
        k.multiply(rows, n, o, tanhC, s.next(HIDDEN));
    }

    @Override
    public void stepBackward(CellStep s) {
        Kernels k = s.kernels();
        int rows = s.rows();
        int n = hiddenSize;
        Slice i = s.activation(0);
        Slice g = s.activation(1);
        Slice o = s.activation(2);
        Slice tanhC = s.saved(0);
        Slice dh = s.gradient(HIDDEN);
        Slice dc = s.gradient(CELL);
        k.addTanhGradient(rows, n, dh, o, tanhC, dc);
        k.sigmoidGradient(rows, n, dh, tanhC, o, o);
        k.inputGateGradient(rows, n, dc, i, g);
        s.recurrentBack(WEIGHT_HH, i, false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        LstmFamily.sequenceBackward(s);
    }
}
