package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.Allocation;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.task.LookAheadSession;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promise 2 for streams that are read backward: an output has the bits of a run over all that its level has seen. Promise 3:
 * their sessions share weights only, and what waits is part of the state.
 */
@Tag("promise")
class SameBitsWithLookAheadTest {
    private static final RecurrentSpec BOTH =
            RecurrentSpec.of("encoder", "lstm", List.of(5)).withDirection(Direction.BIDIRECTIONAL);

    private final Kernels kernels = Kernels.best();

    static Stream<NetworkSpec> specs() {
        return Networks.specs();
    }

    /** One level that reads backward each. */
    static Stream<NetworkSpec> single() {
        return Stream.of(
                new NetworkSpec(3, List.of(BOTH)),
                new NetworkSpec(3, List.of(BOTH.withMerge(Merge.AVERAGE).withInitialState(InitialState.LEARNED))),
                new NetworkSpec(
                        3, List.of(RecurrentSpec.of("first", "gru", List.of(4)), BOTH.withMerge(Merge.MULTIPLY))),
                new NetworkSpec(3, List.of(BOTH.withDirection(Direction.BACKWARD), new DenseSpec("head", 2))),
                new NetworkSpec(
                        3,
                        List.of(new SumSpec(List.of(
                                List.of(BOTH, new DenseSpec("head", 2)), List.of(new DenseSpec("linear", 2)))))));
    }

    @ParameterizedTest
    @MethodSource("single")
    void theOutputOfOneLevelIsThatOfTheSequenceUpToItsLookAhead(NetworkSpec spec) {
        Network network = Networks.network(spec);
        float[][] whole = Networks.sequences(9).get(0);
        for (int lookAhead : new int[] {0, 1, 3, 8, 20}) {
            List<float[]> outputs = stream(Session.withLookAhead(network, lookAhead), whole);
            assertThat(outputs).hasSize(whole.length);
            for (int t = 0; t < whole.length; t++) {
                float[][] seen = Arrays.copyOf(whole, Math.min(whole.length, t + lookAhead + 1));
                assertThat(outputs.get(t))
                        .as("time step %d, look-ahead %d", t, lookAhead)
                        .isEqualTo(predict(network, seen)[t]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aLookAheadBeyondTheEndGivesTheBitsOfTheWholeSequence(NetworkSpec spec) {
        Network network = Networks.network(spec);
        for (int length : new int[] {1, 2, 7}) {
            float[][] whole = Networks.sequences(length).get(0);
            assertThat(stream(Session.withLookAhead(network, length), whole)).containsExactly(predict(network, whole));
        }
        assertThat(Session.withLookAhead(network, 3).finish()).isEmpty();
    }

    @Test
    void theLevelsOfAStackLookAheadOneAfterTheOther() {
        Network stack = Networks.network(new NetworkSpec(
                3, List.of(RecurrentSpec.of("encoder", "lstm", List.of(5, 4)).withDirection(Direction.BIDIRECTIONAL))));
        Network lower = Networks.network(new NetworkSpec(3, List.of(BOTH)));
        Network upper = Networks.network(new NetworkSpec(
                10, List.of(RecurrentSpec.of("encoder", "lstm", List.of(4)).withDirection(Direction.BIDIRECTIONAL))));
        copyLevel(stack, 0, lower);
        copyLevel(stack, 1, upper);
        float[][] whole = Networks.sequences(9).get(0);

        List<float[]> between = stream(Session.withLookAhead(lower, 2), whole);
        List<float[]> expected = stream(Session.withLookAhead(upper, 2), between.toArray(float[][]::new));

        assertThat(stream(Session.withLookAhead(stack, 2), whole)).containsExactly(expected.toArray(float[][]::new));
        assertThat(Session.withLookAhead(stack, 2).delay()).isEqualTo(4);
    }

    private static void copyLevel(Network stack, int level, Network to) {
        to.parameters().list().forEach(parameter -> {
            float[] values = stack.parameters()
                    .get(parameter.name().replace("_l0", "_l" + level))
                    .tensor()
                    .toArray();
            System.arraycopy(values, 0, to.parameters().values(), parameter.offset(), values.length);
        });
        to.parameters().changed();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void theFirstOutputComesAfterTheDelayAndThenOneWithEachInput(NetworkSpec spec) {
        LookAheadSession session = Session.withLookAhead(Networks.network(spec), 2);
        float[] output = new float[Networks.network(spec).outputSize()];
        float[][] whole = Networks.sequences(12).get(0);
        for (int t = 0; t < whole.length; t++) {
            assertThat(session.step(whole[t], output)).isEqualTo(t >= session.delay());
        }
        assertThat(session.finish()).hasSize(session.delay());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void interleavedSessionsThatAreStoredBetweenTimeStepsGiveWhatSeparateRunsGive(NetworkSpec spec) {
        Network network = Networks.network(spec);
        int[] lengths = new int[40];
        Arrays.setAll(lengths, i -> 1 + i % 9);
        List<float[][]> sequences = Networks.sequences(lengths);
        LookAheadSession shared = Session.withLookAhead(network, 2);
        List<byte[]> stored = new ArrayList<>(
                Collections.nCopies(lengths.length, shared.state().toBytes()));
        List<List<float[]>> outputs = new ArrayList<>();
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            outputs.add(new ArrayList<>());
            turns.addAll(Collections.nCopies(lengths[i], i));
        }
        int[] order = turns.stream().mapToInt(i -> i).toArray();
        Rng.of(5).shuffle(order);
        int[] fed = new int[lengths.length];
        float[] output = new float[network.outputSize()];
        for (int i : order) {
            shared.restore(State.fromBytes(stored.get(i)));
            if (shared.step(sequences.get(i)[fed[i]++], output)) {
                outputs.get(i).add(output.clone());
            }
            stored.set(i, shared.state().toBytes());
        }
        for (int i = 0; i < lengths.length; i++) {
            shared.restore(State.fromBytes(stored.get(i)));
            outputs.get(i).addAll(shared.finish());
            List<float[]> alone = stream(Session.withLookAhead(network, 2), sequences.get(i));
            assertThat(outputs.get(i)).containsExactly(alone.toArray(float[][]::new));
        }
    }

    @Test
    void aForkGoesItsOwnWayAndAResetStartsAnew() {
        Network network = Networks.network(new NetworkSpec(3, List.of(BOTH)));
        float[][] inputs = Networks.sequences(6).get(0);
        LookAheadSession session = Session.withLookAhead(network, 2);
        State start = session.state();
        float[] output = new float[network.outputSize()];
        session.step(inputs[0], output);
        State before = session.state();
        LookAheadSession fork = session.fork();
        fork.step(inputs[1], output);
        fork.finish();

        assertThat(session.state()).isEqualTo(before);
        session.reset();
        assertThat(session.state()).isEqualTo(start);
        assertThat(stream(session, inputs))
                .containsExactly(
                        stream(Session.withLookAhead(network, 2), inputs).toArray(float[][]::new));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Network network = Networks.network(new NetworkSpec(3, List.of(BOTH)));
        LookAheadSession session = Session.withLookAhead(network, 2);
        float[] output = new float[network.outputSize()];

        assertThatThrownBy(() -> Session.withLookAhead(network, -1))
                .hasMessage("look-ahead must not be negative, got -1");
        assertThatThrownBy(() -> session.step(new float[2], output))
                .hasMessage("input must have shape [F] = [3], got [2]");
        State other = Session.withLookAhead(network, 3).state();
        assertThatThrownBy(() -> session.restore(other)).hasMessageStartingWith("state must have the parts ");
        State damaged = session.state();
        damaged.values("encoder.waiting_input_l0")[0] = 2.5f;
        assertThatThrownBy(() -> session.restore(damaged))
                .hasMessage(
                        "rows that wait in encoder.waiting_input_l0 must be from 0 to 2, got 2.5; use a state of this"
                                + " network");
        session.finish();
        assertThatThrownBy(() -> session.step(new float[3], output))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a finished session must be reset before it goes on; call reset or restore");
    }

    @Test
    void aStepAllocatesNothing() throws InterruptedException {
        Network network = Networks.network(new NetworkSpec(3, List.of(BOTH, new DenseSpec("head", 2))));
        LookAheadSession session = Session.withLookAhead(network, 3);
        float[] x = {1, 2, 3};
        float[] y = new float[2];

        assertThat(Allocation.whenWarm(() -> session.step(x, y), 2_000, 0)).isZero();
    }

    private static List<float[]> stream(LookAheadSession session, float[][] inputs) {
        List<float[]> outputs = new ArrayList<>();
        float[] y = new float[session.outputSize()];
        for (float[] x : inputs) {
            if (session.step(x, y)) {
                outputs.add(y.clone());
            }
        }
        outputs.addAll(session.finish());
        return outputs;
    }

    private float[][] predict(Network network, float[][] sequence) {
        float[] rows = network.predict(
                kernels,
                SequenceBatch.of(List.<float[][]>of(sequence), network.spec().inputSize()),
                network.initialState(1));
        float[][] outputs = new float[sequence.length][];
        for (int t = 0; t < outputs.length; t++) {
            outputs[t] = Arrays.copyOfRange(rows, t * network.outputSize(), (t + 1) * network.outputSize());
        }
        return outputs;
    }
}
