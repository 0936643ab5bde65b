package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import java.util.List;

/**
 * A simple recurrent cell: one layer of tanh units that see the input and their own last output.
 *
 * <pre>{@code
 * h' = tanh(W x + b + R h + d)   hidden state, the output
 * }</pre>
 *
 * <p>Weights as in PyTorch's {@code RNN}: {@code weight_ih [H, F]}, {@code weight_hh [H, H]}, {@code bias_ih [H]}, {@code
 * bias_hh [H]}. At first the input weights are Glorot's, the recurrent ones orthogonal, the biases 0.
 *
 * <p>Source: Elman, <i>Finding Structure in Time</i>, 1990.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record ElmanCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "elman";

    public ElmanCell {
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
        return SimpleRecurrence.weights(inputSize, hiddenSize, Initializer.orthogonal(1));
    }

    @Override
    public List<Block> activations() {
        return List.of(new Block("candidate", hiddenSize, Activation.TANH));
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
    public boolean beginsWithRecurrentProduct() {
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
        s.kernels().tanh(s.rows(), hiddenSize, s.activation(0), s.activation(0));
        s.kernels().copy(s.rows(), hiddenSize, s.activation(0), s.next(0));
    }

    @Override
    public void stepBackward(CellStep s) {
        s.kernels().tanhGradient(s.rows(), hiddenSize, s.gradient(0), s.activation(0), s.activation(0));
        s.clipGradient(0, hiddenSize, s.activation(0));
        SimpleRecurrence.recurrentBack(s);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        SimpleRecurrence.sequenceBackward(s);
    }
}
