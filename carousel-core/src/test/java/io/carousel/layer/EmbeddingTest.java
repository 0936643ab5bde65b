package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddingTest {
    private static final int VOCABULARY = 30;
    private static final List<float[][]> SEQUENCES =
            List.of(tokens(3, 29, 3, 0), tokens(7), tokens(0, 1, 3, 3, 28), tokens());

    private static final NetworkSpec TIED = new NetworkSpec(
            1,
            List.of(
                    new EmbeddingSpec("embedding", VOCABULARY, 17),
                    RecurrentSpec.of("encoder", "lstm", List.of(9, 17)),
                    new TiedDenseSpec("decoder", VOCABULARY, "embedding")));

    static Stream<NetworkSpec> specs() {
        return Stream.of(
                TIED,
                new NetworkSpec(
                        1,
                        List.of(
                                new EmbeddingSpec("embedding", VOCABULARY, 5).withStart(EmbeddingSpec.Start.NORMAL, 1),
                                RecurrentSpec.of("encoder", "gru", List.of(9)),
                                new DenseSpec("decoder", VOCABULARY))));
    }

    private static float[][] tokens(int... ids) {
        float[][] rows = new float[ids.length][];
        Arrays.setAll(rows, i -> new float[] {ids[i]});
        return rows;
    }

    @ParameterizedTest
    @MethodSource("specs")
    void wholeSteppedAndBatchedGiveTheSameBits(NetworkSpec spec) {
        Network network = Network.create(spec, Rng.of(1));
        SequenceBatch batch = SequenceBatch.of(SEQUENCES, 1);
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        float[] taped = network.forward(tape, batch, null, null).rows().value().toArray();
        float[] direct = network.predict(Kernels.best(), batch, network.initialState(SEQUENCES.size()));

        assertThat(direct).isEqualTo(taped);
        for (int index = 0; index < SEQUENCES.size(); index++) {
            Session session = new Session(network);
            float[] y = new float[VOCABULARY];
            for (int t = 0; t < SEQUENCES.get(index).length; t++) {
                session.step(SEQUENCES.get(index)[t], y);
                int row = batch.layout().row(index, t);
                assertThat(y).isEqualTo(Arrays.copyOfRange(taped, row * VOCABULARY, (row + 1) * VOCABULARY));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void specsPrintAsJsonAndReadBackEqual(NetworkSpec spec) throws FormatException {
        assertThat(Json.read(Json.write(spec), NetworkSpec.class, "spec")).isEqualTo(spec);
    }

    @Test
    void tokensThatRepeatGiveTheBitsOfTokensThatDoNot() {
        Network network = Network.create(TIED, Rng.of(1));
        int[] all = new int[VOCABULARY];
        Arrays.setAll(all, i -> i);
        SequenceBatch few = SequenceBatch.of(List.of(tokens(3, 3, 3, 4), tokens(3, 3)), 1);
        SequenceBatch many = SequenceBatch.of(List.of(tokens(3, 3, 3, 4), tokens(all)), 1);
        Tape tape = new Tape(Kernels.best(), new Workspace());

        float[][] last = new float[2][];
        for (int i = 0; i < 2; i++) {
            SequenceBatch batch = i == 0 ? few : many;
            tape.begin();
            int row = batch.layout().row(0, 3);
            last[i] = network.forward(tape, batch, null, null)
                    .rows()
                    .value()
                    .rowRange(row, 1)
                    .toArray();
        }
        assertThat(last[0]).isEqualTo(last[1]);
    }

    @Test
    void rowsOfTheGradientAreAddedInAscendingOrder() {
        Network network =
                Network.create(new NetworkSpec(1, List.of(new EmbeddingSpec("embedding", VOCABULARY, 2))), Rng.of(1));
        SequenceBatch batch = SequenceBatch.of(SEQUENCES, 1);
        int rows = batch.layout().rows();
        float[] mix = Gradients.normal(Rng.of(2), rows * 2, 1);
        float[] gradient = new float[network.parameters().size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        tape.backward(Gradients.weightedSum(
                tape, network.forward(tape, batch, null, null).rows(), mix));

        float[] expected = new float[gradient.length];
        for (int row = 0; row < rows; row++) {
            int token = (int) batch.values().at(row, 0);
            expected[2 * token] += mix[2 * row];
            expected[2 * token + 1] += mix[2 * row + 1];
        }
        assertThat(gradient).isEqualTo(expected);
    }

    @Test
    void aTiedWeightStandsOnceInTheNetworkAndGetsBothDerivatives() {
        Network network = Network.create(TIED, Rng.of(1));

        assertThat(network.parameters().list().stream().map(Parameter::name))
                .contains("embedding.weight", "decoder.bias")
                .doesNotContain("decoder.weight");
        assertThat(network.output().orElseThrow().weight())
                .isSameAs(network.parameters().get("embedding.weight"));
    }

    @Test
    void firstWeightsHaveTheDistributionThatIsAskedFor() {
        EmbeddingSpec spec = new EmbeddingSpec("embedding", 200, 50);
        float[] uniform = weights(spec);
        float[] normal = weights(spec.withStart(EmbeddingSpec.Start.NORMAL, 2));

        // 10 000 numbers: the variance of a sample deviates from σ² by about σ² √(2 / 10 000), of which we allow five
        assertThat(variance(uniform)).isBetween(0.01 / 3 * 0.93, 0.01 / 3 * 1.07);
        assertThat(Arrays.equals(uniform, normal)).isFalse();
        assertThat(variance(normal)).isBetween(4 * 0.93, 4 * 1.07);
        for (float weight : uniform) {
            assertThat(Math.abs(weight)).isLessThanOrEqualTo(0.1f);
        }
    }

    private static float[] weights(EmbeddingSpec spec) {
        return Network.create(new NetworkSpec(1, List.of(spec)), Rng.of(5))
                .parameters()
                .values();
    }

    private static double variance(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum / values.length;
    }

    @Test
    void whatIsNoTokenIsNamedWithItsPlace() {
        Network network = Network.create(TIED, Rng.of(1));
        SequenceBatch batch = SequenceBatch.of(List.of(tokens(1, 2), tokens(3, 4, 30)), 1);
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();

        assertThatThrownBy(() -> network.forward(tape, batch, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "token at time step 2 of sequence 1 must be a whole number from 0 to 29 for embedding, got 30.0; "
                                + "number tokens as in the network's vocabulary");
        for (float token : new float[] {-1, 1.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Session(network).step(new float[] {token}, new float[VOCABULARY]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("token at sequence 0 must be a whole number from 0 to 29 for embedding, got " + token
                            + "; number tokens as in the network's vocabulary");
        }
    }

    @Test
    void choicesThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> new EmbeddingSpec("e", 0, 1))
                .hasMessage("vocabulary of e must be from 1 to 2^24 tokens, got 0");
        assertThatThrownBy(() -> new EmbeddingSpec("e", 1, 0)).hasMessage("size of e must be positive, got 0");
        assertThatThrownBy(() -> new EmbeddingSpec("e", 1, 1, EmbeddingSpec.Start.NORMAL, Double.NaN))
                .hasMessage("scale of e must be positive and finite, got NaN");
        assertThatThrownBy(() -> Network.create(new NetworkSpec(2, List.of(new EmbeddingSpec("e", 3, 1))), Rng.of(1)))
                .hasMessage("input of e must have shape [N, 1], the tokens' numbers, got [N, 2]; "
                        + "let the embedding be the first layer of a network with one feature");
        NetworkSpec narrow = new NetworkSpec(
                1, List.of(new EmbeddingSpec("e", 3, 2), new DenseSpec("d", 4), new TiedDenseSpec("o", 3, "e")));
        assertThatThrownBy(() -> Network.create(narrow, Rng.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("e.weight must have shape [3, 4] for the layer that shares it, got [3, 2]; "
                        + "give the layer beneath that one the width of the embedding");
        List<LayerSpec> alone = List.of(new TiedDenseSpec("o", 3, "e"));
        NetworkSpec sum = new NetworkSpec(1, List.of(new SumSpec(List.of(alone, List.of(new DenseSpec("d", 3))))));
        assertThatThrownBy(() -> Network.stateParts(sum))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "weight that layers share must be one of the network's, got e.weight; name a layer that is there");
    }
}
