package io.carousel.cell;

import io.carousel.autograd.Initializer;
import java.util.List;

/**
 * A simple recurrent cell of rectified linear units.
 *
 * <pre>{@code
 * h' = max(W x + b + R h + d, 0)   hidden state, the output
 * }</pre>
 *
 * <p>Weights as in PyTorch's {@code RNN} with {@code nonlinearity='relu'}: {@code weight_ih [H, F]}, {@code weight_hh [H,
 * H]}, {@code bias_ih [H]}, {@code bias_hh [H]}. At first the input weights are Glorot's, the recurrent ones the identity, the
 * biases 0: a network that adds up its inputs until it learns otherwise.
 *
 * <p>Source: Elman, <i>Finding Structure in Time</i>, 1990; units and first weights: Le, Jaitly, Hinton, <i>A Simple Way to
 * Initialize Recurrent Networks of Rectified Linear Units</i>, 2015.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record ElmanReluCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "elman-relu";

    public ElmanReluCell {
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
        return SimpleRecurrence.weights(inputSize, hiddenSize, Initializer.identity(1, 1));
    }

    @Override
    public List<Block> activations() {
        return List.of(Block.of("candidate", hiddenSize));
    }

    @Override
    public List<Block> saved() {
        return List.of();
    }

    @Override
    public boolean clipsActivations() {
        return true;
    }

    @Override
    public void input(CellInput s) {
        SimpleRecurrence.input(s);
    }

    @Override
    public void step(CellStep s) {
        SimpleRecurrence.addRecurrent(s);
        s.clip(0, hiddenSize);
        s.kernels().relu(s.rows(), hiddenSize, s.activation(0), s.next(0));
    }

    @Override
    public void stepBackward(CellStep s) {
        s.kernels().reluGradient(s.rows(), hiddenSize, s.gradient(0), s.next(0), s.activation(0));
        s.clipGradient(0, hiddenSize, s.activation(0));
        SimpleRecurrence.recurrentBack(s);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        SimpleRecurrence.sequenceBackward(s);
    }
}
