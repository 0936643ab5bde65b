package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.OnnxOperator;
import io.carousel.autograd.Gradients;
import io.carousel.autograd.Tape;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Our cells beside the operators LSTM, GRU and RNN of ONNX, which ONNX Runtime computes: models by {@code
 * tools/golden/onnx_models.py}. ONNX's own reference evaluator ignores several of the attributes, so it is no judge.
 */
class OnnxGoldenTest {
    /** Pairs of models that differ in one attribute or input only. */
    private static final List<List<String>> DIFFERENT = List.of(
            List.of("rnn", "rnn-relu"),
            List.of("rnn", "rnn-clip"),
            List.of("gru-0", "gru-1"),
            List.of("gru-0", "gru-0-clip"),
            List.of("gru-1", "gru-1-clip"),
            List.of("lstm", "lstm-coupled"),
            List.of("lstm", "lstm-clip"),
            List.of("lstm", "peephole"),
            List.of("peephole", "peephole-coupled"),
            List.of("peephole", "peephole-clip"),
            List.of("peephole-coupled", "peephole-coupled-clip"));

    /**
     * The roundings on the longest path, in both programs: in every time step the terms of the two products, and about 40 of
     * the biases, the gates and the state. No row of the recurrent weights has sizes that sum to more than one, so that a
     * product does not make an error of the state before larger.
     */
    private static final int ROUNDINGS =
            2 * OnnxNumbers.LAYOUT.steps() * (OnnxNumbers.FEATURES + OnnxNumbers.HIDDEN + 40);

    @TestFactory
    List<DynamicTest> outputsAndFinalStatesAreThoseOfOnnxRuntime() {
        List<DynamicTest> tests = new ArrayList<>();
        for (OnnxNumbers.Operator operator : OnnxNumbers.OPERATORS) {
            for (Direction direction : Direction.values()) {
                OnnxNumbers numbers = new OnnxNumbers(operator, direction);
                tests.add(DynamicTest.dynamicTest(numbers.model(), () -> compare(numbers)));
            }
        }
        return tests;
    }

    /** A runtime that ignored an attribute could not judge it. */
    @TestFactory
    List<DynamicTest> onnxRuntimeHonoursEveryAttribute() {
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> pair : DIFFERENT) {
            tests.add(DynamicTest.dynamicTest(pair.get(1), () -> {
                float[] without = run(pair.get(0)).get("Y");
                float[] with = run(pair.get(1)).get("Y");
                double largest = 0;
                for (int i = 0; i < with.length; i++) {
                    largest = Math.max(largest, Math.abs(with[i] - without[i]));
                }
                assertThat(largest).isGreaterThan(1000 * Gradients.bound(ROUNDINGS, 1));
            }));
        }
        return tests;
    }

    /**
     * The specification has {@code clip} "applied to the input of activations" and counts h, the activation of the cell
     * state, among them. ONNX Runtime clips what goes into the gates and the candidate, and leaves the cell state as it is.
     */
    @Test
    void onnxRuntimeClipsGatesAndLeavesTheCellState() {
        float clip = 0.75f;
        int hidden = OnnxNumbers.HIDDEN;
        float[] biases = new float[8 * hidden];
        Arrays.fill(biases, 10);
        float[] cell = new float[hidden];
        Arrays.fill(cell, 5);

        Map<String, float[]> outputs = new OnnxOperator("lstm-clip-forward")
                .with("X", new float[1], 1, 1, 1)
                .with("W", new float[4 * hidden], 1, 4L * hidden, 1)
                .with("R", new float[4 * hidden * hidden], 1, 4L * hidden, hidden)
                .with("B", biases, 1, 8L * hidden)
                .with("sequence_lens", new int[] {1})
                .with("initial_h", new float[hidden], 1, 1, hidden)
                .with("initial_c", cell, 1, 1, hidden)
                .run();

        double gate = 1 / (1 + StrictMath.exp(-clip));
        double next = gate * 5 + gate * StrictMath.tanh(clip);
        assertThat(next).isGreaterThan(clip);
        check("cell", outputs.get("Y_c"), constant(next));
        check("hidden", outputs.get("Y_h"), constant(gate * StrictMath.tanh(next)));
    }

    private static float[] constant(double value) {
        float[] values = new float[OnnxNumbers.HIDDEN];
        Arrays.fill(values, (float) value);
        return values;
    }

    private static Map<String, float[]> run(String model) {
        return new OnnxNumbers(OnnxNumbers.operator(model), Direction.FORWARD)
                .inputs(new OnnxOperator(model + "-forward"))
                .run();
    }

    private static void compare(OnnxNumbers numbers) {
        Map<String, float[]> expected =
                numbers.inputs(new OnnxOperator(numbers.model())).run();
        BatchLayout layout = OnnxNumbers.LAYOUT;
        Network network = Network.create(new NetworkSpec(OnnxNumbers.FEATURES, List.of(numbers.spec())), Rng.of(1));
        numbers.setWeights(network.parameters());
        State initial = network.initialState(layout.sequences());
        network.stateParts().forEach(part -> numbers.setInitial(part.name(), initial.values(part.name())));
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(new float[network.parameters().size()]);
        SequenceBatch batch =
                new SequenceBatch(layout, Tensor.of(Shape.of(layout.rows(), OnnxNumbers.FEATURES), numbers.rows()));

        NetworkOutput output = network.forward(tape, batch, initial, null);

        check("outputs", output.rows().value().toArray(), numbers.outputs(expected.get("Y")));
        for (StatePart part : network.stateParts()) {
            check(
                    "final " + part.name(),
                    output.finalState().values(part.name()),
                    numbers.finalState(part.name(), expected));
        }
    }

    private static void check(String what, float[] actual, float[] expected) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double bound = Gradients.bound(ROUNDINGS, Gradients.largest(Gradients.toDouble(expected)));
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("%s, element %d", what, i).isCloseTo(expected[i], within((float) bound));
        }
    }
}
