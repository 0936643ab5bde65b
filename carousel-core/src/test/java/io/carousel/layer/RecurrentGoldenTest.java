package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.autograd.Gradients;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.cell.Cells;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * RNN, GRU, LSTM and LSTM with projection on packed ragged batches, one and two layers, one and both directions, against
 * PyTorch in double precision: {@code tools/golden/recurrent.py}.
 */
class RecurrentGoldenTest {
    private static final JsonNode GOLDEN = Golden.read("recurrent.json");
    private static final String LAYER = "encoder";

    @TestFactory
    List<DynamicTest> outputsFinalStatesAndEveryGradientAreThoseOfPyTorch() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode golden : GOLDEN.get("cases")) {
            Case made = new Case(golden);
            tests.add(DynamicTest.dynamicTest(made.toString(), made::check));
        }
        return tests;
    }

    /** One layer of PyTorch and ours beside it. */
    private static final class Case {
        private final JsonNode golden;
        private final String kind;
        private final int layers;
        private final int directions;
        private final int features = GOLDEN.get("features").intValue();
        private final int hidden = GOLDEN.get("hidden").intValue();
        private final int[] lengths = Arrays.stream(Golden.doubles(GOLDEN.get("lengths")))
                .mapToInt(n -> (int) n)
                .toArray();
        private final BatchLayout layout = BatchLayout.of(lengths);

        Case(JsonNode golden) {
            this.golden = golden;
            this.kind = golden.get("kind").stringValue();
            this.layers = golden.get("layers").intValue();
            this.directions = golden.get("directions").intValue();
        }

        @Override
        public String toString() {
            return kind + ", layers: " + layers + ", directions: " + directions;
        }

        /** Our layer for what PyTorch calls its kinds. */
        private RecurrentSpec spec() {
            String cell =
                    switch (kind) {
                        case "rnn-tanh" -> "elman";
                        case "rnn-relu" -> "elman-relu";
                        case "lstm-projection" ->
                            "projection:size=" + GOLDEN.get("projection").intValue();
                        default -> kind;
                    };
            return RecurrentSpec.of(LAYER, cell, Collections.nCopies(layers, hidden))
                    .withDirection(directions == 1 ? Direction.FORWARD : Direction.BIDIRECTIONAL);
        }

        /**
         * The roundings on the longest path: forward and backward through every time step of every layer, each with the
         * terms of its products (of up to four gates, from the layer below and from the time step before) and about 40
         * roundings of the gates, then the sum over all rows.
         */
        private int roundings() {
            int below = Math.max(features, layers == 1 ? 0 : directions * hidden);
            return 2 * (layout.steps() + layers - 1) * (below + 5 * hidden + 40) + layout.rows();
        }

        void check() {
            Network network = Network.create(new NetworkSpec(features, List.of(spec())), Rng.of(1));
            setWeights(network);
            checkNetwork(network);
            checkOperations(network);
        }

        /** The layer as a network runs it. */
        private void checkNetwork(Network network) {
            State initial = network.initialState(lengths.length);
            for (StatePart part : network.stateParts()) {
                float[] values = state("initial", part.name());
                System.arraycopy(values, 0, initial.values(part.name()), 0, values.length);
            }
            float[] gradient = new float[network.parameters().size()];
            Tape tape = new Tape(Kernels.best(), new Workspace());
            tape.begin(gradient);

            NetworkOutput output = network.forward(tape, new SequenceBatch(layout, inputs()), initial, null);

            compare(network, tape, gradient, output.rows(), output.finalVariables());
        }

        /** Its operations one by one, where input and initial state are variables and so have gradients. */
        private void checkOperations(Network network) {
            float[] gradient = new float[network.parameters().size()];
            Tape tape = new Tape(Kernels.best(), new Workspace());
            tape.begin(gradient);
            Variable input = tape.variable(inputs());
            Map<String, Variable> initial = new LinkedHashMap<>();
            for (StatePart part : network.stateParts()) {
                Shape shape = Shape.of(lengths.length, part.size());
                initial.put(part.name(), tape.variable(Tensor.of(shape, state("initial", part.name()))));
            }
            Map<String, Variable> last = new LinkedHashMap<>();
            Variable rows = input;
            for (int layer = 0; layer < layers; layer++) {
                Variable forward = pass(network, tape, rows, "_l" + layer, initial, last);
                rows = directions == 1
                        ? forward
                        : Operations.concatenate(
                                tape, forward, pass(network, tape, rows, "_l" + layer + "_reverse", initial, last));
            }

            compare(network, tape, gradient, rows, last);

            compare("input gradients", input.gradient(), rows(golden.get("inputGradients"), features));
            initial.forEach((name, state) ->
                    compare("gradient of initial " + name, state.gradient(), state("initialGradients", name)));
        }

        /** One cell over all time steps in one direction. */
        private Variable pass(
                Network network,
                Tape tape,
                Variable rows,
                String suffix,
                Map<String, Variable> initial,
                Map<String, Variable> last) {
            boolean backward = suffix.endsWith("_reverse");
            Cell cell = Cells.create(spec().cell(), rows.value().columns(), hidden);
            List<Parameter> weights = cell.weights().stream()
                    .map(weight -> network.parameters().get(LAYER + "." + weight.name() + suffix))
                    .toList();
            List<String> parts = cell.state().stream()
                    .map(part -> LAYER + "." + part.name() + suffix)
                    .toList();
            Variable x = backward ? Operations.gatherRows(tape, rows, layout.reversedRows()) : rows;
            Recurrent.Result result = Recurrent.run(
                    cell,
                    weights,
                    tape,
                    new Flow(x, layout),
                    parts.stream().map(initial::get).toList());
            for (int p = 0; p < parts.size(); p++) {
                last.put(parts.get(p), result.finalState().get(p));
            }
            return backward ? Operations.gatherRows(tape, result.outputs(), layout.reversedRows()) : result.outputs();
        }

        /** Outputs, final states, and the gradients of the weights. */
        private void compare(Network network, Tape tape, float[] gradient, Variable rows, Map<String, Variable> last) {
            int width = network.outputSize();
            Variable value = Gradients.weightedSum(tape, rows, rows(golden.get("outputFactors"), width));
            for (StatePart part : network.stateParts()) {
                float[] factors = state("finalFactors", part.name());
                value = Operations.add(tape, value, Gradients.weightedSum(tape, last.get(part.name()), factors));
            }
            tape.backward(value);
            compare("outputs", rows.value(), rows(golden.get("outputs"), width));
            compare("value", value.value(), Golden.floats(golden.get("value")));
            for (StatePart part : network.stateParts()) {
                compare("final " + part.name(), last.get(part.name()).value(), state("final", part.name()));
            }
            for (Parameter parameter : network.parameters().list()) {
                compare(
                        "gradient of " + parameter.name(),
                        new Tensor(parameter.shape(), gradient, parameter.offset()),
                        Golden.floats(golden.get("weightGradients").get(local(parameter.name()))));
            }
        }

        private void setWeights(Network network) {
            List<Parameter> parameters = network.parameters().list();
            assertThat(network.stateParts().stream().map(part -> local(part.name())))
                    .containsExactlyInAnyOrderElementsOf(golden.get("initial").propertyNames());
            assertThat(parameters.stream().map(p -> local(p.name())))
                    .containsExactlyInAnyOrderElementsOf(golden.get("weights").propertyNames());
            for (Parameter parameter : parameters) {
                JsonNode weight = golden.get("weights").get(local(parameter.name()));
                int[] shape = Arrays.stream(Golden.doubles(weight.get("shape")))
                        .mapToInt(n -> (int) n)
                        .toArray();
                assertThat(parameter.shape()).as(parameter.name()).isEqualTo(Shape.of(shape));
                float[] values = Golden.floats(weight.get("values"));
                System.arraycopy(values, 0, network.parameters().values(), parameter.offset(), values.length);
            }
            network.parameters().changed();
        }

        private Tensor inputs() {
            return Tensor.of(Shape.of(layout.rows(), features), rows(golden.get("inputs"), features));
        }

        private float[] state(String what, String part) {
            return Golden.floats(golden.get(what).get(local(part)));
        }

        /** Sequences {@code [T, width]} in the caller's order, as the rows of the layout. */
        private float[] rows(JsonNode sequences, int width) {
            float[] rows = new float[layout.rows() * width];
            for (int index = 0; index < lengths.length; index++) {
                float[] sequence = Golden.floats(sequences.get(index));
                for (int t = 0; t < lengths[index]; t++) {
                    System.arraycopy(sequence, t * width, rows, layout.row(index, t) * width, width);
                }
            }
            return rows;
        }

        private void compare(String what, Tensor tensor, float[] expected) {
            float[] actual = tensor.toArray();
            assertThat(actual).as(what).hasSameSizeAs(expected);
            double bound = Gradients.bound(roundings(), Gradients.largest(Gradients.toDouble(expected)));
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) actual[i]).as("%s, element %d", what, i).isCloseTo(expected[i], within(bound));
            }
        }

        /** The name without that of the layer, which is PyTorch's. */
        private static String local(String name) {
            return name.substring(LAYER.length() + 1);
        }
    }
}
