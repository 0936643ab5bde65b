package io.carousel.cell;

import static io.carousel.cell.LstmFamily.BIAS_HH;
import static io.carousel.cell.LstmFamily.CANDIDATE;
import static io.carousel.cell.LstmFamily.CELL;
import static io.carousel.cell.LstmFamily.FORGET_GATE;
import static io.carousel.cell.LstmFamily.HIDDEN;
import static io.carousel.cell.LstmFamily.INPUT_GATE;
import static io.carousel.cell.LstmFamily.WEIGHT_HH;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import java.util.List;

/**
 * A {@link PeepholeCell} without an output gate: the output is the squashed cell state.
 *
 * <pre>{@code
 * i = σ(W_i x + b_i + R_i h + d_i + p_i ⊙ c)    input gate
 * f = σ(W_f x + b_f + R_f h + d_f + p_f ⊙ c)    forget gate
 * g = tanh(W_g x + b_g + R_g h + d_g)           candidate
 * c' = f ⊙ c + i ⊙ g                            cell state
 * h' = tanh(c')                                 hidden state, the output
 * }</pre>
 *
 * <p>Weights: {@code weight_ih [3H, F]}, {@code weight_hh [3H, H]}, {@code bias_ih [3H]}, {@code bias_hh [3H]}, blocks in the
 * order i, f, g; then the peepholes {@code weight_ci [H]}, {@code weight_cf [H]}. They start as those of {@link
 * PeepholeCell}.
 *
 * <p>Source: the variant NOG of Greff, Srivastava, Koutník, Steunebrink, Schmidhuber, <i>LSTM: A Search Space Odyssey</i>, 2015.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record NoOutputGateCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "no-output-gate";

    private static final List<String> GATES = List.of(INPUT_GATE, FORGET_GATE, CANDIDATE);
    private static final int WEIGHT_CI = BIAS_HH + 1;
    private static final int WEIGHT_CF = BIAS_HH + 2;

    public NoOutputGateCell {
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
        return LstmFamily.weights(inputSize, hiddenSize, GATES, INPUT_GATE, FORGET_GATE);
    }

    @Override
    public List<Block> activations() {
        return LstmFamily.gates(hiddenSize, GATES);
    }

    @Override
    public List<Block> saved() {
        return List.of();
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
        Slice f = s.activation(1);
        Slice g = s.activation(2);
        Slice c = s.next(CELL);
        s.recurrentProduct(WEIGHT_HH, i, true);
        k.multiplyAdd(rows, n, s.previous(CELL), s.vector(WEIGHT_CI), i);
        k.multiplyAdd(rows, n, s.previous(CELL), s.vector(WEIGHT_CF), f);
        k.sigmoid(rows, 2 * n, i, i);
        k.tanh(rows, n, g, g);
        k.gatedSum(rows, n, f, s.previous(CELL), i, g, c);
        k.tanh(rows, n, c, s.next(HIDDEN));
    }

    @Override
    public void stepBackward(CellStep s) {
        Kernels k = s.kernels();
        int rows = s.rows();
        int n = hiddenSize;
        Slice i = s.activation(0);
        Slice f = s.activation(1);
        Slice g = s.activation(2);
        Slice dh = s.gradient(HIDDEN);
        Slice dc = s.gradient(CELL);
        k.tanhGradient(rows, n, dh, s.next(HIDDEN), dh);
        k.add(rows, n, dc, dh, dc);
        k.inputGateGradient(rows, n, dc, i, g);
        k.forgetGateGradient(rows, n, dc, s.previous(CELL), f);
        k.multiplyAdd(rows, n, i, s.vector(WEIGHT_CI), dc);
        k.multiplyAdd(rows, n, f, s.vector(WEIGHT_CF), dc);
        s.recurrentBack(WEIGHT_HH, i, false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        LstmFamily.sequenceBackward(s);
        s.addDiagonalGradient(WEIGHT_CI, s.activation(0), s.previous(CELL));
        s.addDiagonalGradient(WEIGHT_CF, s.activation(1), s.previous(CELL));
    }
}
