package io.carousel.cell;

import static io.carousel.cell.LstmFamily.BIAS_HH;
import static io.carousel.cell.LstmFamily.CANDIDATE;
import static io.carousel.cell.LstmFamily.CELL;
import static io.carousel.cell.LstmFamily.FORGET_GATE;
import static io.carousel.cell.LstmFamily.HIDDEN;
import static io.carousel.cell.LstmFamily.INPUT_GATE;
import static io.carousel.cell.LstmFamily.OUTPUT_GATE;
import static io.carousel.cell.LstmFamily.WEIGHT_HH;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import java.util.List;

/**
 * An LSTM whose gates see the cell state through peepholes: what the <i>Search Space Odyssey</i> calls vanilla.
 *
 * <pre>{@code
 * i = σ(W_i x + b_i + R_i h + d_i + p_i ⊙ c)    input gate
 * f = σ(W_f x + b_f + R_f h + d_f + p_f ⊙ c)    forget gate
 * g = tanh(W_g x + b_g + R_g h + d_g)           candidate
 * c' = f ⊙ c + i ⊙ g                            cell state
 * o = σ(W_o x + b_o + R_o h + d_o + p_o ⊙ c')   output gate, which sees the new cell state
 * h' = o ⊙ tanh(c')                             hidden state, the output
 * }</pre>
 *
 * <p>Weights as those of {@link LstmCell}: {@code weight_ih [4H, F]}, {@code weight_hh [4H, H]}, {@code bias_ih [4H]}, {@code
 * bias_hh [4H]}, blocks in the order i, f, g, o; then the peepholes {@code weight_ci [H]}, {@code weight_cf [H]}, {@code
 * weight_co [H]}, which start at 0. The operator LSTM of ONNX with its input P is the same cell, but stacks blocks in the
 * order i, o, f, g and peepholes in the order i, o, f.
 *
 * <p>Source: Gers, Schraudolph, Schmidhuber, <i>Learning Precise Timing with LSTM Recurrent Networks</i>, 2002; Greff,
 * Srivastava, Koutník, Steunebrink, Schmidhuber, <i>LSTM: A Search Space Odyssey</i>, 2015. Unlike 2002, derivatives are
 * those of the whole sequence, and inputs and outputs are squashed by tanh.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record PeepholeCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "peephole";

    private static final List<String> GATES = List.of(INPUT_GATE, FORGET_GATE, CANDIDATE, OUTPUT_GATE);
    private static final int WEIGHT_CI = BIAS_HH + 1;
    private static final int WEIGHT_CF = BIAS_HH + 2;
    private static final int WEIGHT_CO = BIAS_HH + 3;

    public PeepholeCell {
        Sizes.require(NAME, inputSize, hiddenSize, 4);
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
        return LstmFamily.weights(inputSize, hiddenSize, GATES, INPUT_GATE, FORGET_GATE, OUTPUT_GATE);
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
    public boolean clipsActivations() {
        return true;
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
        Slice o = s.activation(3);
        Slice c = s.next(CELL);
        Slice tanhC = s.saved(0);
        s.recurrentProduct(WEIGHT_HH, i, true);
        k.multiplyAdd(rows, n, s.previous(CELL), s.vector(WEIGHT_CI), i);
        k.multiplyAdd(rows, n, s.previous(CELL), s.vector(WEIGHT_CF), f);
        s.clip(0, 3 * n);
        k.sigmoid(rows, 2 * n, i, i);
        k.tanh(rows, n, g, g);
        k.gatedSum(rows, n, f, s.previous(CELL), i, g, c);
        k.multiplyAdd(rows, n, c, s.vector(WEIGHT_CO), o);
        s.clip(3, n);
        k.sigmoid(rows, n, o, o);
        k.tanh(rows, n, c, tanhC);
        k.multiply(rows, n, o, tanhC, s.next(HIDDEN));
    }

    @Override
    public void stepBackward(CellStep s) {
        Kernels k = s.kernels();
        int rows = s.rows();
        int n = hiddenSize;
        Slice i = s.activation(0);
        Slice f = s.activation(1);
        Slice g = s.activation(2);
        Slice o = s.activation(3);
        Slice tanhC = s.saved(0);
        Slice dh = s.gradient(HIDDEN);
        Slice dc = s.gradient(CELL);
        k.addTanhGradient(rows, n, dh, o, tanhC, dc);
        k.sigmoidGradient(rows, n, dh, tanhC, o, o);
        s.clipGradient(3, n, o);
        k.multiplyAdd(rows, n, o, s.vector(WEIGHT_CO), dc);
        k.inputGateGradient(rows, n, dc, i, g);
        k.forgetGateGradient(rows, n, dc, s.previous(CELL), f);
        s.clipGradient(0, 3 * n, i);
        k.multiplyAdd(rows, n, i, s.vector(WEIGHT_CI), dc);
        k.multiplyAdd(rows, n, f, s.vector(WEIGHT_CF), dc);
        s.recurrentBack(WEIGHT_HH, i, false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        LstmFamily.sequenceBackward(s);
        s.addDiagonalGradient(WEIGHT_CI, s.activation(0), s.previous(CELL));
        s.addDiagonalGradient(WEIGHT_CF, s.activation(1), s.previous(CELL));
        s.addDiagonalGradient(WEIGHT_CO, s.activation(3), s.next(CELL));
    }
}
