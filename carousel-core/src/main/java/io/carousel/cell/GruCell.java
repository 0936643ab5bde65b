package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.CellWeight.Role;
import io.carousel.kernel.RowKernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * A gated recurrent unit whose reset gate acts after the recurrent product, so that one product serves all three gates.
 *
 * <pre>{@code
 * r = σ(W_r x + b_r + R_r h + d_r)                reset gate
 * z = σ(W_z x + b_z + R_z h + d_z)                update gate
 * n = tanh(W_n x + b_n + r ⊙ (R_n h + d_n))       candidate
 * h' = (1 - z) ⊙ n + z ⊙ h                        hidden state, the output
 * }</pre>
 *
 * <p>Weights as in PyTorch: {@code weight_ih [3H, F]}, {@code weight_hh [3H, H]}, {@code bias_ih [3H]}, {@code bias_hh
 * [3H]}, blocks in the order r, z, n. At first the input weights are Glorot's, the recurrent ones orthogonal, the biases 0.
 *
 * <p>Source: Cho et al., <i>Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine
 * Translation</i>, 2014, version 1; z keeps the old state as in version 3, cuDNN and PyTorch.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record GruCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "gru";

    /** The gate that keeps the state in this cell and its relatives. */
    static final MemoryGate UPDATE_KEEPS = new MemoryGate("update", true);

    private static final List<String> GATES = List.of("reset", "update", "candidate");
    private static final int RESET = 0;
    private static final int UPDATE = 1;
    private static final int CANDIDATE = 2;
    private static final int WEIGHT_IH = 0;
    private static final int WEIGHT_HH = 1;
    private static final int BIAS_IH = 2;
    private static final int BIAS_HH = 3;

    public GruCell {
        Sizes.require(NAME, inputSize, hiddenSize, 3);
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
        int width = 3 * hiddenSize;
        Initializer zero = Initializer.constant(0);
        return List.of(
                new CellWeight(
                        "weight_ih", Shape.of(width, inputSize), Role.INPUT, GATES, Initializer.glorotUniform(3)),
                new CellWeight(
                        "weight_hh", Shape.of(width, hiddenSize), Role.RECURRENT, GATES, Initializer.orthogonal(3)),
                new CellWeight("bias_ih", Shape.of(width), Role.BIAS, GATES, zero),
                new CellWeight("bias_hh", Shape.of(width), Role.RECURRENT_BIAS, GATES, zero));
    }

    @Override
    public MemoryGate memoryGate() {
        return UPDATE_KEEPS;
    }

    @Override
    public List<Block> activations() {
        return List.of(
                new Block("reset", hiddenSize, Activation.SIGMOID),
                new Block("update", hiddenSize, Activation.SIGMOID),
                new Block("candidate", hiddenSize, Activation.TANH));
    }

    /** The recurrent product; that of the candidate stays apart until the reset gate is known. */
    @Override
    public List<Block> saved() {
        return List.of(
                Block.of("recurrent_reset", hiddenSize),
                Block.of("recurrent_update", hiddenSize),
                Block.of("recurrent_candidate", hiddenSize));
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
        s.inputProduct(WEIGHT_IH, s.activation(0), BIAS_IH);
    }

    @Override
    public void step(CellStep s) {
        s.recurrentProduct(WEIGHT_HH, s.saved(RESET), false);
        if (s.clips()) {
            clippedGates(s);
            return;
        }
        s.kernels()
                .gruForward(
                        s.rows(), hiddenSize, s.activation(0), s.saved(0), s.vector(BIAS_HH), s.previous(0), s.next(0));
    }

    @Override
    public void stepBackward(CellStep s) {
        s.kernels().gruBackward(s.rows(), hiddenSize, s.activation(0), s.saved(0), s.previous(0), s.gradient(0));
        if (s.clips()) {
            clippedGradients(s);
        }
        s.recurrentBack(WEIGHT_HH, s.saved(0), true);
    }

    /** The fused pass in parts, with a bound on each pre-activation. */
    private void clippedGates(CellStep s) {
        RowKernels k = s.kernels();
        int rows = s.rows();
        int n = hiddenSize;
        Slice reset = s.activation(RESET);
        Slice candidate = s.activation(CANDIDATE);
        k.add(rows, 3 * n, s.saved(RESET), s.vector(BIAS_HH), s.saved(RESET));
        k.add(rows, 2 * n, reset, s.saved(RESET), reset);
        s.clip(RESET, 2 * n);
        k.sigmoid(rows, 2 * n, reset, reset);
        k.multiplyAdd(rows, n, reset, s.saved(CANDIDATE), candidate);
        s.clip(CANDIDATE, n);
        k.tanh(rows, n, candidate, candidate);
        k.mix(rows, n, s.activation(UPDATE), s.previous(0), candidate, s.next(0));
    }

    /** What the fused pass derives, without what went through a bound; the reset gate acts through the candidate only. */
    private void clippedGradients(CellStep s) {
        int n = hiddenSize;
        s.clipGradient(CANDIDATE, n, s.activation(CANDIDATE));
        s.clipGradient(CANDIDATE, n, s.saved(CANDIDATE));
        s.clipGradient(CANDIDATE, n, s.activation(RESET));
        s.clipGradient(RESET, 2 * n, s.activation(RESET));
        s.kernels().copy(s.rows(), 2 * n, s.activation(RESET), s.saved(RESET));
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        s.addWeightGradient(WEIGHT_IH, s.activation(0), s.x());
        s.addWeightGradient(WEIGHT_HH, s.saved(0), s.recurrent());
        s.addBiasGradient(s.activation(0), BIAS_IH);
        s.addBiasGradient(s.saved(0), BIAS_HH);
        s.addInputGradient(WEIGHT_IH, s.activation(0));
    }
}
