package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.CellSpec;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that hold a word, a feature and characters, joined and frozen. */
class TokenLayersTest {
    private static final int WORDS = 12;
    private static final int CHARACTERS = 7;
    private static final int MOST = 5;

    private static final List<float[][]> SEQUENCES = List.of(
            new float[][] {row(3, 1, 0, 1, 2), row(4, 0, 6), row(3, 1, 0, 1, 2), row(0, 1, 5, 5, 5, 5, 5)},
            new float[][] {row(11, 0, 4, 3)},
            new float[][] {},
            new float[][] {row(3, 1, 0, 1, 2), row(1, 0)});

    private static float[] row(int word, int feature, int... characters) {
        float[] row = new float[2 + MOST];
        Arrays.fill(row, -1);
        row[0] = word;
        row[1] = feature;
        for (int i = 0; i < characters.length; i++) {
            row[2 + i] = characters[i];
        }
        return row;
    }

    private static NetworkSpec spec(LayerSpec characters) {
        LayerSpec words = new EmbeddingSpec("words", WORDS, 4);
        return new NetworkSpec(
                2 + MOST,
                List.of(
                        new JoinSpec(List.of(
                                List.of(new ColumnsSpec(0, 1), new FrozenSpec(List.of(words))),
                                List.of(new ColumnsSpec(1, 1), new EmbeddingSpec("feature", 2, 3)),
                                List.of(new ColumnsSpec(2, MOST), characters))),
                        RecurrentSpec.of("encoder", "lstm", List.of(6)),
                        new DenseSpec("head", 5)));
    }

    static Stream<NetworkSpec> specs() {
        return Stream.of(
                spec(new CharacterRecurrentSpec("characters", CHARACTERS, 3, CellSpec.parse("lstm"), 4)),
                spec(new CharacterRecurrentSpec("characters", CHARACTERS, 3, CellSpec.parse("gru"), 4)),
                spec(new CharacterConvolutionSpec("characters", CHARACTERS, 3, 4, 3)),
                spec(new CharacterConvolutionSpec("characters", CHARACTERS, 2, 6, 1)));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void wholeSteppedBatchedAndAloneGiveTheSameBits(NetworkSpec spec) {
        Network network = Network.create(spec, Rng.of(1));
        SequenceBatch batch = SequenceBatch.of(SEQUENCES, spec.inputSize());
        float[] whole = forward(network, batch);

        assertThat(network.predict(Kernels.best(), batch, network.initialState(SEQUENCES.size())))
                .isEqualTo(whole);
        for (int index = 0; index < SEQUENCES.size(); index++) {
            float[][] sequence = SEQUENCES.get(index);
            float[] alone = forward(network, SequenceBatch.of(List.<float[][]>of(sequence), spec.inputSize()));
            Session session = new Session(network);
            float[] y = new float[5];
            for (int t = 0; t < sequence.length; t++) {
                session.step(sequence[t], y);
                int row = batch.layout().row(index, t);
                assertThat(y).isEqualTo(Arrays.copyOfRange(whole, row * 5, row * 5 + 5));
                assertThat(y).isEqualTo(Arrays.copyOfRange(alone, t * 5, t * 5 + 5));
            }
        }
    }

    private static float[] forward(Network network, SequenceBatch batch) {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        return network.forward(tape, batch, null, null).rows().value().toArray();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void specsPrintAsJsonAndReadBackEqual(NetworkSpec spec) throws FormatException {
        assertThat(Json.read(Json.write(spec), NetworkSpec.class, "spec")).isEqualTo(spec);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyWeightGetsADerivativeButFrozenOnes(NetworkSpec spec) {
        Network network = Network.create(spec, Rng.of(1));
        SequenceBatch batch = SequenceBatch.of(SEQUENCES, spec.inputSize());
        float[] gradient = new float[network.parameters().size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        float[] mix = Gradients.normal(Rng.of(2), batch.layout().rows() * 5, 1);
        tape.backward(Gradients.weightedSum(
                tape, network.forward(tape, batch, null, null).rows(), mix));

        for (Parameter parameter : network.parameters().list()) {
            float[] part = Arrays.copyOfRange(
                    gradient,
                    parameter.offset(),
                    parameter.offset() + parameter.tensor().size());
            boolean any = false;
            for (float d : part) {
                any |= d != 0;
            }
            assertThat(any).as(parameter.name()).isEqualTo(!parameter.name().equals("words.weight"));
        }
        assertThat(network.parameters().get("words.weight").decays()).isFalse();
    }

    @Test
    void derivativesGoThroughTheColumnsThatABranchReadAndAreAdded() {
        LayerSpec join =
                new JoinSpec(List.of(List.of(new ColumnsSpec(0, 2)), List.of(new ColumnsSpec(1, 2)), List.of()));
        float[] x = {1, 2, 3, 4, 5, 6};
        float[] mix = {1, 2, 4, 8, 16, 32, 64, 1, 2, 4, 8, 16, 32, 64};
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(new float[0]);
        Variable input = tape.variable(Tensor.of(Shape.of(2, 3), x));
        Flow output = join.layer(3)
                .forward(
                        new Flow(input, BatchLayout.of(2)),
                        new LayerContext(tape, Parameters.of(List.of()), null, new LinkedHashMap<>(), null));
        tape.backward(Gradients.weightedSum(tape, output.rows(), mix));

        assertThat(output.rows().value().toArray()).containsExactly(1, 2, 2, 3, 1, 2, 3, 4, 5, 5, 6, 4, 5, 6);
        assertThat(input.gradient().toArray()).containsExactly(1 + 16, 2 + 4 + 32, 8 + 64, 1 + 16, 2 + 4 + 32, 8 + 64);
    }

    @Test
    void whatIsNoCharacterIsNamedWithItsPlace() {
        NetworkSpec spec = spec(new CharacterConvolutionSpec("characters", CHARACTERS, 3, 4, 3));
        Network network = Network.create(spec, Rng.of(1));
        float[] unknown = row(1, 0, 1, 7);
        assertThatThrownBy(() -> forward(network, SequenceBatch.of(List.<float[][]>of(new float[][] {unknown}), 7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "character 1 of row 0 must be a whole number from 0 to 6 for characters, or -1 after the last, "
                                + "got 7.0; number characters as in the network's vocabulary");
        float[] hole = row(1, 0, 1, -1, 2);
        assertThatThrownBy(() -> forward(network, SequenceBatch.of(List.<float[][]>of(new float[][] {hole}), 7)))
                .hasMessage(
                        "character 2 of row 0 must be a whole number from 0 to 6 for characters, or -1 after the last, "
                                + "got 2.0 after -1; number characters as in the network's vocabulary");
    }

    @Test
    void choicesThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> new ColumnsSpec(-1, 1)).hasMessage("first column must not be negative, got -1");
        assertThatThrownBy(() -> new ColumnsSpec(0, 0)).hasMessage("columns must be at least 1, got 0");
        assertThatThrownBy(() -> new ColumnsSpec(2, 2).layer(3))
                .hasMessage("columns must lie within an input of shape [N, 3], got 2 from column 2; "
                        + "check the features of the network");
        assertThatThrownBy(() -> new JoinSpec(List.of(List.of())))
                .hasMessage("a join must have at least two branches, got 1; add one, or leave the join out");
        assertThatThrownBy(() -> new FrozenSpec(List.of()))
                .hasMessage("frozen layers must not be empty; give at least one");
        assertThatThrownBy(() -> new CharacterConvolutionSpec("c", 5, 3, 4, 2))
                .hasMessage("width of c must be odd and from 1 to 255, got 2");
        assertThatThrownBy(() -> new CharacterConvolutionSpec("c", 5, 3, 0, 3))
                .hasMessage("filters of c must be positive, got 0");
        assertThatThrownBy(() -> new CharacterRecurrentSpec("c", 5, 3, CellSpec.parse("lstm"), 0))
                .hasMessage("hidden size of c must be positive, got 0");
        assertThatThrownBy(() -> new CharacterRecurrentSpec("c", 0, 3, CellSpec.parse("lstm"), 2))
                .hasMessage("vocabulary of c must be from 1 to 2^24 tokens, got 0");
    }
}
