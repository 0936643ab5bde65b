package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Tape;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.model.Json;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordAndLockedDropoutTest {
    private static final int VOCABULARY = 40;
    private static final int SIZE = 3;
    private static final double RATE = 0.25;

    private final Tape tape = new Tape(Kernels.best(), new Workspace());

    private static Network words(double rate) {
        EmbeddingSpec spec = new EmbeddingSpec("embedding", VOCABULARY, SIZE).withWordDropout(rate);
        return Network.create(new NetworkSpec(1, List.of(spec)), Rng.of(1));
    }

    private static float[][] sequence(int... tokens) {
        float[][] rows = new float[tokens.length][];
        Arrays.setAll(rows, i -> new float[] {tokens[i]});
        return rows;
    }

    private static float[][] all() {
        int[] tokens = new int[2 * VOCABULARY];
        Arrays.setAll(tokens, i -> i % VOCABULARY);
        return sequence(tokens);
    }

    private float[] outputs(Network network, SequenceBatch batch, Rng rng) {
        tape.begin();
        return network.forward(tape, batch, null, rng).rows().value().toArray();
    }

    @Test
    void aDroppedWordIsZerosWhereverItStandsAndOthersAreScaled() {
        Network network = words(RATE);
        float[] table = network.parameters().values();
        int dropped = 0;
        for (int seed = 0; seed < 200; seed++) {
            float[] rows = outputs(network, SequenceBatch.of(List.<float[][]>of(all()), 1), Rng.of(seed));
            for (int token = 0; token < VOCABULARY; token++) {
                float[] row = Arrays.copyOfRange(rows, token * SIZE, (token + 1) * SIZE);
                int again = (token + VOCABULARY) * SIZE;
                assertThat(Arrays.copyOfRange(rows, again, again + SIZE)).isEqualTo(row);
                if (row[0] == 0) {
                    assertThat(row[1] == 0 && row[2] == 0).isTrue();
                    dropped++;
                } else {
                    float kept = 1 / (1 - (float) RATE);
                    for (int i = 0; i < SIZE; i++) {
                        assertThat(row[i]).isEqualTo(table[token * SIZE + i] * kept);
                    }
                }
            }
        }
        // 8000 choices: five standard deviations
        assertThat(dropped / 8000.0).isCloseTo(RATE, within(5 * Math.sqrt(RATE * (1 - RATE) / 8000)));
    }

    @Test
    void whichWordsAreDroppedDoesNotDependOnTheOthers() {
        Network network = words(0.5);
        float[] rows = outputs(network, SequenceBatch.of(List.<float[][]>of(all()), 1), Rng.of(3));
        for (int token = 0; token < VOCABULARY; token++) {
            float[] alone = outputs(network, SequenceBatch.of(List.<float[][]>of(sequence(token)), 1), Rng.of(3));
            assertThat(alone).isEqualTo(Arrays.copyOfRange(rows, token * SIZE, (token + 1) * SIZE));
        }
    }

    @Test
    void theDerivativeOfADroppedWordIsZero() {
        Network network = words(0.5);
        float[] gradient = new float[network.parameters().size()];
        tape.begin(gradient);
        float[] mix = new float[2 * VOCABULARY * SIZE];
        Arrays.fill(mix, 1);
        NetworkOutput output = network.forward(tape, SequenceBatch.of(List.<float[][]>of(all()), 1), null, Rng.of(3));
        float[] rows = output.rows().value().toArray();
        tape.backward(Gradients.weightedSum(tape, output.rows(), mix));

        for (int i = 0; i < VOCABULARY * SIZE; i++) {
            assertThat(gradient[i]).isEqualTo(rows[i] == 0 ? 0f : 4f);
        }
    }

    @Test
    void inPredictionNoWordIsDropped() {
        SequenceBatch batch = SequenceBatch.of(List.<float[][]>of(all()), 1);
        assertThat(outputs(words(RATE), batch, null)).isEqualTo(outputs(words(0), batch, null));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLockedMaskStaysForASequenceAndItsDerivativeIsTheMask(boolean forward) {
        NetworkSpec spec = new NetworkSpec(50, List.of(new LockedDropoutSpec("drop", RATE)));
        Network network = Network.create(spec, Rng.of(1));
        BatchLayout layout = BatchLayout.of(4, 0, 7, 2);
        SequenceBatch batch = SequenceBatch.allocate(tape.workspace(), layout, 50);
        Arrays.fill(
                batch.values().data(), batch.values().offset(), batch.values().offset() + 13 * 50, 1);
        float[] ones = batch.values().toArray();
        tape.begin();
        SequenceBatch again = SequenceBatch.allocate(tape.workspace(), layout, 50);
        System.arraycopy(ones, 0, again.values().data(), again.values().offset(), ones.length);
        if (!forward) {
            assertThat(network.forward(tape, again, null, null).rows().value().toArray())
                    .isEqualTo(ones);
            return;
        }
        float[] rows =
                network.forward(tape, again, null, Rng.of(2)).rows().value().toArray();
        float[] first = new float[50];
        for (int index = 0; index < layout.sequences(); index++) {
            for (int t = 0; t < layout.length(layout.position(index)); t++) {
                int row = layout.row(index, t);
                float[] mask = Arrays.copyOfRange(rows, row * 50, (row + 1) * 50);
                if (t == 0) {
                    assertThat(mask).isNotEqualTo(first).contains(0, 1 / (1 - (float) RATE));
                    first = mask;
                }
                assertThat(mask).isEqualTo(first);
            }
        }
    }

    @Test
    void specsReadBackEqualAndRatesAreChecked() throws Exception {
        NetworkSpec spec = new NetworkSpec(
                1,
                List.of(
                        new EmbeddingSpec("embedding", 5, 2).withWordDropout(0.1),
                        new LockedDropoutSpec("locked", 0.4)));
        assertThat(Json.read(Json.write(spec), NetworkSpec.class, "spec")).isEqualTo(spec);
        assertThatThrownBy(() -> new EmbeddingSpec("e", 5, 2).withWordDropout(1))
                .hasMessage("word dropout of e must be in [0, 1), got 1.0; 0 turns it off");
        assertThatThrownBy(() -> new LockedDropoutSpec("l", -1)).hasMessage("dropout rate must be in [0, 1), got -1.0");
    }
}
