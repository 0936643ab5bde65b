package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * A long short-term memory cell with input, forget and output gates.
 *
 * <pre>{@code
 * i = σ(W_i x + b_i + R_i h + d_i)      input gate
 * f = σ(W_f x + b_f + R_f h + d_f)      forget gate
 * g = tanh(W_g x + b_g + R_g h + d_g)   candidate
 * o = σ(W_o x + b_o + R_o h + d_o)      output gate
 * c' = f ⊙ c + i ⊙ g                    cell state
 * h' = o ⊙ tanh(c')                     hidden state, the output
 * }</pre>
 *
 * <p>Weights as in PyTorch: {@code weight_ih [4H, F]}, {@code weight_hh [4H, H]}, {@code bias_ih [4H]}, {@code bias_hh
 * [4H]}, blocks in the order i, f, g, o. At first the input weights are Glorot's, the recurrent ones orthogonal, the biases
 * 0 except that of the forget gate in {@code bias_ih}, which is 1 (Jozefowicz, Zaremba, Sutskever, <i>An Empirical
 * Exploration of Recurrent Network Architectures</i>, 2015).
 *
 * <p>Source: Hochreiter, Schmidhuber, <i>Long Short-Term Memory</i>, 1997; the forget gate: Gers, Schmidhuber, Cummins,
 * <i>Learning to Forget</i>, 2000.
 *
 * @param inputSize F
 * @param hiddenSize H
 */
public record LstmCell(int inputSize, int hiddenSize) implements Cell {
    /** The name by which specs choose this cell. */
    public static final String NAME = "lstm";

    /** The largest H for which {@code weight_hh} fits into one array. */
    private static final int LARGEST = 23_170;

    private static final int HIDDEN = 0;
    private static final int CELL = 1;
    private static final int WEIGHT_IH = 0;
    private static final int WEIGHT_HH = 1;
    private static final int BIAS_IH = 2;
    private static final int BIAS_HH = 3;

    public LstmCell {
        if (inputSize < 1 || hiddenSize < 1) {
            throw new IllegalArgumentException("sizes of an LSTM must be positive, got input size " + inputSize
                    + " and hidden size " + hiddenSize);
        }
        if (hiddenSize > LARGEST) {
            throw new IllegalArgumentException("hidden size of an LSTM must be at most " + LARGEST + ", got "
                    + hiddenSize + "; use a smaller layer");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<StatePart> state() {
        return List.of(new StatePart("hidden", hiddenSize), new StatePart("cell", hiddenSize));
    }

    @Override
    public List<String> gates() {
        return List.of("input", "forget", "candidate", "output");
    }

    @Override
    public List<Parameters.Declaration> weights() {
        int width = activations();
        return List.of(
                new Parameters.Declaration("weight_ih", Shape.of(width, inputSize), true, Initializer.glorotUniform(4)),
                new Parameters.Declaration("weight_hh", Shape.of(width, hiddenSize), true, Initializer.orthogonal(4)),
                new Parameters.Declaration("bias_ih", Shape.of(width), false, Initializer.blockConstants(0, 1, 0, 0)),
                new Parameters.Declaration("bias_hh", Shape.of(width), false, Initializer.constant(0)));
    }

    @Override
    public int activations() {
        return Math.multiplyExact(4, hiddenSize);
    }

    @Override
    public int saved() {
        return hiddenSize;
    }

    @Override
    public void input(
            Kernels kernels, List<Parameter> weights, int rows, float[] x, int xOffset, float[] z, int zOffset) {
        int width = activations();
        Parameter biasIh = weights.get(BIAS_IH);
        Parameter biasHh = weights.get(BIAS_HH);
        if (rows == 0) {
            return;
        }
        System.arraycopy(biasIh.tensor().data(), biasIh.offset(), z, zOffset, width);
        kernels.add(width, biasHh.tensor().data(), biasHh.offset(), z, zOffset);
        kernels.broadcastRow(rows - 1, width, z, zOffset, z, zOffset + width, width);
        kernels.multiply(
                rows,
                x,
                xOffset,
                inputSize,
                false,
                weights.get(WEIGHT_IH).packedTranspose(kernels),
                z,
                zOffset,
                width,
                true);
    }

    @Override
    public void step(CellStep s) {
        Kernels kernels = s.kernels();
        kernels.multiply(
                s.rows(),
                s.previous(HIDDEN).array(),
                s.previous(HIDDEN).offset(),
                hiddenSize,
                false,
                s.weight(WEIGHT_HH).packedTranspose(kernels),
                s.activations().array(),
                s.activations().offset(),
                activations(),
                true);
        kernels.lstmForward(
                s.rows(), hiddenSize, s.activations(), s.previous(CELL), s.next(CELL), s.saved(), s.next(HIDDEN));
    }

    @Override
    public void stepBackward(CellStep s) {
        Kernels kernels = s.kernels();
        kernels.lstmBackward(
                s.rows(),
                hiddenSize,
                s.activations(),
                s.previous(CELL),
                s.saved(),
                s.gradient(HIDDEN),
                s.gradient(CELL));
        kernels.multiply(
                s.rows(),
                s.activations().array(),
                s.activations().offset(),
                activations(),
                false,
                s.weight(WEIGHT_HH).packed(kernels),
                s.gradient(HIDDEN).array(),
                s.gradient(HIDDEN).offset(),
                hiddenSize,
                false);
    }

    @Override
    public void sequenceBackward(CellSequence s) {
        s.addWeightGradient(WEIGHT_IH, s.x());
        s.addWeightGradient(WEIGHT_HH, s.previous().apply(HIDDEN));
        s.addBiasGradient(BIAS_IH, BIAS_HH);
        s.addInputGradient(WEIGHT_IH);
    }
}
