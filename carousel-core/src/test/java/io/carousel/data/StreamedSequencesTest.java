package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamedSequencesTest {
    @Test
    void everySequenceCanBeAStreamOfItsOwn() {
        Streams streams = StreamedSequences.each(List.of(counting(3, 10), counting(0, 20), counting(2, 30)));

        assertThat(streams.count()).isEqualTo(3);
        assertThat(lengths(streams)).containsExactly(3, 0, 2);
        assertThat(inputs(streams, 0)).containsExactly(10, 11, 12);
        assertThat(inputs(streams, 2)).containsExactly(30, 31);
        assertThat(streams.starts(2, 0)).isTrue();
        assertThat(streams.starts(2, 1)).isFalse();
    }

    @Test
    void theNextSequenceStartsWhereTheShortestStreamEnds() {
        Streams streams = StreamedSequences.packed(
                List.of(counting(4, 10), counting(1, 20), counting(2, 30), counting(0, 40), counting(3, 50)), 2);

        assertThat(lengths(streams)).containsExactly(4, 6);
        assertThat(inputs(streams, 1)).containsExactly(20, 30, 31, 50, 51, 52);
        for (int t = 0; t < 6; t++) {
            assertThat(streams.starts(1, t)).as("time step %d", t).isEqualTo(t == 0 || t == 1 || t == 3);
        }
    }

    @Test
    void aTimeStepWithoutTargetsLeavesTheArrayAlone() {
        Streams streams = StreamedSequences.each(List.of(LabelledSequence.ofLast(new float[3][2], 5, 6)));
        float[] y = {1, 2, 3};

        assertThat(streams.features()).isEqualTo(2);
        assertThat(streams.targets()).isEqualTo(2);
        assertThat(streams.target(0, 1, y, 1)).isFalse();
        assertThat(y).containsExactly(1, 2, 3);
        assertThat(streams.target(0, 2, y, 1)).isTrue();
        assertThat(y).containsExactly(1, 5, 6);
    }

    @Test
    void promiseFiveSequencesThatDoNotFitTogetherAreNamed() {
        assertThatThrownBy(() -> new LabelledSequence(new float[2][1], List.of()))
                .hasMessage(
                        "targets must have an entry for each of the 2 time steps, got 0; give null where there is none");
        LabelledSequence one = counting(2, 0);
        assertThatThrownBy(() -> StreamedSequences.each(
                        List.of(one, LabelledSequence.of(new float[][] {{1}, {1, 2}}, new float[][] {{1}, {1}}))))
                .hasMessage("time step 1 of sequence 1 must have 1 features like those before, got 2");
        assertThatThrownBy(() -> StreamedSequences.each(List.of(one, LabelledSequence.ofLast(new float[3][1], 1, 2))))
                .hasMessage("time step 2 of sequence 1 must have 1 targets like those before, got 2");
        assertThatThrownBy(() -> StreamedSequences.each(List.of(counting(0, 0))))
                .hasMessage(
                        "sequences must have at least one time step with targets, got 1 sequences without; give some");
        assertThatThrownBy(() -> StreamedSequences.packed(List.of(one), 2))
                .hasMessage("streams must be from 1 to the number of sequences, 1, got 2");
    }

    private static LabelledSequence counting(int length, int first) {
        float[][] inputs = new float[length][1];
        for (int t = 0; t < length; t++) {
            inputs[t][0] = first + t;
        }
        return LabelledSequence.of(inputs, inputs);
    }

    private static int[] lengths(Streams streams) {
        int[] lengths = new int[streams.count()];
        Arrays.setAll(lengths, streams::length);
        return lengths;
    }

    private static float[] inputs(Streams streams, int stream) {
        float[] all = new float[streams.length(stream)];
        for (int t = 0; t < all.length; t++) {
            streams.input(stream, t, all, t);
        }
        return all;
    }
}
