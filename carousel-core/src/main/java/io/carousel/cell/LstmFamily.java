package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.CellWeight.Role;
import io.carousel.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the cells derived from the LSTM share: two parts of state, and weights of stacked gates as PyTorch's LSTM has them.
 *
 * <p>The first four weights of such a cell are {@code weight_ih [kH, F]}, {@code weight_hh [kH, R]} with R the width of the
 * output, {@code bias_ih [kH]} and {@code bias_hh [kH]} for its k gates. At first the input weights are Glorot's, the
 * recurrent ones orthogonal, the biases 0 except that of a forget gate in {@code bias_ih}, which is 1.
 */
final class LstmFamily {
    static final int HIDDEN = 0;
    static final int CELL = 1;
    static final int WEIGHT_IH = 0;
    static final int WEIGHT_HH = 1;
    static final int BIAS_IH = 2;
    static final int BIAS_HH = 3;

    static final String INPUT_GATE = "input";
    static final String FORGET_GATE = "forget";
    static final String CANDIDATE = "candidate";
    static final String OUTPUT_GATE = "output";

    private LstmFamily() {}

    static List<StatePart> state(int hiddenSize) {
        return List.of(new StatePart("hidden", hiddenSize), new StatePart("cell", hiddenSize));
    }

    /** The four weights of these gates, then the peepholes of those that see the cell state. */
    static List<CellWeight> weights(int inputSize, int hiddenSize, List<String> gates, String... peepholes) {
        Stream<CellWeight> stacked = Stream.of(
                inputWeight(inputSize, hiddenSize, gates),
                recurrentWeight(hiddenSize, hiddenSize, gates),
                bias(hiddenSize, gates),
                recurrentBias(hiddenSize, gates));
        return Stream.concat(stacked, Stream.of(peepholes).map(gate -> peephole(hiddenSize, gate)))
                .toList();
    }

    static CellWeight inputWeight(int inputSize, int hiddenSize, List<String> gates) {
        Shape shape = Shape.of(gates.size() * hiddenSize, inputSize);
        return new CellWeight("weight_ih", shape, Role.INPUT, gates, Initializer.glorotUniform(gates.size()));
    }

    static CellWeight recurrentWeight(int outputSize, int hiddenSize, List<String> gates) {
        Shape shape = Shape.of(gates.size() * hiddenSize, outputSize);
        return new CellWeight("weight_hh", shape, Role.RECURRENT, gates, Initializer.orthogonal(gates.size()));
    }

    /** The first bias, 1 for a forget gate and 0 otherwise. */
    static CellWeight bias(int hiddenSize, List<String> gates) {
        float[] values = new float[gates.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = gates.get(k).equals(FORGET_GATE) ? 1 : 0;
        }
        return bias(hiddenSize, gates, values);
    }

    /** The first bias, with a start for each gate. */
    static CellWeight bias(int hiddenSize, List<String> gates, float... values) {
        Shape shape = Shape.of(gates.size() * hiddenSize);
        return new CellWeight("bias_ih", shape, Role.BIAS, gates, Initializer.blockConstants(values));
    }

    static CellWeight recurrentBias(int hiddenSize, List<String> gates) {
        Shape shape = Shape.of(gates.size() * hiddenSize);
        return new CellWeight("bias_hh", shape, Role.RECURRENT_BIAS, gates, Initializer.constant(0));
    }

    /** The weights through which a gate sees the cell state: {@code weight_ci}, {@code weight_cf} or {@code weight_co}; 0 at first. */
    static CellWeight peephole(int hiddenSize, String gate) {
        String name = "weight_c" + gate.charAt(0);
        return new CellWeight(name, Shape.of(hiddenSize), Role.DIAGONAL, List.of(gate), Initializer.constant(0));
    }

    /** One block for each gate. */
    static List<Block> gates(int hiddenSize, List<String> gates) {
        return gates.stream()
                .map(gate -> new Block(gate, hiddenSize, gate.equals(CANDIDATE) ? Activation.TANH : Activation.SIGMOID))
                .toList();
    }

    /** What the backward pass needs beside gates and states: tanh of the cell state. */
    static List<Block> savedTanh(int hiddenSize) {
        return List.of(new Block("tanh_cell", hiddenSize, Activation.TANH));
    }

    /** The pre-activations of all gates from the input and both biases. */
    static void input(CellInput s) {
        s.inputProduct(WEIGHT_IH, s.activation(0), BIAS_IH, BIAS_HH);
    }

    /** The derivatives of the four weights and of the input. */
    static void sequenceBackward(CellSequence s) {
        s.addWeightGradient(WEIGHT_IH, s.activation(0), s.x());
        s.addWeightGradient(WEIGHT_HH, s.activation(0), s.recurrent());
        s.addBiasGradient(s.activation(0), BIAS_IH, BIAS_HH);
        s.addInputGradient(WEIGHT_IH, s.activation(0));
    }
}
