package io.carousel.cell;

import static io.carousel.cell.LstmFamily.BIAS_HH;
import static io.carousel.cell.LstmFamily.CANDIDATE;
import static io.carousel.cell.LstmFamily.CELL;
import static io.carousel.cell.LstmFamily.FORGET_GATE;
import static io.carousel.cell.LstmFamily.HIDDEN;
import static io.carousel.cell.LstmFamily.INPUT_GATE;
import static io.carousel.cell.LstmFamily.OUTPUT_GATE;
import static io.carousel.cell.LstmFamily.WEIGHT_HH;

import io.carousel.cell.Block.Activation;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import java.util.List;

/**
 * A {@link PeepholeCell} whose candidate is not squashed.
 *
 * <pre>{@code
 * i = σ(W_i x + b_i + R_i h + d_i + p_i ⊙ c)    input gate
 * f = σ(W_f x + b_f + R_f h + d_f + p_f ⊙ c)    forget gate
 * g = W_g x + b_g + R_g h + d_g                 candidate
 * c' = f ⊙ c + i ⊙ g                            cell state
 * o = σ(W_o x + b_o + R_o h + d_o + p_o ⊙ c')   output gate
 * h' = o ⊙ tanh(c')                             hidden state, the output
 * }</pre>
 *
 * <p>Weights, their layout and their start as those of {@link PeepholeCell}.
 *
 * <p>Source: the variant NIAF of Greff, Srivastava, Koutník, Steunebrink, Schmidhuber, <i>LSTM: A Search Space Odyssey</i>, 2015.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record NoInputActivationCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "no-input-activation";

    private static final List<String> GATES = List.of(INPUT_GATE, FORGET_GATE, CANDIDATE, OUTPUT_GATE);
    private static final int WEIGHT_CI = BIAS_HH + 1;
    private static final int WEIGHT_CF = BIAS_HH + 2;
    private static final int WEIGHT_CO = BIAS_HH + 3;

    public NoInputActivationCell {
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
        return List.of(
                new Block(INPUT_GATE, hiddenSize, Activation.SIGMOID),
                new Block(FORGET_GATE, hiddenSize, Activation.SIGMOID),
                new Block(CANDIDATE, hiddenSize, Activation.NONE),
                new Block(OUTPUT_GATE, hiddenSize, Activation.SIGMOID));
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
        Slice f = s.activation(1);
        Slice g = s.activation(2);
        Slice o = s.activation(3);
        Slice c = s.next(CELL);
        Slice tanhC = s.saved(0);
        s.recurrentProduct(WEIGHT_HH, i, true);
        k.multiplyAdd(rows, n, s.previous(CELL), s.vector(WEIGHT_CI), i);
        k.multiplyAdd(rows, n, s.previous(CELL), s.vector(WEIGHT_CF), f);
        k.sigmoid(rows, 2 * n, i, i);
        k.gatedSum(rows, n, f, s.previous(CELL), i, g, c);
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
        Slice i = s.activation(0);
        Slice f = s.activation(1);
        Slice g = s.activation(2);
        Slice o = s.activation(3);
        Slice tanhC = s.saved(0);
        Slice dh = s.gradient(HIDDEN);
        Slice dc = s.gradient(CELL);
        k.addTanhGradient(rows, n, dh, o, tanhC, dc);
        k.sigmoidGradient(rows, n, dh, tanhC, o, o);
        k.multiplyAdd(rows, n, o, s.vector(WEIGHT_CO), dc);
        k.multiply(rows, n, dc, i, dh); // dh is free from here on
        k.sigmoidGradient(rows, n, dc, g, i, i);
        k.copy(rows, n, dh, g);
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
        s.addDiagonalGradient(WEIGHT_CO, s.activation(3), s.next(CELL));
    }
}
