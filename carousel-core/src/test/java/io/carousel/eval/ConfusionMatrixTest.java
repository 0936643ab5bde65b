package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    private static final List<String> LABELS = List.of("a", "b", "c", "never");

    /** By hand: a 2 of 3 right, b 1 of 2, c 0 of 1. */
    private final ConfusionMatrix matrix =
            ConfusionMatrix.of(LABELS, new int[] {0, 0, 0, 1, 1, 2}, new int[] {0, 0, 1, 1, 0, 1});

    @Test
    void countsWhatWasTakenForWhat() {
        assertThat(matrix.counts())
                .isEqualTo(List.of(
                        List.of(2L, 1L, 0L, 0L),
                        List.of(1L, 1L, 0L, 0L),
                        List.of(0L, 1L, 0L, 0L),
                        List.of(0L, 0L, 0L, 0L)));
        assertThat(matrix.of(0)).isEqualTo(new BinaryCounts(2, 1, 1, 2));
        assertThat(matrix.of(1)).isEqualTo(new BinaryCounts(1, 2, 1, 2));
        assertThat(matrix.of(2)).isEqualTo(new BinaryCounts(0, 0, 1, 5));
    }

    @Test
    void averagesAreThoseOfHand() {
        assertThat(matrix.accuracy()).isEqualTo(3 / 6.0);
        // Precisions 2/3, 1/3 and 0 for lack of predictions; recalls 2/3, 1/2, 0; F1 4/6, 2/5, 0. "never" is in none.
        assertThat(matrix.macroPrecision()).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(matrix.macroRecall()).isCloseTo((2 / 3.0 + 1 / 2.0) / 3, within(1e-15));
        assertThat(matrix.macroF1()).isCloseTo((2 / 3.0 + 2 / 5.0) / 3, within(1e-15));
        assertThat(matrix.weightedF1()).isCloseTo((3 * 2 / 3.0 + 2 * 2 / 5.0) / 6, within(1e-15));
    }

    @Test
    void theMicroAverageOfAChoiceOfOneIsItsAccuracy() {
        Rng rng = Rng.of(3);
        int[] actual = new int[200];
        int[] predicted = new int[200];
        Arrays.setAll(actual, i -> rng.nextInt(4));
        Arrays.setAll(predicted, i -> rng.nextInt(4));
        ConfusionMatrix random = ConfusionMatrix.of(LABELS, actual, predicted);
        BinaryCounts micro = ConfusionMatrix.micro(random.each());
        assertThat(micro.f1()).isEqualTo(random.accuracy());
        assertThat(micro.precision()).isEqualTo(random.accuracy());
        assertThat(micro.recall()).isEqualTo(random.accuracy());
        for (int k = 0; k < 4; k++) {
            int label = k;
            boolean[] is = new boolean[200];
            boolean[] said = new boolean[200];
            for (int i = 0; i < 200; i++) {
                is[i] = actual[i] == label;
                said[i] = predicted[i] == label;
            }
            assertThat(random.of(k)).isEqualTo(BinaryCounts.of(is, said));
        }
    }

    @Test
    void withoutExamplesNothingIsDefined() {
        ConfusionMatrix none = ConfusionMatrix.of(LABELS, new int[0], new int[0]);
        assertThat(none.accuracy()).isNaN();
        assertThat(none.macroF1()).isNaN();
        assertThat(BinaryCounts.NONE.f1()).isZero();
    }

    @Test
    void printsAsJsonAndReadsBackEqual() throws FormatException {
        assertThat(Json.read(Json.write(matrix), ConfusionMatrix.class, "m")).isEqualTo(matrix);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> ConfusionMatrix.of(LABELS, new int[] {4}, new int[] {0}))
                .hasMessage("class of example 0 must be from 0 to 3, got 4");
        assertThatThrownBy(() -> ConfusionMatrix.of(LABELS, new int[2], new int[1]))
                .hasMessage("predictions must be one for each of 2 examples, got 1");
        assertThatThrownBy(() -> new ConfusionMatrix(List.of("a"), List.of(List.of(1L, 2L))))
                .hasMessage("confusion matrix must have 1 rows of 1 counts, got [2]");
    }
}
