package io.carousel.cell;

import static io.carousel.cell.LstmFamily.BIAS_HH;
import static io.carousel.cell.LstmFamily.CANDIDATE;
import static io.carousel.cell.LstmFamily.CELL;
import static io.carousel.cell.LstmFamily.FORGET_GATE;
import static io.carousel.cell.LstmFamily.HIDDEN;
import static io.carousel.cell.LstmFamily.INPUT_GATE;
import static io.carousel.cell.LstmFamily.OUTPUT_GATE;
import static io.carousel.cell.LstmFamily.WEIGHT_HH;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.CellWeight.Role;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * An LSTM whose output is a linear projection of its H units to P numbers, so that many units need few recurrent weights.
 *
 * <pre>{@code
 * i = σ(W_i x + b_i + R_i h + d_i)      input gate
 * f = σ(W_f x + b_f + R_f h + d_f)      forget gate
 * g = tanh(W_g x + b_g + R_g h + d_g)   candidate
 * o = σ(W_o x + b_o + R_o h + d_o)      output gate
 * c' = f ⊙ c + i ⊙ g                    cell state [H]
 * h' = P (o ⊙ tanh(c'))                 hidden state [P], the output
 * }</pre>
 *
 * <p>The hidden size of a spec is that of the cell state, H; the option {@code size} is the width P of the output, half of H
 * where it is left out: {@code projection:size=64}. The layer above reads P features.
 *
 * <p>Weights as in PyTorch with {@code proj_size}: {@code weight_ih [4H, F]}, {@code weight_hh [4H, P]}, {@code bias_ih
 * [4H]}, {@code bias_hh [4H]}, blocks in the order i, f, g, o; then {@code weight_hr [P, H]}, the projection, which is
 * Glorot's at first. The others start as those of {@link LstmCell}.
 *
 * <p>Source: Sak, Senior, Beaufays, <i>Long Short-Term Memory Recurrent Neural Network Architectures for Large Scale Acoustic
 * Modeling</i>, 2014, as PyTorch has it: without peepholes and without the non-recurrent projection.
 *
 * @param inputSize F
 * @param cellSize H
 * @param hiddenSize P
 */
public record ProjectionCell(int inputSize, int cellSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "projection";

    private static final List<String> GATES = List.of(INPUT_GATE, FORGET_GATE, CANDIDATE, OUTPUT_GATE);
    private static final int WEIGHT_HR = BIAS_HH + 1;

    private static final int TANH_CELL = 0;
    private static final int UNPROJECTED = 1;
    private static final int UNPROJECTED_GRADIENT = 2;
    private static final int OUTPUT_GRADIENT = 3;

    public ProjectionCell {
        Sizes.require(NAME, inputSize, Math.min(cellSize, hiddenSize), 4);
        Sizes.require(NAME, inputSize, Math.max(cellSize, hiddenSize), 4);
    }

    /** Makes cells of this name, with the option {@code size}. */
    static CellFactory factory() {
        return new CellFactory() {
            @Override
            public String name() {
                return NAME;
            }

            @Override
            public String description() {
                return "LSTM with a projected output of option size, by default H/2 (Sak et al. 2014)";
            }

            @Override
            public Cell create(int inputSize, int hiddenSize, CellOptions options) {
                return new ProjectionCell(inputSize, hiddenSize, options.size("size", Math.max(1, hiddenSize / 2)));
            }
        };
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<StatePart> state() {
        return List.of(new StatePart("hidden", hiddenSize), new StatePart("cell", cellSize));
    }

    @Override
    public List<CellWeight> weights() {
        return List.of(
                LstmFamily.inputWeight(inputSize, cellSize, GATES),
                LstmFamily.recurrentWeight(hiddenSize, cellSize, GATES),
                LstmFamily.bias(cellSize, GATES),
                LstmFamily.recurrentBias(cellSize, GATES),
                new CellWeight(
                        "weight_hr",
                        Shape.of(hiddenSize, cellSize),
                        Role.MATRIX,
                        List.of(),
                        Initializer.glorotUniform(1)));
    }

    @Override
    public List<Block> activations() {
        return LstmFamily.gates(cellSize, GATES);
    }

    @Override
    public List<Block> saved() {
        return List.of(
                new Block("tanh_cell", cellSize, Activation.TANH),
                Block.of("unprojected", cellSize),
                Block.of("unprojected_gradient", cellSize),
                Block.of("output_gradient", hiddenSize));
    }

    @Override
    public boolean beginsWithRecurrentProduct() {
        return true;
    }

    @Override
    public void input(CellInput s) {
        LstmFamily.input(s);
    }

    @Override
    public void step(CellStep s) {
        Slice unprojected = s.saved(UNPROJECTED);
        s.recurrentProduct(WEIGHT_HH, s.activation(0), true);
        s.kernels()
                .lstmForward(
                        s.rows(),
                        cellSize,
                        s.activation(0),
                        s.previous(CELL),
                        s.next(CELL),
                        s.saved(TANH_CELL),
                        unprojected);
        s.product(WEIGHT_HR, unprojected, s.next(HIDDEN), false);
    }

    @Override
    public void stepBackward(CellStep s) {
        Slice unprojectedGradient = s.saved(UNPROJECTED_GRADIENT);
        s.kernels().copy(s.rows(), hiddenSize, s.gradient(HIDDEN), s.saved(OUTPUT_GRADIENT));
        s.productBack(WEIGHT_HR, s.gradient(HIDDEN), unprojectedGradient, false);
        s.kernels()
                .lstmBackward(
                        s.rows(),
                        cellSize,
                        s.activation(0),
                        s.previous(CELL),
                        s.saved(TANH_CELL),
                        unprojectedGradient,
                        s.gradient(CELL));
        s.recurrentBack(WEIGHT_HH, s.activation(0), false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        LstmFamily.sequenceBackward(s);
        s.addWeightGradient(WEIGHT_HR, s.saved(OUTPUT_GRADIENT), s.saved(UNPROJECTED));
    }
}
