package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promise 2: a sequence's result does not depend on what else is in its batch, on padding, or on whether it was fed whole,
 * in pieces, or one time step at a time. Promise 3: interleaved sessions give exactly what separate runs give.
 */
@Tag("promise")
class SameBitsWholeSteppedAndBatchedTest {
    private static final int[] LENGTHS = {4, 1, 9, 6, 6, 2};

    private final Kernels kernels = Kernels.best();

    static Stream<NetworkSpec> specs() {
        return Networks.specs();
    }

    static Stream<NetworkSpec> streaming() {
        return Networks.streaming();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void tapedAndDirectPathsGiveTheSameBits(NetworkSpec spec) {
        Network network = Networks.network(spec);
        List<float[][]> sequences = Networks.sequences(LENGTHS);
        State state = network.initialState(LENGTHS.length);
        float[] direct = network.predict(kernels, Networks.batch(sequences), state);
        NetworkOutput taped = forward(network, sequences, null, true);

        BatchLayout layout = BatchLayout.of(LENGTHS);
        for (int index = 0; index < LENGTHS.length; index++) {
            assertThat(lastRow(taped, index)).isEqualTo(row(direct, network, layout.row(index, LENGTHS[index] - 1)));
        }
        assertThat(taped.finalState()).isEqualTo(state);
        assertThat(bits(taped.rows()))
                .isEqualTo(bits(forward(network, sequences, null, false).rows()));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aSequenceAloneGivesTheBitsThatItGivesInABatch(NetworkSpec spec) {
        Network network = Networks.network(spec);
        List<float[][]> sequences = Networks.sequences(LENGTHS);
        NetworkOutput together = forward(network, sequences, null, true);
        State finalState = together.finalState();

        for (int index = 0; index < LENGTHS.length; index++) {
            NetworkOutput alone = forward(network, List.<float[][]>of(sequences.get(index)), null, true);
            assertThat(lastRow(alone, 0)).isEqualTo(lastRow(together, index));
            assertThat(alone.finalState()).isEqualTo(finalState.sequence(index));
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void theOrderOfTheSequencesIsTheCallers(NetworkSpec spec) {
        Network network = Networks.network(spec);
        List<float[][]> sequences = Networks.sequences(LENGTHS);
        List<float[][]> reversed = new ArrayList<>(sequences);
        java.util.Collections.reverse(reversed);
        NetworkOutput forwards = forward(network, sequences, null, true);
        NetworkOutput backwards = forward(network, reversed, null, true);

        for (int index = 0; index < LENGTHS.length; index++) {
            assertThat(lastRow(backwards, LENGTHS.length - 1 - index)).isEqualTo(lastRow(forwards, index));
        }
    }

    @ParameterizedTest
    @MethodSource("streaming")
    void aSequenceInPiecesGivesTheBitsOfTheWhole(NetworkSpec spec) {
        Network network = Networks.network(spec);
        float[][] whole = Networks.sequences(11).get(0);
        NetworkOutput expected = forward(network, List.<float[][]>of(whole), null, true);
        State state = null;
        NetworkOutput piece = expected;
        int[] cuts = {0, 1, 3, 3 + 5, 11};
        for (int i = 1; i < cuts.length; i++) {
            piece = forward(network, List.<float[][]>of(Arrays.copyOfRange(whole, cuts[i - 1], cuts[i])), state, true);
            state = piece.finalState();
        }

        assertThat(lastRow(piece, 0)).isEqualTo(lastRow(expected, 0));
        assertThat(piece.finalState()).isEqualTo(expected.finalState());
    }

    @ParameterizedTest
    @MethodSource("streaming")
    void aSessionFedOneTimeStepAtATimeGivesTheBitsOfTheWhole(NetworkSpec spec) {
        Network network = Networks.network(spec);
        float[][] whole = Networks.sequences(11).get(0);
        NetworkOutput expected = forward(network, List.<float[][]>of(whole), null, true);
        Session session = new Session(network);
        float[] output = new float[network.outputSize()];
        for (float[] x : whole) {
            session.step(x, output);
        }

        assertThat(output).isEqualTo(lastRow(expected, 0));
        assertThat(session.state()).isEqualTo(expected.finalState());
    }

    @ParameterizedTest
    @MethodSource("streaming")
    void aHundredInterleavedSessionsGiveWhatSeparateRunsGive(NetworkSpec spec) {
        Network network = Networks.network(spec);
        int[] lengths = new int[100];
        Arrays.setAll(lengths, i -> 1 + i % 7);
        List<float[][]> sequences = Networks.sequences(lengths);
        List<Session> sessions = new ArrayList<>();
        float[][] outputs = new float[lengths.length][network.outputSize()];
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            sessions.add(new Session(network));
            turns.addAll(java.util.Collections.nCopies(lengths[i], i));
        }
        int[] order = turns.stream().mapToInt(i -> i).toArray();
        Rng.of(5).shuffle(order);
        int[] fed = new int[lengths.length];
        for (int i : order) {
            sessions.get(i).step(sequences.get(i)[fed[i]++], outputs[i]);
        }

        for (int i = 0; i < lengths.length; i++) {
            NetworkOutput alone = forward(network, List.<float[][]>of(sequences.get(i)), null, true);
            assertThat(outputs[i]).isEqualTo(lastRow(alone, 0));
            assertThat(sessions.get(i).state()).isEqualTo(alone.finalState());
        }
    }

    @ParameterizedTest
    @MethodSource("streaming")
    void aForkGoesItsOwnWayAndAResetStartsAnew(NetworkSpec spec) {
        Network network = Networks.network(spec);
        float[][] inputs = Networks.sequences(6).get(0);
        Session session = new Session(network);
        float[] output = new float[network.outputSize()];
        float[] first = new float[network.outputSize()];
        session.step(inputs[0], first);
        session.step(inputs[1], output);
        Session fork = session.fork();
        State before = session.state();
        fork.step(inputs[2], output);
        fork.step(inputs[3], output);

        assertThat(session.state()).isEqualTo(before);
        float[] again = new float[network.outputSize()];
        session.step(inputs[2], again);
        session.step(inputs[3], again);
        assertThat(again).isEqualTo(output);
        session.reset();
        session.step(inputs[0], again);
        assertThat(again).isEqualTo(first);
    }

    private NetworkOutput forward(Network network, List<float[][]> sequences, State initial, boolean recording) {
        SequenceBatch batch = Networks.batch(sequences);
        Tape tape = new Tape(kernels, new Workspace());
        if (recording) {
            tape.begin(new float[network.parameters().size()]);
        } else {
            tape.begin();
        }
        return network.forward(tape, batch, initial, null);
    }

    private static float[] lastRow(NetworkOutput output, int index) {
        BatchLayout layout = output.layout();
        int row = layout.row(index, layout.length(layout.position(index)) - 1);
        return output.rows().value().rowRange(row, 1).toArray();
    }

    private static float[] row(float[] rows, Network network, int row) {
        int width = network.outputSize();
        return Arrays.copyOfRange(rows, row * width, (row + 1) * width);
    }

    private static int[] bits(Variable rows) {
        float[] values = rows.value().toArray();
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }
}
