package example;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.Cell;
import io.carousel.cell.CellFactory;
import io.carousel.cell.CellInput;
import io.carousel.cell.CellOptions;
import io.carousel.cell.CellSequence;
import io.carousel.cell.CellStep;
import io.carousel.cell.CellWeight;
import io.carousel.cell.CellWeight.Role;
import io.carousel.cell.MemoryGate;
import io.carousel.cell.StatePart;
import io.carousel.kernel.RowKernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * A minimal gated unit: one gate forgets and lets in.
 *
 * <pre>{@code
 * f = σ(W_f x + b_f + R_f h)             forget gate
 * g = tanh(W_g x + b_g + R_g (f ⊙ h))    candidate
 * h' = (1 - f) ⊙ h + f ⊙ g               hidden state, the output
 * }</pre>
 *
 * <p>Source: Zhou, Wu, Zhang, Zhou, <i>Minimal Gated Unit for Recurrent Neural Networks</i>, 2016.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record MinimalGatedCell(int inputSize, int hiddenSize) implements Cell {
    private static final List<String> GATES = List.of("forget", "candidate");

    // The numbers of the weights, in the order of weights(); then those of the blocks.
    private static final int WEIGHT_IH = 0;
    private static final int WEIGHT_FORGET = 1;
    private static final int WEIGHT_CANDIDATE = 2;
    private static final int BIAS = 3;
    private static final int FORGET = 0;
    private static final int CANDIDATE = 1;
    private static final int FORGOTTEN = 0;
    private static final int FORGET_GRADIENT = 1;
    private static final int SCRATCH = 2;

    /** Makes the cell; {@link java.util.ServiceLoader} finds it. */
    public static final class Factory implements CellFactory {
        @Override
        public String name() {
            return "minimal-gated";
        }

        @Override
        public String description() {
            return "minimal gated unit, one gate (Zhou et al. 2016)";
        }

        @Override
        public Cell create(int inputSize, int hiddenSize, CellOptions options) {
            return new MinimalGatedCell(inputSize, hiddenSize);
        }
    }

    @Override
    public String name() {
        return "minimal-gated";
    }

    @Override
    public List<StatePart> state() {
        return List.of(new StatePart("hidden", hiddenSize));
    }

    @Override
    public List<CellWeight> weights() {
        return List.of(
                new CellWeight(
                        "weight_ih",
                        Shape.of(2 * hiddenSize, inputSize),
                        Role.INPUT,
                        GATES,
                        Initializer.glorotUniform(2)),
                recurrent("weight_hh_forget", "forget"),
                recurrent("weight_hh_candidate", "candidate"),
                new CellWeight("bias_ih", Shape.of(2 * hiddenSize), Role.BIAS, GATES, Initializer.constant(0)));
    }

    private CellWeight recurrent(String name, String gate) {
        return new CellWeight(
                name, Shape.of(hiddenSize, hiddenSize), Role.RECURRENT, List.of(gate), Initializer.orthogonal(1));
    }

    /** In this unit the state is kept where the gate is 0. */
    @Override
    public MemoryGate memoryGate() {
        return new MemoryGate("forget", false);
    }

    @Override
    public List<Block> activations() {
        return List.of(
                new Block("forget", hiddenSize, Activation.SIGMOID),
                new Block("candidate", hiddenSize, Activation.TANH));
    }

    @Override
    public List<Block> saved() {
        return List.of(
                Block.of("forgotten", hiddenSize),
                Block.of("forget_gradient", hiddenSize),
                Block.of("scratch", hiddenSize));
    }

    /** {@code W x + b} of both gates for all time steps: the two blocks stand side by side. */
    @Override
    public void input(CellInput s) {
        s.inputProduct(WEIGHT_IH, s.activation(FORGET), BIAS);
    }

    @Override
    public void step(CellStep s) {
        RowKernels k = s.kernels();
        int rows = s.rows();
        Slice forget = s.activation(FORGET);
        Slice candidate = s.activation(CANDIDATE);
        s.recurrentProduct(WEIGHT_FORGET, forget, true);
        k.sigmoid(rows, hiddenSize, forget, forget);
        k.multiply(rows, hiddenSize, forget, s.recurrent(), s.saved(FORGOTTEN));
        s.product(WEIGHT_CANDIDATE, s.saved(FORGOTTEN), candidate, true);
        k.tanh(rows, hiddenSize, candidate, candidate);
        k.mix(rows, hiddenSize, forget, candidate, s.previous(0), s.next(0));
    }

    /**
     * The derivatives, with d for "the gradient of" and p for {@code f ⊙ h}.
     *
     * <pre>{@code
     * z_g: dh' f (1 - g²)        p: dz_g R_g        f: dh' (g - h) + dp h
     * z_f: df f (1 - f)          h: dh' (1 - f) + dp f + dz_f R_f
     * }</pre>
     */
    @Override
    public void stepBackward(CellStep s) {
        RowKernels k = s.kernels();
        int rows = s.rows();
        Slice forget = s.activation(FORGET);
        Slice candidate = s.activation(CANDIDATE);
        Slice scratch = s.saved(SCRATCH);
        Slice dh = s.gradient(0);
        Slice df = s.saved(FORGET_GRADIENT);
        k.multiplyDifference(rows, hiddenSize, dh, candidate, s.previous(0), df);
        k.tanhGradient(rows, hiddenSize, dh, forget, candidate, candidate);
        k.multiplyComplement(rows, hiddenSize, dh, forget, dh);
        s.productBack(WEIGHT_CANDIDATE, candidate, scratch, false);
        k.multiplyAdd(rows, hiddenSize, scratch, s.recurrent(), df);
        k.multiply(rows, hiddenSize, scratch, forget, scratch);
        s.recurrentGradient(scratch, true);
        k.sigmoidGradient(rows, hiddenSize, df, forget, forget);
        s.recurrentBack(WEIGHT_FORGET, forget, true);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        s.addWeightGradient(WEIGHT_IH, s.activation(FORGET), s.x());
        s.addWeightGradient(WEIGHT_FORGET, s.activation(FORGET), s.recurrent());
        s.addWeightGradient(WEIGHT_CANDIDATE, s.activation(CANDIDATE), s.saved(FORGOTTEN));
        s.addBiasGradient(s.activation(FORGET), BIAS);
        s.addInputGradient(WEIGHT_IH, s.activation(FORGET));
    }
}
