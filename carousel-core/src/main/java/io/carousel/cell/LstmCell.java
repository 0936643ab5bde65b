package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.CellWeight.Role;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * A long short-term memory cell with input, forget and output gates.
 *
 * <pre>{@code
 * i = σ(W_i x + b_i + R_i h + d_i)      input gate
 * f = σ(W_f x + b_f + R_f h + d_f)      forget gate
 * g = tanh(W_g x + b_g + R_g h + d_g)   candidate
 * o = σ(W_o x + b_o + R_o h + d_o)      output gate
 * c' = f ⊙ c + i ⊙ g                    cell state
 * h' = o ⊙ tanh(c')                     hidden state, the output
 * }</pre>
 *
 * <p>Weights as in PyTorch: {@code weight_ih [4H, F]}, {@code weight_hh [4H, H]}, {@code bias_ih [4H]}, {@code bias_hh
 * [4H]}, blocks in the order i, f, g, o. At first the input weights are Glorot's, the recurrent ones orthogonal, the biases
 * 0 except that of the forget gate in {@code bias_ih}, which is 1 (Jozefowicz, Zaremba, Sutskever, <i>An Empirical
 * Exploration of Recurrent Network Architectures</i>, 2015).
 *
 * <p>Source: Hochreiter, Schmidhuber, <i>Long Short-Term Memory</i>, 1997; the forget gate: Gers, Schmidhuber, Cummins,
 * <i>Learning to Forget</i>, 2000.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record LstmCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "lstm";

    private static final List<String> GATES = List.of("input", "forget", "candidate", "output");
    private static final int HIDDEN = 0;
    private static final int CELL = 1;
    private static final int WEIGHT_IH = 0;
    private static final int WEIGHT_HH = 1;
    private static final int BIAS_IH = 2;
    private static final int BIAS_HH = 3;

    public LstmCell {
        Sizes.require(NAME, inputSize, hiddenSize, 4);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<StatePart> state() {
        return List.of(new StatePart("hidden", hiddenSize), new StatePart("cell", hiddenSize));
    }

    @Override
    public List<CellWeight> weights() {
        int width = 4 * hiddenSize;
        return List.of(
                new CellWeight(
                        "weight_ih", Shape.of(width, inputSize), Role.INPUT, GATES, Initializer.glorotUniform(4)),
                new CellWeight(
                        "weight_hh", Shape.of(width, hiddenSize), Role.RECURRENT, GATES, Initializer.orthogonal(4)),
                new CellWeight("bias_ih", Shape.of(width), Role.BIAS, GATES, Initializer.blockConstants(0, 1, 0, 0)),
                new CellWeight("bias_hh", Shape.of(width), Role.RECURRENT_BIAS, GATES, Initializer.constant(0)));
    }

    @Override
    public List<Block> activations() {
        return List.of(
                new Block("input", hiddenSize, Activation.SIGMOID),
                new Block("forget", hiddenSize, Activation.SIGMOID),
                new Block("candidate", hiddenSize, Activation.TANH),
                new Block("output", hiddenSize, Activation.SIGMOID));
    }

    @Override
    public List<Block> saved() {
        return List.of(new Block("tanh_cell", hiddenSize, Activation.TANH));
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
        s.inputProduct(WEIGHT_IH, s.activation(0), BIAS_IH, BIAS_HH);
    }

    @Override
    public void step(CellStep s) {
        s.recurrentProduct(WEIGHT_HH, s.activation(0), true);
        s.clip(0, 4 * hiddenSize);
        s.kernels()
                .lstmForward(
                        s.rows(),
                        hiddenSize,
                        s.activation(0),
                        s.previous(CELL),
                        s.next(CELL),
                        s.saved(0),
                        s.next(HIDDEN));
    }

    @Override
    public void stepBackward(CellStep s) {
        s.kernels()
                .lstmBackward(
                        s.rows(),
                        hiddenSize,
                        s.activation(0),
                        s.previous(CELL),
                        s.saved(0),
                        s.gradient(HIDDEN),
                        s.gradient(CELL));
        s.clipGradient(0, 4 * hiddenSize, s.activation(0));
        s.recurrentBack(WEIGHT_HH, s.activation(0), false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        s.addWeightGradient(WEIGHT_IH, s.activation(0), s.x());
        s.addWeightGradient(WEIGHT_HH, s.activation(0), s.recurrent());
        s.addBiasGradient(s.activation(0), BIAS_IH, BIAS_HH);
        s.addInputGradient(WEIGHT_IH, s.activation(0));
    }
}
