package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.cell.CellWeight.Role;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.List;

/**
 * An independently recurrent cell: each rectified linear unit sees the input and its own last output, not its neighbours'.
 *
 * <pre>{@code
 * h' = max(W x + b + u ⊙ h, 0)   hidden state, the output
 * }</pre>
 *
 * <p>Weights: {@code weight_ih [H, F]}, {@code weight_hh [H]} (u), {@code bias_ih [H]}. At first W is He's, the bias 0, and u
 * uniform in [0, 1): the paper's range [0, 2^(1/T)] for sequences of any length T.
 *
 * <p>Source: Li, Li, Cook, Zhu, Gao, <i>Independently Recurrent Neural Network (IndRNN): Building A Longer and Deeper
 * RNN</i>, 2018.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record IndRnnCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "indrnn";

    private static final List<String> GATES = List.of("candidate");
    private static final int WEIGHT_IH = 0;
    private static final int WEIGHT_HH = 1;
    private static final int BIAS_IH = 2;

    public IndRnnCell {
        Sizes.require(NAME, inputSize, hiddenSize, 1);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<StatePart> state() {
        return List.of(new StatePart("hidden", hiddenSize));
    }

    @Override
    public List<CellWeight> weights() {
        return List.of(
                new CellWeight(
                        "weight_ih", Shape.of(hiddenSize, inputSize), Role.INPUT, GATES, Initializer.heUniform()),
                new CellWeight("weight_hh", Shape.of(hiddenSize), Role.DIAGONAL, GATES, IndRnnCell::startRecurrent),
                new CellWeight("bias_ih", Shape.of(hiddenSize), Role.BIAS, GATES, Initializer.constant(0)));
    }

    private static void startRecurrent(Tensor u, Rng rng) {
        for (int j = 0; j < u.size(); j++) {
            u.data()[u.offset() + j] = rng.nextFloat();
        }
    }

    @Override
    public List<Block> activations() {
        return List.of(Block.of("candidate", hiddenSize));
    }

    @Override
    public List<Block> saved() {
        return List.of(Block.of("scratch", hiddenSize));
    }

    @Override
    public void input(CellInput s) {
        s.inputProduct(WEIGHT_IH, s.activation(0), BIAS_IH);
    }

    @Override
    public void step(CellStep s) {
        s.kernels().multiplyAdd(s.rows(), hiddenSize, s.vector(WEIGHT_HH), s.recurrent(), s.activation(0));
        s.kernels().relu(s.rows(), hiddenSize, s.activation(0), s.next(0));
    }

    @Override
    public void stepBackward(CellStep s) {
        s.kernels().reluGradient(s.rows(), hiddenSize, s.gradient(0), s.next(0), s.activation(0));
        s.kernels().multiply(s.rows(), hiddenSize, s.activation(0), s.vector(WEIGHT_HH), s.saved(0));
        s.recurrentGradient(s.saved(0), false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        s.addWeightGradient(WEIGHT_IH, s.activation(0), s.x());
        s.addDiagonalGradient(WEIGHT_HH, s.activation(0), s.recurrent());
        s.addBiasGradient(s.activation(0), BIAS_IH);
        s.addInputGradient(WEIGHT_IH, s.activation(0));
    }
}
