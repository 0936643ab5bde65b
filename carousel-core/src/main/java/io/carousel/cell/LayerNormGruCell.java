package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.CellWeight.Role;
import io.carousel.kernel.RowKernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * A gated recurrent unit with layer normalisation of what its products give.
 *
 * <pre>{@code
 * N(v) = (v - mean of v) / √(variance of v + ε)            ε = 1e-5
 * (a_r, a_z) = γ_rz ⊙ N(W_rz x) + b_rz                     a_n = γ_n ⊙ N(W_n x) + b_n
 * (q_r, q_z) = δ_rz ⊙ N(R_rz h) + d_rz                     q_n = δ_n ⊙ N(R_n h) + d_n
 * r = σ(a_r + q_r)                                         reset gate
 * z = σ(a_z + q_z)                                         update gate
 * n = tanh(a_n + r ⊙ q_n)                                  candidate
 * h' = (1 - z) ⊙ n + z ⊙ h                                 hidden state, the output
 * }</pre>
 *
 * <p>As in the paper, the reset and the update gate are normalised as one vector of 2H, the candidate as one of H. Weights as
 * those of the cell {@code gru}: {@code weight_ih [3H, F]}, {@code weight_hh [3H, H]}, {@code bias_ih [3H]} (b), {@code
 * bias_hh [3H]} (d), and {@code gain_ih [3H]} (γ), {@code gain_hh [3H]} (δ); blocks in the order r, z, n. At first the input
 * weights are Glorot's, the recurrent ones orthogonal, the gains 1, the biases 0.
 *
 * <p>Source: Ba, Kiros, Hinton, <i>Layer Normalization</i>, 2016.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record LayerNormGruCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "layer-norm-gru";

    /** ε. */
    static final float EPSILON = 1e-5f;

    private static final List<String> GATES = List.of("reset", "update", "candidate");
    private static final int RESET = 0;
    private static final int CANDIDATE = 2;
    private static final int INPUT = 0;
    private static final int INPUT_SCALE = 2;
    private static final int RECURRENT = 4;
    private static final int RECURRENT_SCALE = 6;
    private static final int AFFINE = 8;
    private static final int PRODUCT_GRADIENT = 10;
    private static final int WEIGHT_IH = 0;
    private static final int WEIGHT_HH = 1;
    private static final int BIAS_IH = 2;
    private static final int BIAS_HH = 3;
    private static final int GAIN_IH = 4;
    private static final int GAIN_HH = 5;

    public LayerNormGruCell {
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
        Shape width = Shape.of(3 * hiddenSize);
        Initializer zero = Initializer.constant(0);
        Initializer one = Initializer.constant(1);
        return List.of(
                new CellWeight(
                        "weight_ih",
                        Shape.of(3 * hiddenSize, inputSize),
                        Role.INPUT,
                        GATES,
                        Initializer.glorotUniform(3)),
                new CellWeight(
                        "weight_hh",
                        Shape.of(3 * hiddenSize, hiddenSize),
                        Role.RECURRENT,
                        GATES,
                        Initializer.orthogonal(3)),
                new CellWeight("bias_ih", width, Role.BIAS, GATES, zero),
                new CellWeight("bias_hh", width, Role.RECURRENT_BIAS, GATES, zero),
                new CellWeight("gain_ih", width, Role.GAIN, GATES, one),
                new CellWeight("gain_hh", width, Role.GAIN, GATES, one));
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

    /** What N gave and by what it divided, for the products of the input and for the recurrent ones; q; room for gradients. */
    @Override
    public List<Block> saved() {
        return List.of(
                Block.of("input_gates", 2 * hiddenSize),
                Block.of("input_candidate", hiddenSize),
                Block.of("input_gates_scale", 1),
                Block.of("input_candidate_scale", 1),
                Block.of("recurrent_gates", 2 * hiddenSize),
                Block.of("recurrent_candidate", hiddenSize),
                Block.of("recurrent_gates_scale", 1),
                Block.of("recurrent_candidate_scale", 1),
                Block.of("affine_gates", 2 * hiddenSize),
                Block.of("affine_candidate", hiddenSize),
                Block.of("gates_gradient", 2 * hiddenSize),
                Block.of("candidate_gradient", hiddenSize));
    }

    @Override
    public void input(CellInput s) {
        RowKernels k = s.kernels();
        int rows = s.rows();
        int gates = 2 * hiddenSize;
        Slice normal = s.saved(INPUT);
        Slice normalCandidate = s.saved(INPUT + 1);
        s.product(WEIGHT_IH, s.x(), normal, false);
        k.normalize(
                rows,
                gates,
                EPSILON,
                normal,
                s.vector(GAIN_IH),
                s.vector(BIAS_IH),
                normal,
                s.saved(INPUT_SCALE),
                s.activation(RESET));
        k.normalize(
                rows,
                hiddenSize,
                EPSILON,
                normalCandidate,
                s.vector(GAIN_IH, gates),
                s.vector(BIAS_IH, gates),
                normalCandidate,
                s.saved(INPUT_SCALE + 1),
                s.activation(CANDIDATE));
    }

    @Override
    public void step(CellStep s) {
        RowKernels k = s.kernels();
        int rows = s.rows();
        int gates = 2 * hiddenSize;
        Slice normal = s.saved(RECURRENT);
        Slice normalCandidate = s.saved(RECURRENT + 1);
        s.recurrentProduct(WEIGHT_HH, normal, false);
        k.normalize(rows, gates, EPSILON, normal, s.vector(GAIN_HH), normal, s.saved(RECURRENT_SCALE), s.saved(AFFINE));
        k.normalize(
                rows,
                hiddenSize,
                EPSILON,
                normalCandidate,
                s.vector(GAIN_HH, gates),
                normalCandidate,
                s.saved(RECURRENT_SCALE + 1),
                s.saved(AFFINE + 1));
        s.kernels()
                .gruForward(
                        s.rows(),
                        hiddenSize,
                        s.activation(0),
                        s.saved(AFFINE),
                        s.vector(BIAS_HH),
                        s.previous(0),
                        s.next(0));
    }

    /** Leaves the gradients of a and q, and beside them that of the recurrent products. */
    @Override
    public void stepBackward(CellStep s) {
        RowKernels k = s.kernels();
        int rows = s.rows();
        s.kernels().gruBackward(rows, hiddenSize, s.activation(0), s.saved(AFFINE), s.previous(0), s.gradient(0));
        k.normalizeGradient(
                rows,
                2 * hiddenSize,
                s.saved(AFFINE),
                s.vector(GAIN_HH),
                s.saved(RECURRENT),
                s.saved(RECURRENT_SCALE),
                s.saved(PRODUCT_GRADIENT));
        k.normalizeGradient(
                rows,
                hiddenSize,
                s.saved(AFFINE + 1),
                s.vector(GAIN_HH, 2 * hiddenSize),
                s.saved(RECURRENT + 1),
                s.saved(RECURRENT_SCALE + 1),
                s.saved(PRODUCT_GRADIENT + 1));
        s.recurrentBack(WEIGHT_HH, s.saved(PRODUCT_GRADIENT), true);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        RowKernels k = s.kernels();
        int rows = s.rows();
        s.addWeightGradient(WEIGHT_HH, s.saved(PRODUCT_GRADIENT), s.recurrent());
        s.addBiasGradient(s.saved(AFFINE), BIAS_HH);
        s.addDiagonalGradient(GAIN_HH, s.saved(AFFINE), s.saved(RECURRENT));
        s.addBiasGradient(s.activation(0), BIAS_IH);
        s.addDiagonalGradient(GAIN_IH, s.activation(0), s.saved(INPUT));
        k.normalizeGradient(
                rows,
                2 * hiddenSize,
                s.activation(RESET),
                s.vector(GAIN_IH),
                s.saved(INPUT),
                s.saved(INPUT_SCALE),
                s.activation(RESET));
        k.normalizeGradient(
                rows,
                hiddenSize,
                s.activation(CANDIDATE),
                s.vector(GAIN_IH, 2 * hiddenSize),
                s.saved(INPUT + 1),
                s.saved(INPUT_SCALE + 1),
                s.activation(CANDIDATE));
        s.addWeightGradient(WEIGHT_IH, s.activation(0), s.x());
        s.addInputGradient(WEIGHT_IH, s.activation(0));
    }
}
