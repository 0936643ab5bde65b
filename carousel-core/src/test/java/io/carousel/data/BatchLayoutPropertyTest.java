package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.tensor.Rng;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchLayoutPropertyTest {
    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyTimeStepOfEverySequenceHasARowOfItsOwn(int seed) {
        int[] lengths = randomLengths(seed);
        BatchLayout layout = BatchLayout.of(lengths);

        boolean[] taken = new boolean[IntStream.of(lengths).sum()];
        for (int index = 0; index < lengths.length; index++) {
            for (int t = 0; t < lengths[index]; t++) {
                int row = layout.row(index, t);
                assertThat(taken[row]).isFalse();
                taken[row] = true;
                assertThat(row).isBetween(layout.rowOffset(t), layout.rowOffset(t) + layout.alive(t) - 1);
            }
        }
        assertThat(layout.rows()).isEqualTo(taken.length);
        assertThat(taken).doesNotContain(false);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sequencesAreSortedLongestFirstAndEqualLengthsKeepTheirOrder(int seed) {
        int[] lengths = randomLengths(seed);
        BatchLayout layout = BatchLayout.of(lengths);

        for (int position = 1; position < lengths.length; position++) {
            assertThat(layout.length(position)).isLessThanOrEqualTo(layout.length(position - 1));
        }
        for (int index = 1; index < lengths.length; index++) {
            if (lengths[index] == lengths[index - 1]) {
                assertThat(layout.position(index)).isEqualTo(layout.position(index - 1) + 1);
            }
            assertThat(layout.length(layout.position(index))).isEqualTo(lengths[index]);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachSequenceIsReversedWithinItsOwnLength(int seed) {
        int[] lengths = randomLengths(seed);
        BatchLayout layout = BatchLayout.of(lengths);
        int[] reversed = layout.reversedRows();

        assertThat(reversed).hasSize(layout.rows());
        for (int index = 0; index < lengths.length; index++) {
            for (int t = 0; t < lengths[index]; t++) {
                assertThat(reversed[layout.row(index, t)]).isEqualTo(layout.row(index, lengths[index] - 1 - t));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aSortedLayoutHasTheSameRowsAndEveryIndexAtItsPosition(int seed) {
        BatchLayout layout = BatchLayout.of(randomLengths(seed));
        BatchLayout sorted = layout.sorted();

        assertThat(sorted.rows()).isEqualTo(layout.rows());
        for (int position = 0; position < layout.sequences(); position++) {
            assertThat(sorted.position(position)).isEqualTo(position);
            assertThat(sorted.length(position)).isEqualTo(layout.length(position));
        }
    }

    @Test
    void onlySequencesThatAreStillAliveHaveRows() {
        BatchLayout layout = BatchLayout.of(1, 3, 0, 2);

        assertThat(layout.steps()).isEqualTo(3);
        assertThat(IntStream.range(0, 3).map(layout::alive)).containsExactly(3, 2, 1);
        assertThat(IntStream.range(0, 4).map(layout::position)).containsExactly(2, 0, 3, 1);
        assertThat(layout.uniform()).isFalse();
        assertThat(BatchLayout.uniform(4, 2).uniform()).isTrue();
    }

    @Test
    void anEmptyBatchHasNoRows() {
        assertThat(BatchLayout.of().rows()).isZero();
        assertThat(BatchLayout.of(0, 0).rows()).isZero();
    }

    @Test
    void aNegativeLengthIsRefusedByName() {
        assertThatThrownBy(() -> BatchLayout.of(3, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length of sequence 1 must not be negative, got -1");
    }

    private static int[] randomLengths(int seed) {
        Rng rng = Rng.of(seed);
        return IntStream.range(0, rng.nextInt(12)).map(i -> rng.nextInt(6)).toArray();
    }
}
