package io.carousel.layer;

import static io.carousel.autograd.Gradients.bound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.autograd.Gradients;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Rows and gradients against PyTorch in float64: {@code tools/golden/pooling.py}. */
class PoolingGoldenTest {
    private static final int WIDTH = 5;
    /**
     * The longest path: a product over F, tanh, a sum over A, an exponential, and sums over six time steps, each some 30
     * roundings, forward and backward; numbers stay below 8.
     */
    private static final double BOUND = bound(2 * 4 * 30, 8);

    static List<JsonNode> cases() {
        List<JsonNode> cases = new ArrayList<>();
        JsonNode all = Golden.read("pooling.json").get("cases");
        for (int i = 0; i < all.size(); i++) {
            cases.add(all.get(i));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowsAndEveryGradientAreThoseOfPyTorch(JsonNode golden) {
        PoolingSpec spec =
                switch (golden.get("kind").asString()) {
                    case "mean" -> PoolingSpec.mean("pool");
                    case "max" -> PoolingSpec.max("pool");
                    default -> PoolingSpec.attention("pool", golden.get("size").asInt());
                };
        Layer layer = spec.layer(WIDTH);
        Parameters parameters = Parameters.initialized(layer.parameters(), Rng.of(1));
        for (Parameter parameter : parameters.list()) {
            float[] values =
                    Golden.floats(golden.get("weights").get(parameter.name().replace("pool.", "")));
            System.arraycopy(values, 0, parameters.values(), parameter.offset(), values.length);
        }
        parameters.changed();
        SequenceBatch batch = SequenceBatch.of(sequences(golden.get("sequences")), WIDTH);
        float[] gradient = new float[parameters.size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        Variable x = tape.variable(batch.values());
        Variable rows = layer.forward(
                        new Flow(x, batch.layout()),
                        new LayerContext(tape, parameters, null, new LinkedHashMap<>(), null))
                .rows();
        tape.backward(Gradients.weightedSum(tape, rows, Golden.floats(golden.get("mix"))));

        assertClose(rows.value().toArray(), golden.get("rows"));
        for (Parameter parameter : parameters.list()) {
            float[] actual = new float[parameter.tensor().size()];
            System.arraycopy(gradient, parameter.offset(), actual, 0, actual.length);
            assertClose(actual, golden.get("gradients").get(parameter.name().replace("pool.", "")));
        }
        assertInputGradients(x.gradient(), batch.layout(), golden.get("inputGradients"));
    }

    private static void assertInputGradients(Tensor gradient, BatchLayout layout, JsonNode expected) {
        for (int index = 0; index < layout.sequences(); index++) {
            for (int t = 0; t < expected.get(index).size(); t++) {
                assertClose(
                        gradient.rowRange(layout.row(index, t), 1).toArray(),
                        expected.get(index).get(t));
            }
        }
    }

    private static List<float[][]> sequences(JsonNode node) {
        List<float[][]> sequences = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            float[][] sequence = new float[node.get(i).size()][];
            for (int t = 0; t < sequence.length; t++) {
                sequence[t] = Golden.floats(node.get(i).get(t));
            }
            sequences.add(sequence);
        }
        return sequences;
    }

    private static void assertClose(float[] actual, JsonNode expected) {
        double[] numbers = Golden.doubles(expected);
        assertThat(actual).hasSameSizeAs(numbers);
        for (int i = 0; i < numbers.length; i++) {
            assertThat((double) actual[i]).as("element %d", i).isCloseTo(numbers[i], within(BOUND));
        }
    }
}
