package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.CellWeight.Role;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * An LSTM with exponential input gates, a normaliser and a stabiliser, whose memory is mixed within heads.
 *
 * <pre>{@code
 * a = W_i x + R_i h + b_i                 logarithm of the input gate
 * p = σ(W_f x + R_f h + b_f)              forget gate
 * g = tanh(W_g x + R_g h + b_g)           candidate
 * o = σ(W_o x + R_o h + b_o)              output gate
 * m' = max(ln p + m, a), or a where n = 0 stabilizer
 * i = exp(a - m')                         input gate, stabilised
 * f = exp(ln p + m - m')                  forget gate, stabilised
 * c' = f ⊙ c + i ⊙ g                      cell state
 * n' = f ⊙ n + i                          normalizer
 * h' = o ⊙ c' / n'                        hidden state, the output
 * }</pre>
 *
 * <p>Before the first time step all parts of the state are 0. Then m says nothing, and the first input gate alone decides, as
 * in the authors' code: n' is 1 after it, and never below 1 from then on, so that the output is a number however small the
 * gates are. Which m is taken does not change the output, which has the same factor above and below the line.
 *
 * <p>Of the paper's two forget gates this is the sigmoid, the one of the authors' code. Each R is block-diagonal: with K
 * heads, given by the option {@code heads} as in {@code slstm:heads=4}, a unit sees the H / K units of its head.
 *
 * <p>Weights: {@code weight_ih [4H, F]}, {@code weight_hh [4H, H / K]}, of which a row has the columns of its unit's head,
 * {@code bias_ih [4H]}; blocks in the order i, f, g, o. At first the input weights are Glorot's, the recurrent ones orthogonal
 * for each gate and head, the biases 0 except that of the forget gate, which is 1.
 *
 * <p>Source: Beck, Pöppel, Spanring, Auer, Prudnikova, Kopp, Klambauer, Brandstetter, Hochreiter, <i>xLSTM: Extended Long
 * Short-Term Memory</i>, 2024.
 *
 * @param inputSize F
 * @param hiddenSize H
 * @param heads K, which divides H
 */
public record SlstmCell(int inputSize, int hiddenSize, int heads) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "slstm";

    private static final List<String> GATES = List.of("input", "forget", "candidate", "output");
    private static final int HIDDEN = 0;
    private static final int CELL = 1;
    private static final int NORMALIZER = 2;
    private static final int STABILIZER = 3;
    private static final int INPUT = 0;
    private static final int FORGET = 1;
    private static final int CANDIDATE = 2;
    private static final int OUTPUT = 3;
    private static final int KEPT = 0; // and the ratio behind it
    private static final int SCRATCH = 2;
    private static final int WEIGHT_IH = 0;
    private static final int WEIGHT_HH = 1;
    private static final int BIAS_IH = 2;

    public SlstmCell {
        Sizes.require(NAME, inputSize, hiddenSize, 4);
        if (heads < 1 || hiddenSize % heads != 0) {
            throw new IllegalArgumentException("heads of cell " + NAME + " must divide the hidden size " + hiddenSize
                    + ", got " + heads + "; choose another number of heads or another hidden size");
        }
    }

    /** Makes the cells of this name; the option {@code heads} is 1 when it is not given. */
    static CellFactory factory() {
        return new CellFactory() {
            @Override
            public String name() {
                return NAME;
            }

            @Override
            public String description() {
                return "exponential gates, stabiliser, option heads, by default 1 (Beck et al. 2024)";
            }

            @Override
            public Cell create(int inputSize, int hiddenSize, CellOptions options) {
                return new SlstmCell(inputSize, hiddenSize, options.size("heads", 1));
            }
        };
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<StatePart> state() {
        return List.of(
                new StatePart("hidden", hiddenSize),
                new StatePart("cell", hiddenSize),
                new StatePart("normalizer", hiddenSize),
                new StatePart("stabilizer", hiddenSize));
    }

    @Override
    public List<CellWeight> weights() {
        int width = 4 * hiddenSize;
        return List.of(
                new CellWeight(
                        "weight_ih", Shape.of(width, inputSize), Role.INPUT, GATES, Initializer.glorotUniform(4)),
                new CellWeight(
                        "weight_hh",
                        Shape.of(width, hiddenSize / heads),
                        Role.RECURRENT,
                        GATES,
                        Initializer.orthogonal(4 * heads)),
                new CellWeight("bias_ih", Shape.of(width), Role.BIAS, GATES, Initializer.blockConstants(0, 1, 0, 0)));
    }

    /** The block of the forget gate holds p. */
    @Override
    public List<Block> activations() {
        return List.of(
                Block.of("input", hiddenSize),
                new Block("forget", hiddenSize, Activation.SIGMOID),
                new Block("candidate", hiddenSize, Activation.TANH),
                new Block("output", hiddenSize, Activation.SIGMOID));
    }

    /** The stabilised forget gate f, {@code c' / n'}, and room for the backward pass. */
    @Override
    public List<Block> saved() {
        return List.of(Block.of("kept", hiddenSize), Block.of("ratio", hiddenSize), Block.of("scratch", hiddenSize));
    }

    @Override
    public void input(CellInput s) {
        s.inputProduct(WEIGHT_IH, s.activation(0), BIAS_IH);
    }

    @Override
    public void step(CellStep s) {
        Kernels k = s.kernels();
        int rows = s.rows();
        int n = hiddenSize;
        Slice input = s.activation(INPUT);
        Slice forget = s.activation(FORGET);
        Slice candidate = s.activation(CANDIDATE);
        Slice output = s.activation(OUTPUT);
        Slice kept = s.saved(KEPT);
        s.blockProduct(WEIGHT_HH, 4, heads, s.recurrent(), input, true);
        k.sigmoid(rows, n, forget, forget);
        k.tanh(rows, n, candidate, candidate);
        k.sigmoid(rows, n, output, output);
        k.log(rows, n, forget, kept);
        k.stabilize(rows, n, input, kept, s.previous(NORMALIZER), s.previous(STABILIZER), s.next(STABILIZER));
        k.exp(rows, n, kept, kept);
        k.exp(rows, n, input, input);
        k.exponentialForward(
                rows,
                n,
                input,
                kept,
                s.previous(CELL),
                s.previous(NORMALIZER),
                s.next(CELL),
                s.next(NORMALIZER),
                s.next(HIDDEN));
    }

    /**
     * From the output back to the sums of the gates.
     *
     * <pre>{@code
     * dc = dc' + dh o / n'      dn = dn' - dh o (c' / n') / n'
     * α = (dc g + dn) i         φ = (dc c + dn n) f            by the exponents of i and f
     * dm = dm' - α - φ          of which ln p + m gets all where n ≠ 0 and f > i, and a elsewhere
     * }</pre>
     */
    @Override
    public void stepBackward(CellStep s) {
        Slice gates = s.activation(INPUT);
        Slice scratch = s.saved(SCRATCH);
        s.kernels()
                .exponentialBackward(
                        s.rows(),
                        hiddenSize,
                        gates,
                        s.saved(KEPT),
                        s.previous(CELL),
                        s.previous(NORMALIZER),
                        s.next(NORMALIZER),
                        s.gradient(HIDDEN),
                        s.gradient(CELL),
                        s.gradient(NORMALIZER),
                        s.gradient(STABILIZER));
        s.blockProductBack(WEIGHT_HH, 4, heads, gates, scratch, false);
        s.recurrentGradient(scratch, false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        s.addWeightGradient(WEIGHT_IH, s.activation(0), s.x());
        s.addBlockWeightGradient(WEIGHT_HH, 4, heads, s.activation(0), s.recurrent());
        s.addBiasGradient(s.activation(0), BIAS_IH);
        s.addInputGradient(WEIGHT_IH, s.activation(0));
    }
}
