package io.carousel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import io.carousel.text.TagScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Losses, derivatives, probabilities and best paths against PyTorch in float64: {@code tools/golden/chain.py}. */
class ChainCrossEntropyGoldenTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void lossesAndDerivativesAreThoseOfPyTorch(int number) {
        JsonNode golden = golden(number);
        Parameters parameters = parameters(golden);
        ChainWeights weights = Chains.weights(parameters);
        JsonNode sequences = golden.get("sequences");
        BatchLayout layout = layout(sequences, weights.tags());
        Tensor rows = Tensor.zeros(layout.rows(), weights.tags());
        int[] tags = new int[layout.rows()];
        double largest = 0;
        for (int index = 0; index < sequences.size(); index++) {
            Tensor emissions = emissions(sequences.get(index), weights.tags());
            largest = Math.max(largest, Chains.largest(weights, emissions));
            for (int t = 0; t < emissions.rows(); t++) {
                int row = layout.row(index, t);
                tags[row] = sequences.get(index).get("tags").get(t).intValue();
                System.arraycopy(
                        emissions.data(), t * weights.tags(), rows.data(), row * weights.tags(), weights.tags());
            }
        }
        float[] gradient = new float[parameters.size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        Variable input = tape.variable(rows);
        Variable loss = ChainCrossEntropy.apply(tape, input, layout, weights, tags, rules(golden));
        tape.backward(loss);

        double bound = Chains.bound(layout.rows(), weights.tags(), largest);
        double expected = golden.get("loss").doubleValue();
        assertThat((double) loss.value().at()).isCloseTo(expected, within(bound + expected * 0x1p-24));
        for (int index = 0; index < sequences.size(); index++) {
            assertClose(
                    ChainDecoder.sequence(input.gradient(), layout, index).toArray(),
                    0,
                    Golden.doubles(sequences.get(index).get("gradient")),
                    Chains.bound(layout.steps(), weights.tags(), largest));
        }
        for (Parameter parameter : parameters.list()) {
            String name = parameter.name().substring("crf.".length());
            assertClose(
                    gradient,
                    parameter.offset(),
                    Golden.doubles(golden.get("gradients").get(name)),
                    bound + layout.rows() * layout.rows() * 0x1p-24);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void probabilitiesAndBestPathsAreThoseOfPyTorch(int number) {
        JsonNode golden = golden(number);
        ChainWeights weights = Chains.weights(parameters(golden));
        ChainDecoder decoder = new ChainDecoder(Kernels.best(), weights, rules(golden));
        JsonNode sequences = golden.get("sequences");
        for (int index = 0; index < sequences.size(); index++) {
            JsonNode sequence = sequences.get(index);
            Tensor emissions = emissions(sequence, weights.tags());
            double bound = Chains.bound(emissions.rows(), weights.tags(), Chains.largest(weights, emissions));
            double logPartition = sequence.get("logPartition").doubleValue();

            assertThat(decoder.logPartition(emissions)).isCloseTo(logPartition, within(bound));
            assertClose(decoder.marginals(emissions).toArray(), 0, Golden.doubles(sequence.get("marginals")), bound);
            int count = sequence.get("best").size();
            List<ChainDecoder.Path> best = decoder.best(emissions, count);
            assertThat(best).hasSize(count);
            for (int n = 0; n < count; n++) {
                double score = sequence.get("scores").get(n).doubleValue();
                List<Integer> path = new ArrayList<>();
                sequence.get("best").get(n).forEach(tag -> path.add(tag.intValue()));
                assertThat(best.get(n).tags()).isEqualTo(path);
                assertThat(best.get(n).score()).isCloseTo(score, within(1e-13 * Math.abs(score)));
                assertThat(best.get(n).probability())
                        .isCloseTo(StrictMath.exp(score - logPartition), within(bound * (1 + bound)));
            }
            assertThat(decoder.best(emissions))
                    .containsExactly(best.get(0).tags().stream()
                            .mapToInt(Integer::intValue)
                            .toArray());
        }
    }

    private static void assertClose(float[] actual, int offset, double[] expected, double bound) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[offset + i]).as("element %d", i).isCloseTo(expected[i], within(bound));
        }
    }

    private static JsonNode golden(int number) {
        return Golden.read("chain.json").get("cases").get(number);
    }

    private static Parameters parameters(JsonNode golden) {
        Parameters parameters = Chains.parameters(golden.get("names").size(), 1, Rng.of(1));
        for (Parameter parameter : parameters.list()) {
            float[] values = Golden.floats(golden.get(parameter.name().substring("crf.".length())));
            System.arraycopy(values, 0, parameters.values(), parameter.offset(), values.length);
        }
        parameters.changed();
        return parameters;
    }

    private static ChainRules rules(JsonNode golden) {
        List<String> names = new ArrayList<>();
        golden.get("names").forEach(name -> names.add(name.stringValue()));
        return ChainRules.of(TagScheme.valueOf(golden.get("scheme").stringValue()), names);
    }

    private static BatchLayout layout(JsonNode sequences, int tags) {
        int[] lengths = new int[sequences.size()];
        for (int index = 0; index < lengths.length; index++) {
            lengths[index] = sequences.get(index).get("emissions").size() / tags;
        }
        return BatchLayout.of(lengths);
    }

    private static Tensor emissions(JsonNode sequence, int tags) {
        float[] values = Golden.floats(sequence.get("emissions"));
        return new Tensor(Shape.of(values.length / tags, tags), values, 0);
    }
}
