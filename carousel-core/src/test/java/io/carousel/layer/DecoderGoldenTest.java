package io.carousel.layer;

import static io.carousel.autograd.Gradients.bound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.autograd.Gradients;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Outputs, attention and every gradient against PyTorch in float64: {@code tools/golden/attention.py}. */
class DecoderGoldenTest {
    private static final int WIDTH = 3;
    private static final int OUTPUTS = 4;

    /**
     * The longest path: five time steps of the encoder and four of the decoder, each with products of up to 9 numbers for four
     * gates, some 60 roundings of the gates, and an attention with a product of 6, a softmax over 5 rows and some 60 roundings of its
     * functions, forward and backward; numbers stay below 32.
     */
    private static final double BOUND = bound(2 * 9 * (4 * 9 + 60 + 6 + 5 + 60), 32);

    static List<JsonNode> cases() {
        List<JsonNode> cases = new ArrayList<>();
        Golden.read("attention.json").get("cases").forEach(cases::add);
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsAttentionAndEveryGradientAreThoseOfPyTorch(JsonNode golden) {
        Network network = network(golden);
        SequenceBatch sources = SequenceBatch.of(sequences(golden.get("sources")), WIDTH);
        SequenceBatch inputs = SequenceBatch.of(sequences(golden.get("inputs")), WIDTH);
        float[] gradient = new float[network.parameters().size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        Rng training = Rng.of(1);
        NetworkOutput output =
                network.forward(tape, network.encode(tape, sources, training), inputs, null, training, null);
        float[] mix = SequenceBatch.of(sequences(golden.get("mixes")), OUTPUTS)
                .values()
                .toArray();
        Variable loss = Gradients.weightedSum(tape, output.rows(), mix);
        tape.backward(output.penalized(tape, io.carousel.autograd.Operations.reshape(tape, loss), 1));

        BatchLayout layout = inputs.layout();
        for (int index = 0; index < layout.sequences(); index++) {
            JsonNode rows = golden.get("outputs").get(index);
            for (int t = 0; t < rows.size(); t++) {
                assertClose(
                        output.rows().value().rowRange(layout.row(index, t), 1).toArray(), rows.get(t));
                assertClose(
                        output.attention().get(0).of(index, t),
                        golden.get("attention").get(index).get(t));
            }
        }
        for (Parameter parameter : network.parameters().list()) {
            float[] actual = new float[parameter.tensor().size()];
            System.arraycopy(gradient, parameter.offset(), actual, 0, actual.length);
            assertClose(actual, golden.get("gradients").get(parameter.name()));
        }
    }

    private static Network network(JsonNode golden) {
        AttentionSpec attention =
                switch (golden.get("kind").asString()) {
                    case "additive" -> AttentionSpec.additive(6);
                    case "scaled" -> AttentionSpec.scaled(6, 3);
                    case "coverage" -> AttentionSpec.additive(6).withCoverage(5, 0.7);
                    default -> AttentionSpec.general().local(1, 6);
                };
        DecoderSpec.Feeding feeding = golden.get("feeding").asString().equals("context")
                ? DecoderSpec.Feeding.CONTEXT
                : DecoderSpec.Feeding.OUTPUT;
        RecurrentSpec encoder = RecurrentSpec.of("encoder", "gru", List.of(3)).withDirection(Direction.BIDIRECTIONAL);
        RecurrentSpec levels = RecurrentSpec.of("decoder", "lstm", List.of(5));
        Network network = Network.create(
                new NetworkSpec(
                        WIDTH,
                        List.of(new DecoderSpec(levels, attention, 6, feeding, OUTPUTS)),
                        new SourceSpec(new NetworkSpec(WIDTH, List.of(encoder)), new DenseBridge("bridge"))),
                Rng.of(1));
        JsonNode weights = golden.get("weights");
        assertThat(network.parameters().list()).hasSize(weights.size());
        for (Parameter parameter : network.parameters().list()) {
            float[] values = Golden.floats(weights.get(parameter.name()));
            System.arraycopy(values, 0, network.parameters().values(), parameter.offset(), values.length);
        }
        network.parameters().changed();
        return network;
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
