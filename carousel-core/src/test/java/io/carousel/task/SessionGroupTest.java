package io.carousel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.Allocation;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Direction;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.State;
import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SessionGroupTest {
    private static final RecurrentSpec ENCODER = RecurrentSpec.of("encoder", "lstm", List.of(5));

    private final Network network = network(ENCODER);
    private final SessionGroup group = new SessionGroup(network);
    private final float[] y = new float[100];

    private static Network network(RecurrentSpec encoder) {
        return Network.create(new NetworkSpec(2, List.of(encoder, new DenseSpec("head", 1))), Rng.of(1));
    }

    @Test
    void aSessionWithSeveralEventsInACallIsFedThemInTheirOrder() {
        long session = group.open();
        long other = group.open();
        float[] x = {1, 2, 5, 6, 3, 4, -1, -2};
        group.step(4, new long[] {session, other, session, session}, x, y);

        Session alone = new Session(network);
        float[] output = new float[1];
        alone.step(new float[] {1, 2}, output);
        assertThat(y[0]).isEqualTo(output[0]);
        alone.step(new float[] {3, 4}, output);
        assertThat(y[2]).isEqualTo(output[0]);
        alone.step(new float[] {-1, -2}, output);
        assertThat(y[3]).isEqualTo(output[0]);
        assertThat(group.state(session)).isEqualTo(alone.state());
    }

    @Test
    void aSessionMayHaveAllOfManyEvents() {
        int events = 100_000;
        long[] due = new long[events];
        Arrays.fill(due, group.open());
        float[] x = new float[2 * events];
        Arrays.fill(x, 1);
        group.step(events, due, x, new float[events]);

        Session alone = new Session(network);
        for (int event = 0; event < events; event++) {
            alone.step(new float[] {1, 1}, new float[1]);
        }
        assertThat(group.state(due[0])).isEqualTo(alone.state());
    }

    @Test
    void theHandleOfAClosedSessionIsRefusedAlsoWhenItsPlaceIsTakenAgain() {
        long first = group.open();
        group.close(first);
        long second = group.open();

        assertThat(second).isNotEqualTo(first);
        assertThat(group.isOpen(first)).isFalse();
        assertThat(group.isOpen(second)).isTrue();
        assertThatThrownBy(() -> group.state(first))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("session must be open, got 4294967296 (place 0, turn 1); open one with SessionGroup.open");
        assertThatThrownBy(() -> group.close(first)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersThatWereNeverGivenAreRefused() {
        long session = group.open();

        for (long never : new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, session + 1, session << 1, -session}) {
            assertThat(group.isOpen(never)).isFalse();
        }
    }

    @Test
    void anEventOfAClosedSessionIsRefusedBeforeAnySessionIsFed() {
        long session = group.open();
        long closed = group.open();
        group.close(closed);

        assertThatThrownBy(() -> group.step(2, new long[] {session, closed}, new float[4], y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("session of event 1 must be open, got 4294967297 (place 1, turn 1); "
                        + "open one, or leave the event out");
        assertThat(group.state(session)).isEqualTo(network.initialState(1));
        group.step(1, new long[] {session}, new float[] {1, 2}, y);
        assertThat(group.state(session)).isNotEqualTo(network.initialState(1));
    }

    @Test
    void arraysThatAreTooShortAreRefused() {
        long[] due = {group.open(), group.open()};

        assertThatThrownBy(() -> group.step(3, due, new float[6], y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("events must be from 0 to 2, the number of sessions given, got 3");
        assertThatThrownBy(() -> group.step(2, due, new float[3], y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input must have room for [events, F] = [2, 2], got 3 numbers");
        assertThatThrownBy(() -> group.step(2, due, new float[4], new float[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("output must have room for [events, outputs] = [2, 1], got 1 numbers");
        assertThatThrownBy(() -> group.step(due[0], new float[3], new float[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input must have shape [F] = [2], got [3]");
    }

    @Test
    void aStateOfAnotherNetworkIsRefusedAndOpensNothing() {
        State other = network(RecurrentSpec.of("encoder", "lstm", List.of(6))).initialState(1);

        assertThatThrownBy(() -> group.open(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("state must have the parts ");
        assertThat(group.size()).isZero();
    }

    @Test
    void aNetworkThatReadsBackwardIsRefusedAsByASession() {
        Network backward = network(ENCODER.withDirection(Direction.BIDIRECTIONAL));

        assertThatThrownBy(() -> new SessionGroup(backward))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a network that is fed one time step at a time must read forward only, got layers that read"
                        + " backward: encoder; predict whole sequences, or open a Session.withLookAhead");
    }

    @Test
    void placesOfClosedSessionsAreTakenAgain() {
        for (int round = 0; round < 1000; round++) {
            long[] open = LongStream.generate(group::open).limit(10).toArray();
            assertThat(LongStream.of(open)).allMatch(session -> session.intValue() < 10);
            for (long session : open) {
                group.close(session);
            }
        }

        assertThat(group.size()).isZero();
    }

    @Test
    void growingByManyPagesKeepsWhatIsRemembered() {
        long first = group.open();
        group.step(first, new float[] {1, 2}, new float[1]);
        State before = group.state(first);
        long last = first;
        for (int i = 0; i < 30_000; i++) {
            last = group.open();
        }
        group.step(last, new float[] {1, 2}, new float[1]);

        assertThat(group.size()).isEqualTo(30_001);
        assertThat(group.state(first)).isEqualTo(before);
        assertThat(group.state(last)).isEqualTo(before);
    }

    @Test
    void steppingAGroupAllocatesNothing() throws InterruptedException {
        long[] open = LongStream.generate(group::open).limit(200).toArray();
        long[] due = new long[100];
        Rng rng = Rng.of(3);
        float[] x = new float[200];
        long allocated = Allocation.whenWarm(
                () -> {
                    for (int i = 0; i < due.length; i++) {
                        due[i] = open[rng.nextInt(open.length)];
                    }
                    group.step(due.length, due, x, y);
                },
                500,
                0);

        assertThat(allocated).isZero();
    }
}
