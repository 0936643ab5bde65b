package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.CellWeight.Role;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * A minimal gated recurrent unit: gate and candidate see the input only, so that every product stands outside the time loop.
 *
 * <pre>{@code
 * z = σ(W_z x + b_z)             update gate
 * n = W_n x + b_n                candidate
 * h' = (1 - z) ⊙ h + z ⊙ n       hidden state, the output
 * }</pre>
 *
 * <p>Weights: {@code weight_ih [2H, F]}, {@code bias_ih [2H]}, blocks in the order z, n. At first the weights are Glorot's,
 * the biases 0. Here z = 1 takes the new value, as in the paper; the cell {@code gru} has it the other way round.
 *
 * <p>Source: Feng, Tung, Ahmed, Bengio, Hajimirsadeghi, <i>Were RNNs All We Needed?</i>, 2024; the form of its section 3.1,
 * not the one with positive candidates that its parallel scan in log space needs.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record MinGruCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "min-gru";

    private static final List<String> GATES = List.of("update", "candidate");
    private static final int UPDATE = 0;
    private static final int CANDIDATE = 1;
    private static final int WEIGHT_IH = 0;
    private static final int BIAS_IH = 1;

    public MinGruCell {
        Sizes.require(NAME, inputSize, hiddenSize, 2);
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
        int width = 2 * hiddenSize;
        return List.of(
                new CellWeight(
                        "weight_ih", Shape.of(width, inputSize), Role.INPUT, GATES, Initializer.glorotUniform(2)),
                new CellWeight("bias_ih", Shape.of(width), Role.BIAS, GATES, Initializer.constant(0)));
    }

    @Override
    public MemoryGate memoryGate() {
        return new MemoryGate("update", false);
    }

    @Override
    public List<Block> activations() {
        return List.of(new Block("update", hiddenSize, Activation.SIGMOID), Block.of("candidate", hiddenSize));
    }

    @Override
    public List<Block> saved() {
        return List.of();
    }

    @Override
    public void input(CellInput s) {
        s.inputProduct(WEIGHT_IH, s.activation(0), BIAS_IH);
        s.kernels().sigmoid(s.rows(), hiddenSize, s.activation(UPDATE), s.activation(UPDATE));
    }

    @Override
    public void step(CellStep s) {
        s.kernels().mix(s.rows(), hiddenSize, s.activation(UPDATE), s.activation(CANDIDATE), s.previous(0), s.next(0));
    }

    @Override
    public void stepBackward(CellStep s) {
        s.kernels()
                .linearMixGradient(
                        s.rows(),
                        hiddenSize,
                        s.gradient(0),
                        s.previous(0),
                        s.activation(UPDATE),
                        s.activation(CANDIDATE));
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        s.addWeightGradient(WEIGHT_IH, s.activation(0), s.x());
        s.addBiasGradient(s.activation(0), BIAS_IH);
        s.addInputGradient(WEIGHT_IH, s.activation(0));
    }
}
