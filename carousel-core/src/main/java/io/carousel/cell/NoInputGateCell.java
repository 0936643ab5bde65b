package io.carousel.cell;

import static io.carousel.cell.LstmFamily.BIAS_HH;
import static io.carousel.cell.LstmFamily.CANDIDATE;
import static io.carousel.cell.LstmFamily.CELL;
import static io.carousel.cell.LstmFamily.FORGET_GATE;
import static io.carousel.cell.LstmFamily.HIDDEN;
import static io.carousel.cell.LstmFamily.OUTPUT_GATE;
import static io.carousel.cell.LstmFamily.WEIGHT_HH;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import java.util.List;

/**
 * A {@link PeepholeCell} without an input gate: every candidate is added whole.
 *
 * <pre>{@code
 * f = σ(W_f x + b_f + R_f h + d_f + p_f ⊙ c)    forget gate
 * g = tanh(W_g x + b_g + R_g h + d_g)           candidate
 * c' = f ⊙ c + g                                cell state
 * o = σ(W_o x + b_o + R_o h + d_o + p_o ⊙ c')   output gate
 * h' = o ⊙ tanh(c')                             hidden state, the output
 * }</pre>
 *
 * <p>Weights: {@code weight_ih [3H, F]}, {@code weight_hh [3H, H]}, {@code bias_ih [3H]}, {@code bias_hh [3H]}, blocks in the
 * order f, g, o; then the peepholes {@code weight_cf [H]}, {@code weight_co [H]}. They start as those of {@link
 * PeepholeCell}.
 *
 * <p>Source: the variant NIG of Greff, Srivastava, Koutník, Steunebrink, Schmidhuber, <i>LSTM: A Search Space Odyssey</i>, 2015.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record NoInputGateCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "no-input-gate";

    private static final List<String> GATES = List.of(FORGET_GATE, CANDIDATE, OUTPUT_GATE);
    private static final int WEIGHT_CF = BIAS_HH + 1;
    private static final int WEIGHT_CO = BIAS_HH + 2;

    public NoInputGateCell {
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
        return LstmFamily.weights(inputSize, hiddenSize, GATES, FORGET_GATE, OUTPUT_GATE);
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
        Slice f = s.activation(0);
        Slice g = s.activation(1);
        Slice o = s.activation(2);
        Slice c = s.next(CELL);
        Slice tanhC = s.saved(0);
        s.recurrentProduct(WEIGHT_HH, f, true);
        k.multiplyAdd(rows, n, s.previous(CELL), s.vector(WEIGHT_CF), f);
        k.sigmoid(rows, n, f, f);
        k.tanh(rows, n, g, g);
        k.copy(rows, n, g, c);
        k.multiplyAdd(rows, n, f, s.previous(CELL), c);
        k.multiplyAdd(rows, n, c, s.vector(WEIGHT_CO), o);
        k.sigmoid(rows, n, o, o);
        k.tanh(rows, n, c, tanhC);
        k.multiply(rows, n, o, tanhC, s.next(HIDDEN));
    }

    @Override
    public void stepBackward(CellStep s) {
        Kernels k = s.kernels();
        int rows = s.rows();
        int n = hiddenSize;
        Slice f = s.activation(0);
        Slice g = s.activation(1);
        Slice o = s.activation(2);
        Slice tanhC = s.saved(0);
        Slice dh = s.gradient(HIDDEN);
        Slice dc = s.gradient(CELL);
        k.addTanhGradient(rows, n, dh, o, tanhC, dc);
        k.sigmoidGradient(rows, n, dh, tanhC, o, o);
        k.multiplyAdd(rows, n, o, s.vector(WEIGHT_CO), dc);
        k.tanhGradient(rows, n, dc, g, g);
        k.forgetGateGradient(rows, n, dc, s.previous(CELL), f);
        k.multiplyAdd(rows, n, f, s.vector(WEIGHT_CF), dc);
        s.recurrentBack(WEIGHT_HH, f, false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        LstmFamily.sequenceBackward(s);
        s.addDiagonalGradient(WEIGHT_CF, s.activation(0), s.previous(CELL));
        s.addDiagonalGradient(WEIGHT_CO, s.activation(2), s.next(CELL));
    }
}
