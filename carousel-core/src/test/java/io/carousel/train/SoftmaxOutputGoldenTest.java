package io.carousel.train;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.largest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.data.LabelledSequence;
import io.carousel.data.StreamedSequences;
import io.carousel.kernel.Kernels;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.TiedDenseSpec;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The loss of word models and all its derivatives against PyTorch in float64: {@code tools/golden/softmax.py}. */
class SoftmaxOutputGoldenTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void lossAndGradientsAreThoseOfPyTorch(int number) {
        JsonNode golden = Golden.read("softmax.json").get("cases").get(number);
        Network network = network(golden);
        for (Parameter parameter : network.parameters().list()) {
            float[] values = Golden.floats(golden.get("weights").get(parameter.name()));
            System.arraycopy(values, 0, network.parameters().values(), parameter.offset(), values.length);
        }
        network.parameters().changed();
        StreamedSequences streams = streams(golden);
        int steps = streams.length(0);
        float[] gradient = new float[network.parameters().size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        SequenceLoss loss = new SoftmaxOutput(golden.get("smoothing").doubleValue());
        ShardLoss shard = new TruncatedBackpropagation(network, loss, streams, steps, steps)
                .forward(tape, IntStream.range(0, streams.count()).toArray(), 0, streams.count(), null);
        tape.backward(shard.sum());

        // Every time step forward and backward with its products and some 60 roundings of the gates; the scores, the
        // numerators and their sum; and the sum over all rows.
        int classes = golden.get("vocabulary").intValue();
        int width = golden.get("size").intValue() + golden.get("hiddenSize").intValue();
        int rows = steps * streams.count();
        int roundings = 2 * steps * (5 * width + 60) + classes + 30 + rows;
        double expectedLoss = golden.get("loss").doubleValue();
        assertThat((double) shard.sum().value().at()).isCloseTo(expectedLoss, within(bound(roundings, expectedLoss)));
        assertThat(shard.weight()).isEqualTo(rows - 2);
        for (Parameter parameter : network.parameters().list()) {
            double[] expected = Golden.doubles(golden.get("gradients").get(parameter.name()));
            double bound = bound(roundings, rows * largest(expected));
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) gradient[parameter.offset() + i])
                        .as("%s, element %d", parameter.name(), i)
                        .isCloseTo(expected[i], within(bound));
            }
        }
    }

    private static Network network(JsonNode golden) {
        int classes = golden.get("vocabulary").intValue();
        List<LayerSpec> layers = List.of(
                new EmbeddingSpec("embedding", classes, golden.get("size").intValue()),
                RecurrentSpec.of(
                        "lstm", "lstm", List.of(golden.get("hiddenSize").intValue())),
                golden.get("tied").booleanValue()
                        ? new TiedDenseSpec("decoder", classes, "embedding")
                        : new DenseSpec("decoder", classes));
        return Network.create(new NetworkSpec(1, layers), Rng.of(1));
    }

    private static StreamedSequences streams(JsonNode golden) {
        List<LabelledSequence> sequences = new ArrayList<>();
        for (int s = 0; s < golden.get("tokens").size(); s++) {
            sequences.add(LabelledSequence.of(
                    column(golden.get("tokens").get(s)),
                    column(golden.get("targets").get(s))));
        }
        return StreamedSequences.each(sequences);
    }

    private static float[][] column(JsonNode numbers) {
        float[] values = Golden.floats(numbers);
        float[][] column = new float[values.length][];
        for (int i = 0; i < column.length; i++) {
            column[i] = new float[] {values[i]};
        }
        return column;
    }
}
