package io.carousel.cell;

import static io.carousel.cell.LstmFamily.BIAS_HH;
import static io.carousel.cell.LstmFamily.CANDIDATE;
import static io.carousel.cell.LstmFamily.CELL;
import static io.carousel.cell.LstmFamily.FORGET_GATE;
import static io.carousel.cell.LstmFamily.HIDDEN;
import static io.carousel.cell.LstmFamily.INPUT_GATE;
import static io.carousel.cell.LstmFamily.OUTPUT_GATE;
import static io.carousel.cell.LstmFamily.WEIGHT_HH;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.CellWeight.Role;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * An LSTM that knows how long ago the time step before was, and discounts the short-term part of its cell state by that.
 *
 * <pre>{@code
 * s = tanh(D c + e)                     short-term part of the cell state
 * γ = 1 / ln(e + Δ)                     discount of the gap Δ: 1 for no gap
 * a = c - s + γ s                       adjusted cell state
 * i = σ(W_i x + b_i + R_i h + d_i)      input gate
 * f = σ(W_f x + b_f + R_f h + d_f)      forget gate
 * g = tanh(W_g x + b_g + R_g h + d_g)   candidate
 * o = σ(W_o x + b_o + R_o h + d_o)      output gate
 * c' = f ⊙ a + i ⊙ g                    cell state
 * h' = o ⊙ tanh(c')                     hidden state, the output
 * }</pre>
 *
 * <p>The gap Δ is the last of the F features of the input; x is the others. It is counted in units in which forgetting is to
 * be seen (γ is 0.76 at a gap of 1, 0.39 at 10, 0.22 at 100), so it must not be standardised; a gap below 0 counts as 0. In a
 * stack of layers this cell is the lowest only, as the last number of a layer's output is no gap.
 *
 * <p>Weights as those of {@link LstmCell}: {@code weight_ih [4H, F - 1]}, {@code weight_hh [4H, H]}, {@code bias_ih [4H]},
 * {@code bias_hh [4H]}, blocks in the order i, f, g, o; then D and e, {@code weight_cs [H, H]} and {@code bias_cs [H]}, which
 * start as Glorot's and as 0.
 *
 * <p>Source: Baytas, Xiao, Zhang, Wang, Jain, Zhou, <i>Patient Subtyping via Time-Aware LSTM Networks</i>, 2017.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record TimeLstmCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "time-lstm";

    private static final List<String> GATES = List.of(INPUT_GATE, FORGET_GATE, CANDIDATE, OUTPUT_GATE);
    private static final int WEIGHT_CS = BIAS_HH + 1;
    private static final int BIAS_CS = BIAS_HH + 2;

    /** γ - 1. */
    private static final int DISCOUNT = 0;

    private static final int SHORT_TERM = 1;
    private static final int ADJUSTED = 2;
    private static final int TANH_CELL = 3;
    private static final int DISCOUNT_GRADIENT = 4;

    public TimeLstmCell {
        Sizes.require(NAME, inputSize, hiddenSize, 4);
        if (inputSize < 2) {
            throw new IllegalArgumentException("input size of cell " + NAME + " must be at least 2, got " + inputSize
                    + "; the last feature is the time since the step before, in front of it at least one other");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean readsTimeGap() {
        return true;
    }

    @Override
    public List<StatePart> state() {
        return LstmFamily.state(hiddenSize);
    }

    @Override
    public List<CellWeight> weights() {
        List<String> shortTerm = List.of("short_term");
        return List.of(
                LstmFamily.inputWeight(inputSize - 1, hiddenSize, GATES),
                LstmFamily.recurrentWeight(hiddenSize, hiddenSize, GATES),
                LstmFamily.bias(hiddenSize, GATES),
                LstmFamily.recurrentBias(hiddenSize, GATES),
                new CellWeight(
                        "weight_cs",
                        Shape.of(hiddenSize, hiddenSize),
                        Role.MATRIX,
                        shortTerm,
                        Initializer.glorotUniform(1)),
                new CellWeight("bias_cs", Shape.of(hiddenSize), Role.BIAS, shortTerm, Initializer.constant(0)));
    }

    @Override
    public List<Block> activations() {
        return LstmFamily.gates(hiddenSize, GATES);
    }

    @Override
    public List<Block> saved() {
        return List.of(
                Block.of("discount", 1),
                new Block("short_term", hiddenSize, Activation.TANH),
                Block.of("adjusted", hiddenSize),
                new Block("tanh_cell", hiddenSize, Activation.TANH),
                Block.of("discount_gradient", 1));
    }

    @Override
    public void input(CellInput s) {
        LstmFamily.input(s);
        Kernels k = s.kernels();
        int rows = s.rows();
        Slice discount = s.saved(DISCOUNT);
        Slice constant = s.saved(DISCOUNT_GRADIENT); // free until the derivatives
        k.fill(rows, 1, 0f, discount);
        k.max(rows, 1, discount, s.lastColumn(), discount);
        k.fill(rows, 1, (float) Math.E, constant);
        k.add(rows, 1, discount, constant, discount);
        k.log(rows, 1, discount, discount);
        k.fill(rows, 1, 1f, constant);
        k.divide(rows, 1, constant, discount, discount);
        k.subtract(rows, 1, discount, constant, discount);
    }

    @Override
    public void step(CellStep s) {
        Kernels k = s.kernels();
        int rows = s.rows();
        int n = hiddenSize;
        Slice shortTerm = s.saved(SHORT_TERM);
        Slice adjusted = s.saved(ADJUSTED);
        k.copy(rows, n, s.vector(BIAS_CS), shortTerm);
        s.product(WEIGHT_CS, s.previous(CELL), shortTerm, true);
        k.tanh(rows, n, shortTerm, shortTerm);
        k.copy(rows, n, s.previous(CELL), adjusted);
        k.addScaledRows(rows, n, s.saved(DISCOUNT), shortTerm, adjusted);
        s.recurrentProduct(WEIGHT_HH, s.activation(0), true);
        k.lstmForward(rows, n, s.activation(0), adjusted, s.next(CELL), s.saved(TANH_CELL), s.next(HIDDEN));
    }

    @Override
    public void stepBackward(CellStep s) {
        Kernels k = s.kernels();
        int rows = s.rows();
        int n = hiddenSize;
        Slice shortTerm = s.saved(SHORT_TERM);
        Slice adjusted = s.saved(ADJUSTED);
        Slice dc = s.gradient(CELL);
        k.lstmBackward(rows, n, s.activation(0), adjusted, s.saved(TANH_CELL), s.gradient(HIDDEN), dc);
        k.rowDots(rows, n, dc, shortTerm, s.saved(DISCOUNT_GRADIENT));
        k.scaleRows(rows, n, s.saved(DISCOUNT), dc, adjusted); // the adjusted state is free from here on
        k.tanhGradient(rows, n, adjusted, shortTerm, shortTerm);
        s.productBack(WEIGHT_CS, shortTerm, dc, true);
        s.recurrentBack(WEIGHT_HH, s.activation(0), false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        LstmFamily.sequenceBackward(s);
        s.addWeightGradient(WEIGHT_CS, s.saved(SHORT_TERM), s.previous(CELL));
        s.addBiasGradient(s.saved(SHORT_TERM), BIAS_CS);
        Slice dx = s.dx();
        if (dx != null) {
            addGapGradient(s, dx);
        }
    }

    /** {@code dγ/dΔ = -γ² / (e + Δ)}, and 0 where the gap counts as 0. */
    private void addGapGradient(CellSequence s, Slice dx) {
        Slice discount = s.saved(DISCOUNT);
        Slice gradient = s.saved(DISCOUNT_GRADIENT);
        for (int r = 0; r < s.rows(); r++) {
            float gap = s.x().array()[s.x().row(r) + inputSize - 1];
            if (gap > 0) {
                float gamma = discount.array()[discount.row(r)] + 1f;
                float slope = -gamma * gamma / ((float) Math.E + gap);
                dx.array()[dx.row(r) + inputSize - 1] += gradient.array()[gradient.row(r)] * slope;
            }
        }
    }
}
