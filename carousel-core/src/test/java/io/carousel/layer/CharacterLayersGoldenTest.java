package io.carousel.layer;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.largest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.autograd.Gradients;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.CellSpec;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is made of the characters of words, and every gradient, against PyTorch in float64: {@code tools/golden/characters.py}. */
class CharacterLayersGoldenTest {
    private static final JsonNode GOLDEN = Golden.read("characters.json");
    private static final int MOST = 8;
    /**
     * The longest path, forward and backward: of the recurrent layer seven time steps, each with the products of E = 4 and of
     * H = 5, seven blocks of activations and some 70 roundings of the gates; then the sum over the 19 characters of all words.
     * A convolution's is shorter.
     */
    private static final int ROUNDINGS = 2 * 7 * (4 + 5 + 7 * 5 + 70) + 19;

    private static int size(String name) {
        return GOLDEN.get(name).asInt();
    }

    private static LayerSpec spec(String kind) {
        return kind.equals("convolution")
                ? new CharacterConvolutionSpec(
                        "characters", size("vocabulary"), size("size"), size("filters"), size("width"))
                : new CharacterRecurrentSpec(
                        "characters", size("vocabulary"), size("size"), CellSpec.parse("lstm"), size("hidden"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void rowsAndEveryGradientAreThoseOfPyTorch(int index) {
        JsonNode golden = GOLDEN.get("cases").get(index);
        LayerSpec spec = spec(golden.get("kind").asString());
        Network network = Network.create(new NetworkSpec(MOST, List.of(spec)), Rng.of(1));
        List<Parameter> parameters = network.parameters().list();
        assertThat(parameters).hasSize(golden.get("weights").size());
        for (Parameter parameter : parameters) {
            float[] values = Golden.floats(golden.get("weights").get(name(parameter)));
            assertThat(values).hasSize(parameter.shape().size());
            System.arraycopy(values, 0, network.parameters().values(), parameter.offset(), values.length);
        }
        network.parameters().changed();
        float[] gradient = new float[network.parameters().size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        Tensor words = words();
        Variable rows = spec.layer(MOST)
                .forward(
                        new Flow(tape.constant(words), BatchLayout.of(words.rows())),
                        new LayerContext(tape, network.parameters(), null, new LinkedHashMap<>(), null))
                .rows();
        tape.backward(Gradients.weightedSum(tape, rows, Golden.floats(golden.get("mix"))));

        assertClose("rows", rows.value().toArray(), golden.get("rows"));
        for (Parameter parameter : parameters) {
            int from = parameter.offset();
            assertClose(
                    parameter.name(),
                    Arrays.copyOfRange(gradient, from, from + parameter.shape().size()),
                    golden.get("gradients").get(name(parameter)));
        }
    }

    private static String name(Parameter parameter) {
        return parameter.name().replace("characters.", "");
    }

    /** A word a row, and -1 after its last character. */
    private static Tensor words() {
        JsonNode words = GOLDEN.get("words");
        Tensor x = Tensor.zeros(words.size(), MOST);
        x.fill(-1);
        for (int row = 0; row < words.size(); row++) {
            for (int i = 0; i < words.get(row).size(); i++) {
                x.data()[row * MOST + i] = words.get(row).get(i).asInt();
            }
        }
        return x;
    }

    private static void assertClose(String what, float[] actual, JsonNode expected) {
        double[] numbers = Golden.doubles(expected);
        assertThat(actual).hasSameSizeAs(numbers);
        double bound = bound(ROUNDINGS, largest(numbers));
        for (int i = 0; i < numbers.length; i++) {
            assertThat((double) actual[i]).as("element %d of %s", i, what).isCloseTo(numbers[i], within(bound));
        }
    }
}
