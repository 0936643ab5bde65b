package io.carousel.cell;

import static io.carousel.cell.LstmFamily.BIAS_HH;
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
 * A {@link PeepholeCell} that forgets as much as it takes in: its forget gate is {@code 1 - i}.
 *
 * <pre>{@code
 * i = σ(W_i x + b_i + R_i h + d_i + p_i ⊙ c)    input gate
 * g = tanh(W_g x + b_g + R_g h + d_g)           candidate
 * c' = (1 - i) ⊙ c + i ⊙ g                      cell state
 * o = σ(W_o x + b_o + R_o h + d_o + p_o ⊙ c')   output gate
 * h' = o ⊙ tanh(c')                             hidden state, the output
 * }</pre>
 *
 * <p>Weights: {@code weight_ih [3H, F]}, {@code weight_hh [3H, H]}, {@code bias_ih [3H]}, {@code bias_hh [3H]}, blocks in the
 * order i, g, o; then the peepholes {@code weight_ci [H]}, {@code weight_co [H]}, which start at 0. The bias of the input
 * gate in {@code bias_ih} starts at -1, so that the cell keeps as much at first as an LSTM whose forget bias is 1. The
 * operator LSTM of ONNX with {@code input_forget = 1} is the same cell, without its input P where the peepholes are 0.
 *
 * <p>Source: the variant CIFG of Greff, Srivastava, Koutník, Steunebrink, Schmidhuber, <i>LSTM: A Search Space Odyssey</i>,
 * 2015.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record CoupledCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "coupled";

    private static final List<String> GATES = List.of(INPUT_GATE, CANDIDATE, OUTPUT_GATE);
    private static final int WEIGHT_CI = BIAS_HH + 1;
    private static final int WEIGHT_CO = BIAS_HH + 2;

    public CoupledCell {
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
        return List.of(
                LstmFamily.inputWeight(inputSize, hiddenSize, GATES),
                LstmFamily.recurrentWeight(hiddenSize, hiddenSize, GATES),
                LstmFamily.bias(hiddenSize, GATES, -1, 0, 0),
                LstmFamily.recurrentBias(hiddenSize, GATES),
                LstmFamily.peephole(hiddenSize, INPUT_GATE),
                LstmFamily.peephole(hiddenSize, OUTPUT_GATE));
    }

    @Override
    public MemoryGate memoryGate() {
        return new MemoryGate(INPUT_GATE, false);
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
        Slice g = s.activation(1);
        Slice o = s.activation(2);
        Slice c = s.next(CELL);
        Slice tanhC = s.saved(0);
        s.recurrentProduct(WEIGHT_HH, i, true);
        k.multiplyAdd(rows, n, s.previous(CELL), s.vector(WEIGHT_CI), i);
        s.clip(0, 2 * n);
        k.sigmoid(rows, n, i, i);
        k.tanh(rows, n, g, g);
        k.mix(rows, n, i, g, s.previous(CELL), c);
        k.multiplyAdd(rows, n, c, s.vector(WEIGHT_CO), o);
        s.clip(2, n);
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
        Slice g = s.activation(1);
        Slice o = s.activation(2);
        Slice tanhC = s.saved(0);
        Slice dh = s.gradient(HIDDEN);
        Slice dc = s.gradient(CELL);
        k.addTanhGradient(rows, n, dh, o, tanhC, dc);
        k.sigmoidGradient(rows, n, dh, tanhC, o, o);
        s.clipGradient(2, n, o);
        k.multiplyAdd(rows, n, o, s.vector(WEIGHT_CO), dc);
        k.mixGradient(rows, n, dc, s.previous(CELL), i, g);
        s.clipGradient(0, 2 * n, i);
        k.multiplyAdd(rows, n, i, s.vector(WEIGHT_CI), dc);
        s.recurrentBack(WEIGHT_HH, i, false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        LstmFamily.sequenceBackward(s);
        s.addDiagonalGradient(WEIGHT_CI, s.activation(0), s.previous(CELL));
        s.addDiagonalGradient(WEIGHT_CO, s.activation(2), s.next(CELL));
    }
}
