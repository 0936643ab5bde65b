package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Tape;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.task.Session;
import io.carousel.task.SessionGroup;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promises 2 and 3 of networks with a source: what a sequence gives does not depend on what else is encoded or decoded with it, on
 * whether it is decoded whole or one time step at a time, or on what other sessions do.
 */
@Tag("promise")
class SameBitsOfDecodersTest {
    private static final int[] SOURCE_LENGTHS = {3, 1, 7, 0, 5, 7};
    private static final int[] LENGTHS = {4, 6, 1, 3, 0, 6};

    private final Kernels kernels = Kernels.best();
    private final List<float[][]> sources = Networks.sequences(SOURCE_LENGTHS);
    private final List<float[][]> inputs = Networks.sequences(LENGTHS);

    static Stream<NetworkSpec> specs() {
        return Decoders.specs();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void tapedSteppedAndScalarPathsGiveTheSameBits(NetworkSpec spec) {
        Network network = Decoders.network(spec);
        NetworkOutput taped = forward(network, kernels, sources, inputs);
        NetworkOutput scalar = forward(network, new ScalarKernels(), sources, inputs);
        List<Source> encoded = network.encode(kernels, Networks.batch(sources));
        State state = network.initialState(encoded);
        float[] direct = network.predict(kernels, encoded, Networks.batch(inputs), state);

        assertThat(bits(direct)).isEqualTo(bits(taped.rows().value().toArray()));
        assertThat(bits(scalar.rows().value().toArray())).isEqualTo(bits(direct));
        assertThat(state).isEqualTo(taped.finalState());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aPairAloneGivesTheBitsThatItGivesInABatch(NetworkSpec spec) {
        Network network = Decoders.network(spec);
        NetworkOutput together = forward(network, kernels, sources, inputs);
        for (int index = 0; index < LENGTHS.length; index++) {
            NetworkOutput alone = forward(
                    network, kernels, List.<float[][]>of(sources.get(index)), List.<float[][]>of(inputs.get(index)));

            assertThat(rows(alone, 0)).isDeepEqualTo(rows(together, index));
            assertThat(alone.finalState()).isEqualTo(together.finalState().sequence(index));
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void interleavedSessionsForksAndRestoredStatesGiveTheBitsOfTheWhole(NetworkSpec spec) {
        Network network = Decoders.network(spec);
        NetworkOutput whole = forward(network, kernels, sources, inputs);
        List<Source> encoded = network.encode(kernels, Networks.batch(sources));
        List<Session> sessions = new ArrayList<>();
        encoded.forEach(source -> sessions.add(new Session(network, source)));
        float[] y = new float[network.outputSize()];
        for (int t = 0; t < 6; t++) {
            for (int index = 0; index < LENGTHS.length; index++) {
                if (t < LENGTHS[index]) {
                    Session fork = sessions.get(index).fork();
                    State stored = State.fromBytes(sessions.get(index).state().toBytes());
                    sessions.get(index).step(inputs.get(index)[t], y);
                    assertThat(bits(y)).isEqualTo(row(whole, index, t));

                    fork.step(inputs.get(index)[0], y);
                    fork.restore(stored);
                    fork.step(inputs.get(index)[t], y);
                    assertThat(bits(y)).isEqualTo(row(whole, index, t));
                }
            }
        }
        for (int index = 0; index < LENGTHS.length; index++) {
            assertThat(sessions.get(index).state()).isEqualTo(whole.finalState().sequence(index));
            sessions.get(index).reset();
            if (LENGTHS[index] > 0) {
                sessions.get(index).step(inputs.get(index)[0], y);
                assertThat(bits(y)).isEqualTo(row(whole, index, 0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void sessionsOfAGroupThatReadDifferentSourcesGiveTheBitsOfTheWhole(NetworkSpec spec) {
        Network network = Decoders.network(spec);
        NetworkOutput whole = forward(network, kernels, sources, inputs);
        List<Source> encoded = network.encode(kernels, Networks.batch(sources));
        SessionGroup group = new SessionGroup(network);
        long[] sessions = new long[LENGTHS.length];
        Arrays.setAll(sessions, index -> group.open(encoded.get(index)));
        for (int t = 0; t < 6; t++) {
            int step = t;
            int[] due = java.util.stream.IntStream.range(0, LENGTHS.length)
                    .filter(index -> step < LENGTHS[index])
                    .toArray();
            long[] stepped =
                    Arrays.stream(due).mapToLong(index -> sessions[index]).toArray();
            float[] x = new float[due.length * 3];
            float[] y = new float[due.length * network.outputSize()];
            for (int i = 0; i < due.length; i++) {
                System.arraycopy(inputs.get(due[i])[t], 0, x, i * 3, 3);
            }
            group.step(due.length, stepped, x, y);
            for (int i = 0; i < due.length; i++) {
                int width = network.outputSize();
                assertThat(bits(Arrays.copyOfRange(y, i * width, (i + 1) * width)))
                        .isEqualTo(row(whole, due[i], t));
                long fork = group.fork(sessions[due[i]]);
                group.close(sessions[due[i]]);
                sessions[due[i]] = fork;
            }
        }
        for (int index = 0; index < LENGTHS.length; index++) {
            assertThat(group.state(sessions[index]))
                    .isEqualTo(whole.finalState().sequence(index));
        }
    }

    @Test
    void eachOfTwoDecodersAsAPartGivesTheBitsThatItGivesBesideTheOther() {
        Network whole = Decoders.network(Decoders.two(Decoders.encoder("gru", 5), new VectorBridge("code", 3, false)));
        NetworkOutput both = forward(whole, kernels, sources, inputs);
        List<LayerSpec> second = Decoders.branch("second", "gru", 4);
        Network part = whole.part(new NetworkSpec(3, second, whole.spec().source()));
        NetworkOutput alone = forward(part, kernels, sources, inputs);
        float[] vectors = new float[3 * sources.size()];
        List<Source> encoded = whole.encode(kernels, Networks.batch(sources));
        for (int i = 0; i < sources.size(); i++) {
            System.arraycopy(encoded.get(i).vector().orElseThrow(), 0, vectors, 3 * i, 3);
        }
        Tensor given = new Tensor(Shape.of(sources.size(), 3), vectors, 0);
        float[] made = part.predict(
                kernels,
                part.fromVectors(kernels, given),
                Networks.batch(inputs),
                part.initialState(part.fromVectors(kernels, given)));

        for (int index = 0; index < LENGTHS.length; index++) {
            for (int t = 0; t < LENGTHS[index]; t++) {
                int[] beside = row(both, index, t);
                assertThat(row(alone, index, t)).containsExactly(beside[2], beside[3]);
            }
        }
        assertThat(bits(made)).isEqualTo(bits(alone.rows().value().toArray()));
    }

    @Test
    void aPartWithAWeightOfItsOwnIsRefused() {
        Network whole = Decoders.network(Decoders.two(Decoders.encoder("gru", 5), new VectorBridge("code", 3, false)));
        NetworkSpec other = new NetworkSpec(
                3, Decoders.branch("third", "gru", 4), whole.spec().source());

        assertThatThrownBy(() -> whole.part(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter must be one of ")
                .hasMessageContaining(", got code.weight_third_hidden_l0");
    }

    private static NetworkOutput forward(
            Network network, Kernels kernels, List<float[][]> sources, List<float[][]> inputs) {
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin(new float[network.parameters().size()]);
        SequenceBatch batch = Networks.batch(inputs);
        return network.forward(tape, network.encode(tape, Networks.batch(sources), null), batch, null, null, null);
    }

    private static int[][] rows(NetworkOutput output, int index) {
        BatchLayout layout = output.layout();
        List<int[]> rows = new ArrayList<>();
        for (int t = 0; t < layout.length(layout.position(index)); t++) {
            rows.add(row(output, index, t));
        }
        return rows.toArray(int[][]::new);
    }

    private static int[] row(NetworkOutput output, int index, int t) {
        return bits(
                output.rows().value().rowRange(output.layout().row(index, t), 1).toArray());
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }
}
