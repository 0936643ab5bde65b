package io.carousel.cell;

import static io.carousel.cell.LstmFamily.BIAS_HH;
import static io.carousel.cell.LstmFamily.BIAS_IH;
import static io.carousel.cell.LstmFamily.CANDIDATE;
import static io.carousel.cell.LstmFamily.CELL;
import static io.carousel.cell.LstmFamily.FORGET_GATE;
import static io.carousel.cell.LstmFamily.HIDDEN;
import static io.carousel.cell.LstmFamily.INPUT_GATE;
import static io.carousel.cell.LstmFamily.OUTPUT_GATE;
import static io.carousel.cell.LstmFamily.WEIGHT_HH;
import static io.carousel.cell.LstmFamily.WEIGHT_IH;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.CellWeight.Role;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * An LSTM with layer normalisation of what the input causes, of what the recurrent connections cause, and of the cell state.
 *
 * <pre>{@code
 * N(z) = (z - mean(z)) / √(variance(z) + ε)     over the numbers of z, ε = 1e-5
 * z = α ⊙ N(W x) + b + β ⊙ N(R h) + d           pre-activations, normalised over all four gates together
 * i = σ(z_i)   f = σ(z_f)   g = tanh(z_g)   o = σ(z_o)
 * c' = f ⊙ c + i ⊙ g                            cell state
 * h' = o ⊙ tanh(γ ⊙ N(c') + e)                  hidden state, the output
 * }</pre>
 *
 * <p>Weights: {@code weight_ih [4H, F]}, {@code weight_hh [4H, H]}, {@code bias_ih [4H]} (b), {@code bias_hh [4H]} (d), blocks
 * in the order i, f, g, o, which start as those of {@link LstmCell}; the gains {@code gain_ih [4H]} (α), {@code gain_hh [4H]}
 * (β), {@code gain_c [H]} (γ), which start at 1, and {@code bias_c [H]} (e), which starts at 0.
 *
 * <p>Source: Ba, Kiros, Hinton, <i>Layer Normalization</i>, 2016, equations 20 to 22 of the supplement. The paper has a third
 * bias of the pre-activations, which adds nothing to the two that layer normalisation has, and is left out; ε, which keeps the
 * derivative finite where all numbers are equal, is not in the paper.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record LayerNormLstmCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "layer-norm-lstm";

    private static final float EPSILON = 1e-5f;
    private static final List<String> GATES = List.of(INPUT_GATE, FORGET_GATE, CANDIDATE, OUTPUT_GATE);
    private static final int GAIN_IH = BIAS_HH + 1;
    private static final int GAIN_HH = BIAS_HH + 2;
    private static final int GAIN_C = BIAS_HH + 3;
    private static final int BIAS_C = BIAS_HH + 4;

    private static final int INPUT = 0;
    private static final int RECURRENT = 1;
    private static final int RECURRENT_GRADIENT = 2;
    private static final int NORMAL_CELL = 3;
    private static final int TANH_CELL = 4;
    private static final int INPUT_SCALE = 5;
    private static final int RECURRENT_SCALE = 6;
    private static final int CELL_SCALE = 7;

    public LayerNormLstmCell {
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
        List<String> cell = List.of("cell");
        return List.of(
                LstmFamily.inputWeight(inputSize, hiddenSize, GATES),
                LstmFamily.recurrentWeight(hiddenSize, hiddenSize, GATES),
                LstmFamily.bias(hiddenSize, GATES),
                LstmFamily.recurrentBias(hiddenSize, GATES),
                gain("gain_ih", GATES),
                gain("gain_hh", GATES),
                gain("gain_c", cell),
                new CellWeight("bias_c", Shape.of(hiddenSize), Role.BIAS, cell, Initializer.constant(0)));
    }

    private CellWeight gain(String name, List<String> gates) {
        return new CellWeight(name, Shape.of(gates.size() * hiddenSize), Role.GAIN, gates, Initializer.constant(1));
    }

    @Override
    public List<Block> activations() {
        return LstmFamily.gates(hiddenSize, GATES);
    }

    @Override
    public List<Block> saved() {
        return List.of(
                Block.of("input_normal", 4 * hiddenSize),
                Block.of("recurrent_normal", 4 * hiddenSize),
                Block.of("recurrent_gradient", 4 * hiddenSize),
                Block.of("cell_normal", hiddenSize),
                new Block("tanh_cell", hiddenSize, Activation.TANH),
                Block.of("input_scale", 1),
                Block.of("recurrent_scale", 1),
                Block.of("cell_scale", 1));
    }

    @Override
    public void input(CellInput s) {
        Kernels k = s.kernels();
        int rows = s.rows();
        int width = 4 * hiddenSize;
        Slice z = s.activation(0);
        Slice normal = s.saved(INPUT);
        s.product(WEIGHT_IH, s.x(), normal, false);
        k.add(rows, width, s.vector(BIAS_IH), s.vector(BIAS_HH), z);
        k.normalize(rows, width, EPSILON, normal, s.vector(GAIN_IH), z, normal, s.saved(INPUT_SCALE), z);
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
        Slice recurrent = s.saved(RECURRENT);
        Slice normal = s.saved(NORMAL_CELL);
        Slice tanh = s.saved(TANH_CELL);
        s.recurrentProduct(WEIGHT_HH, recurrent, false);
        k.normalize(rows, 4 * n, EPSILON, recurrent, s.vector(GAIN_HH), i, recurrent, s.saved(RECURRENT_SCALE), i);
        k.sigmoid(rows, 2 * n, i, i);
        k.tanh(rows, n, g, g);
        k.sigmoid(rows, n, o, o);
        k.gatedSum(rows, n, f, s.previous(CELL), i, g, s.next(CELL));
        k.normalize(
                rows, n, EPSILON, s.next(CELL), s.vector(GAIN_C), s.vector(BIAS_C), normal, s.saved(CELL_SCALE), tanh);
        k.tanh(rows, n, tanh, tanh);
        k.multiply(rows, n, o, tanh, s.next(HIDDEN));
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
        Slice tanh = s.saved(TANH_CELL);
        Slice dr = s.saved(RECURRENT_GRADIENT);
        Slice dh = s.gradient(HIDDEN);
        Slice dc = s.gradient(CELL);
        k.sigmoidGradient(rows, n, dh, tanh, o, dr);
        k.tanhGradient(rows, n, dh, o, tanh, tanh); // kept for the derivatives of gain and bias
        k.copy(rows, n, dr, o);
        k.normalizeGradient( // dh is free from here on
                rows, n, tanh, s.vector(GAIN_C), s.saved(NORMAL_CELL), s.saved(CELL_SCALE), dh);
        k.add(rows, n, dc, dh, dc);
        k.inputGateGradient(rows, n, dc, i, g);
        k.forgetGateGradient(rows, n, dc, s.previous(CELL), f);
        k.normalizeGradient(rows, 4 * n, i, s.vector(GAIN_HH), s.saved(RECURRENT), s.saved(RECURRENT_SCALE), dr);
        s.recurrentBack(WEIGHT_HH, dr, false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        Slice dz = s.activation(0);
        s.addBiasGradient(dz, BIAS_IH, BIAS_HH);
        s.addDiagonalGradient(GAIN_IH, dz, s.saved(INPUT));
        s.addDiagonalGradient(GAIN_HH, dz, s.saved(RECURRENT));
        s.addBiasGradient(s.saved(TANH_CELL), BIAS_C);
        s.addDiagonalGradient(GAIN_C, s.saved(TANH_CELL), s.saved(NORMAL_CELL));
        s.addWeightGradient(WEIGHT_HH, s.saved(RECURRENT_GRADIENT), s.recurrent());
        Kernels k = s.kernels();
        k.normalizeGradient(s.rows(), 4 * hiddenSize, dz, s.vector(GAIN_IH), s.saved(INPUT), s.saved(INPUT_SCALE), dz);
        s.addWeightGradient(WEIGHT_IH, dz, s.x());
        s.addInputGradient(WEIGHT_IH, dz);
    }
}
