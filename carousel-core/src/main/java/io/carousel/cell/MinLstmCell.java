package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.CellWeight.Role;
import io.carousel.kernel.RowKernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * A minimal long short-term memory: gates and candidate see the input only, so that every product stands outside the time
 * loop, and the two gates share out the next state between the old and the new.
 *
 * <pre>{@code
 * p = σ(W_f x + b_f)             forget gate before it is normalised
 * q = σ(W_i x + b_i)             input gate before it is normalised
 * f = p / (p + q)                forget gate
 * i = q / (p + q)                input gate
 * g = W_g x + b_g                candidate
 * h' = f ⊙ h + i ⊙ g             hidden state, the output
 * }</pre>
 *
 * <p>Weights: {@code weight_ih [3H, F]}, {@code bias_ih [3H]}, blocks in the order f, i, g. At first the weights are Glorot's,
 * the biases 0 except that of the forget gate, which is 1.
 *
 * <p>Source: Feng, Tung, Ahmed, Bengio, Hajimirsadeghi, <i>Were RNNs All We Needed?</i>, 2024; the form of its section 3.2,
 * not the one with positive candidates that its parallel scan in log space needs.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record MinLstmCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "min-lstm";

    private static final List<String> GATES = List.of("forget", "input", "candidate");
    private static final int FORGET = 0;
    private static final int INPUT = 1;
    private static final int CANDIDATE = 2;
    private static final int RAW_FORGET = 0;
    private static final int RAW_INPUT = 1;
    private static final int WEIGHT_IH = 0;
    private static final int BIAS_IH = 1;

    public MinLstmCell {
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
        return List.of(
                new CellWeight(
                        "weight_ih", Shape.of(width, inputSize), Role.INPUT, GATES, Initializer.glorotUniform(3)),
                new CellWeight("bias_ih", Shape.of(width), Role.BIAS, GATES, Initializer.blockConstants(1, 0, 0)));
    }

    @Override
    public List<Block> activations() {
        return List.of(
                new Block("forget", hiddenSize, Activation.SIGMOID),
                new Block("input", hiddenSize, Activation.SIGMOID),
                Block.of("candidate", hiddenSize));
    }

    @Override
    public List<Block> saved() {
        return List.of(
                new Block("raw_forget", hiddenSize, Activation.SIGMOID),
                new Block("raw_input", hiddenSize, Activation.SIGMOID));
    }

    @Override
    public void input(CellInput s) {
        RowKernels k = s.kernels();
        int rows = s.rows();
        Slice input = s.activation(INPUT);
        s.inputProduct(WEIGHT_IH, s.activation(0), BIAS_IH);
        k.sigmoid(rows, 2 * hiddenSize, s.activation(FORGET), s.saved(RAW_FORGET));
        k.add(rows, hiddenSize, s.saved(RAW_FORGET), s.saved(RAW_INPUT), input);
        k.divide(rows, hiddenSize, s.saved(RAW_FORGET), input, s.activation(FORGET));
        k.divide(rows, hiddenSize, s.saved(RAW_INPUT), input, input);
    }

    @Override
    public void step(CellStep s) {
        s.kernels()
                .gatedSum(
                        s.rows(),
                        hiddenSize,
                        s.activation(FORGET),
                        s.previous(0),
                        s.activation(INPUT),
                        s.activation(CANDIDATE),
                        s.next(0));
    }

    /** As i = 1 - f, this is a mix; leaves its derivative by the gate, E, in the input gate's block. */
    @Override
    public void stepBackward(CellStep s) {
        s.kernels()
                .linearMixGradient(
                        s.rows(),
                        hiddenSize,
                        s.gradient(0),
                        s.previous(0),
                        s.activation(INPUT),
                        s.activation(CANDIDATE));
    }

    /**
     * First takes the derivatives through the gates, where {@code E = dh (g - h) i (1 - i)}.
     *
     * <pre>{@code
     * gradient of the forget gate's sum:  -E (1 - p)
     * gradient of the input gate's sum:    E (1 - q)
     * }</pre>
     */
    @Override
    public void sequenceBackward(CellSequence s) {
        RowKernels k = s.kernels();
        int rows = s.rows();
        Slice input = s.activation(INPUT);
        k.multiply(rows, hiddenSize, input, s.saved(RAW_FORGET), s.saved(RAW_FORGET));
        k.subtract(rows, hiddenSize, s.saved(RAW_FORGET), input, s.activation(FORGET));
        k.multiplyComplement(rows, hiddenSize, input, s.saved(RAW_INPUT), input);
        s.addWeightGradient(WEIGHT_IH, s.activation(0), s.x());
        s.addBiasGradient(s.activation(0), BIAS_IH);
        s.addInputGradient(WEIGHT_IH, s.activation(0));
    }
}
