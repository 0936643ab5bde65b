package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.CellWeight.Role;
import io.carousel.kernel.RowKernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * A gated recurrent unit whose reset gate acts before the recurrent product, as first published.
 *
 * <pre>{@code
 * r = σ(W_r x + b_r + R_r h + d_r)                reset gate
 * z = σ(W_z x + b_z + R_z h + d_z)                update gate
 * n = tanh(W_n x + b_n + R_n (r ⊙ h) + d_n)       candidate
 * h' = (1 - z) ⊙ n + z ⊙ h                        hidden state, the output
 * }</pre>
 *
 * <p>Weights: {@code weight_ih [3H, F]}, {@code bias_ih [3H]}, {@code bias_hh [3H]} with blocks in the order r, z, n; {@code
 * weight_hh [2H, H]} with r, z; {@code weight_hh_candidate [H, H]}, a matrix of its own because its product waits for the
 * reset gate. At first the input weights are Glorot's, the recurrent ones orthogonal, the biases 0. In ONNX this is {@code
 * GRU} with {@code linear_before_reset = 0}.
 *
 * <p>Source: Cho et al., <i>Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine
 * Translation</i>, 2014, version 3.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record GruResetBeforeCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "gru-reset-before";

    private static final List<String> GATES = List.of("reset", "update", "candidate");
    private static final int RESET = 0;
    private static final int UPDATE = 1;
    private static final int CANDIDATE = 2;
    private static final int RESET_HIDDEN = 0;
    private static final int SCRATCH = 1;
    private static final int WEIGHT_IH = 0;
    private static final int WEIGHT_HH = 1;
    private static final int WEIGHT_HH_CANDIDATE = 2;
    private static final int BIAS_IH = 3;
    private static final int BIAS_HH = 4;

    public GruResetBeforeCell {
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
                        "weight_hh",
                        Shape.of(2 * hiddenSize, hiddenSize),
                        Role.RECURRENT,
                        GATES.subList(0, 2),
                        Initializer.orthogonal(2)),
                new CellWeight(
                        "weight_hh_candidate",
                        Shape.of(hiddenSize, hiddenSize),
                        Role.RECURRENT,
                        GATES.subList(2, 3),
                        Initializer.orthogonal(1)),
                new CellWeight("bias_ih", Shape.of(width), Role.BIAS, GATES, zero),
                new CellWeight("bias_hh", Shape.of(width), Role.RECURRENT_BIAS, GATES, zero));
    }

    @Override
    public MemoryGate memoryGate() {
        return GruCell.UPDATE_KEEPS;
    }

    @Override
    public List<Block> activations() {
        return List.of(
                new Block("reset", hiddenSize, Activation.SIGMOID),
                new Block("update", hiddenSize, Activation.SIGMOID),
                new Block("candidate", hiddenSize, Activation.TANH));
    }

    @Override
    public List<Block> saved() {
        return List.of(Block.of("reset_hidden", hiddenSize), Block.of("scratch", hiddenSize));
    }

    @Override
    public boolean clipsActivations() {
        return true;
    }

    @Override
    public void input(CellInput s) {
        s.inputProduct(WEIGHT_IH, s.activation(0), BIAS_IH, BIAS_HH);
    }

    @Override
    public void step(CellStep s) {
        RowKernels k = s.kernels();
        int rows = s.rows();
        s.recurrentProduct(WEIGHT_HH, s.activation(RESET), true);
        s.clip(RESET, 2 * hiddenSize);
        k.sigmoid(rows, 2 * hiddenSize, s.activation(RESET), s.activation(RESET));
        k.multiply(rows, hiddenSize, s.activation(RESET), s.recurrent(), s.saved(RESET_HIDDEN));
        s.product(WEIGHT_HH_CANDIDATE, s.saved(RESET_HIDDEN), s.activation(CANDIDATE), true);
        s.clip(CANDIDATE, hiddenSize);
        k.tanh(rows, hiddenSize, s.activation(CANDIDATE), s.activation(CANDIDATE));
        k.mix(rows, hiddenSize, s.activation(UPDATE), s.previous(0), s.activation(CANDIDATE), s.next(0));
    }

    @Override
    public void stepBackward(CellStep s) {
        RowKernels k = s.kernels();
        int rows = s.rows();
        Slice reset = s.activation(RESET);
        Slice update = s.activation(UPDATE);
        Slice candidate = s.activation(CANDIDATE);
        Slice scratch = s.saved(SCRATCH);
        Slice dh = s.gradient(0);
        k.multiplyDifference(rows, hiddenSize, dh, s.previous(0), candidate, scratch);
        k.tanhGradient(rows, hiddenSize, dh, candidate, candidate);
        k.multiplyComplement(rows, hiddenSize, candidate, update, candidate);
        k.multiply(rows, hiddenSize, dh, update, dh);
        k.sigmoidGradient(rows, hiddenSize, scratch, update, update);
        s.clipGradient(CANDIDATE, hiddenSize, candidate);
        s.productBack(WEIGHT_HH_CANDIDATE, candidate, scratch, false);
        k.multiply(rows, hiddenSize, scratch, reset, scratch);
        s.recurrentGradient(scratch, true);
        // The scratch holds d(r ⊙ h) ⊙ r: what is left of the derivative by the reset gate's sum is (1 - r) ⊙ h.
        k.multiplyComplement(rows, hiddenSize, scratch, reset, reset);
        k.multiply(rows, hiddenSize, reset, s.recurrent(), reset);
        s.clipGradient(RESET, 2 * hiddenSize, reset);
        s.recurrentBack(WEIGHT_HH, reset, true);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        s.addWeightGradient(WEIGHT_IH, s.activation(0), s.x());
        s.addWeightGradient(WEIGHT_HH, s.activation(RESET), s.recurrent());
        s.addWeightGradient(WEIGHT_HH_CANDIDATE, s.activation(CANDIDATE), s.saved(RESET_HIDDEN));
        s.addBiasGradient(s.activation(0), BIAS_IH, BIAS_HH);
        s.addInputGradient(WEIGHT_IH, s.activation(0));
    }
}
