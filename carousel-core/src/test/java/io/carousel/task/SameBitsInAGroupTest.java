package io.carousel.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.autograd.Gradients;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.Networks;
import io.carousel.layer.State;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Promises 2 and 3: a session in a group gives the bits that one of its own does, whatever is stepped with it. */
@Tag("promise")
class SameBitsInAGroupTest {
    private static final int FEATURES = 3;
    private static final int CALLS = 12;

    static Stream<NetworkSpec> specs() {
        return Networks.streaming();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void eventsInRandomOrderGiveTheBitsOfSessionsOfTheirOwn(NetworkSpec spec) {
        Both both = new Both(spec, Kernels.best(), Kernels.best());
        for (int i = 0; i < 90; i++) {
            both.open();
        }
        for (int call = 0; call < CALLS; call++) {
            both.step(1 + 40 * call);
        }

        both.assertSameStates();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void openingForkingRestoringResettingAndClosingBetweenStepsChangeNothingElse(NetworkSpec spec) {
        Both both = new Both(spec, Kernels.best(), Kernels.best());
        for (int call = 0; call < CALLS; call++) {
            for (int i = 0; i < 7; i++) {
                both.open();
            }
            both.step(30);
            both.fork(both.any());
            both.restore(both.any(), both.any());
            both.reset(both.any());
            both.storeAsBytesAndReopen(both.any());
            both.close(both.any());
            both.close(both.any());
            both.step(both.sessions.size());
        }

        both.assertSameStates();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aGroupOnScalarKernelsGivesTheBitsOfSessionsOnTheFastest(NetworkSpec spec) {
        Both both = new Both(spec, new ScalarKernels(), Kernels.best());
        for (int i = 0; i < 70; i++) {
            both.open();
        }
        both.step(150);
        both.step(150);

        both.assertSameStates();
    }

    /** A group, and beside it a session of its own for each in it, which are given the same events. */
    private static final class Both {
        private final Network network;
        private final Kernels kernels;
        private final SessionGroup group;
        private final List<Long> handles = new ArrayList<>();
        private final List<Session> sessions = new ArrayList<>();
        private final Rng rng = Rng.of(31);

        Both(NetworkSpec spec, Kernels ofGroup, Kernels ofSessions) {
            network = Networks.network(spec);
            kernels = ofSessions;
            group = new SessionGroup(network, ofGroup);
        }

        int any() {
            return rng.nextInt(sessions.size());
        }

        void open() {
            handles.add(group.open());
            sessions.add(new Session(network, kernels));
        }

        void fork(int index) {
            handles.add(group.fork(handles.get(index)));
            sessions.add(sessions.get(index).fork());
        }

        void restore(int from, int to) {
            group.restore(handles.get(to), group.state(handles.get(from)));
            sessions.get(to).restore(sessions.get(from).state());
        }

        void reset(int index) {
            group.reset(handles.get(index));
            sessions.get(index).reset();
        }

        void storeAsBytesAndReopen(int index) {
            byte[] bytes = group.state(handles.get(index)).toBytes();
            assertThat(bytes).isEqualTo(sessions.get(index).state().toBytes());
            group.close(handles.get(index));
            handles.set(index, group.open(State.fromBytes(bytes)));
        }

        void close(int index) {
            group.close(handles.remove(index));
            sessions.remove(index);
        }

        /** Events of sessions drawn at random, some of them several times. */
        void step(int events) {
            int outputs = network.outputSize();
            int[] order = new int[events];
            Arrays.setAll(order, i -> any());
            long[] due = Arrays.stream(order).mapToLong(handles::get).toArray();
            float[] x = Gradients.normal(rng, events * FEATURES, 1);
            float[] y = new float[events * outputs];
            group.step(events, due, x, y);

            float[] alone = new float[outputs];
            for (int event = 0; event < events; event++) {
                sessions.get(order[event]).step(Arrays.copyOfRange(x, event * FEATURES, (event + 1) * FEATURES), alone);
                assertThat(bits(Arrays.copyOfRange(y, event * outputs, (event + 1) * outputs)))
                        .isEqualTo(bits(alone));
            }
        }

        void assertSameStates() {
            assertThat(group.size()).isEqualTo(sessions.size());
            for (int i = 0; i < sessions.size(); i++) {
                assertThat(group.state(handles.get(i)))
                        .isEqualTo(sessions.get(i).state());
            }
        }

        private static int[] bits(float[] values) {
            int[] bits = new int[values.length];
            Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
            return bits;
        }
    }
}
