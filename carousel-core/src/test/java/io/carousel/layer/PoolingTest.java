package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Tape;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolingTest {
    static Stream<PoolingSpec> specs() {
        return Stream.of(
                PoolingSpec.last("pool", Direction.BACKWARD),
                PoolingSpec.last("pool", Direction.BIDIRECTIONAL),
                PoolingSpec.mean("pool"),
                PoolingSpec.max("pool"),
                PoolingSpec.attention("pool", 3));
    }

    @Test
    void aStreamIsPooledAsFarAsItHasCome() {
        assertThat(streamed(PoolingSpec.mean("pool"))).isDeepEqualTo(new float[][] {{4, 1}, {3, 2}, {4, 3}});
        assertThat(streamed(PoolingSpec.max("pool"))).isDeepEqualTo(new float[][] {{4, 1}, {4, 3}, {6, 5}});
        assertThat(streamed(PoolingSpec.last("pool", Direction.FORWARD)))
                .isDeepEqualTo(new float[][] {{4, 1}, {2, 3}, {6, 5}});
        assertThat(streamed(PoolingSpec.last("pool", Direction.BACKWARD)))
                .isDeepEqualTo(new float[][] {{4, 1}, {4, 1}, {4, 1}});
        assertThat(streamed(PoolingSpec.last("pool", Direction.BIDIRECTIONAL)))
                .isDeepEqualTo(new float[][] {{4, 1}, {2, 1}, {6, 1}});
    }

    @Test
    void attentionWithAQueryOfZerosIsTheMean() {
        Network network = network(PoolingSpec.attention("pool", 3));
        network.parameters().get("pool.query").tensor().fill(0);
        network.parameters().changed();
        assertThat(streamed(network)).isDeepEqualTo(new float[][] {{4, 1}, {3, 2}, {4, 3}});
    }

    @Test
    void scoresThatAreTooLargeForAnExponentialDoNoHarm() {
        Network network = network(PoolingSpec.attention("pool", 1));
        network.parameters().get("pool.weight").tensor().fill(1);
        network.parameters().get("pool.query").tensor().fill(1e30f);
        network.parameters().changed();
        // The scores differ by units in the last place of 1e30, and so by far more than an exponential can hold.
        for (float[] row : streamed(network)) {
            assertThat(row[0]).isBetween(2f, 6f);
            assertThat(row[1]).isBetween(1f, 5f);
        }
    }

    @Test
    void aMaximumOfWhatIsNoNumberIsNoNumber() {
        Network network = network(PoolingSpec.max("pool"));
        float[] y = new float[2];
        Session session = new Session(network);
        session.step(new float[] {1, 2}, y);
        session.step(new float[] {Float.NaN, 1}, y);
        session.step(new float[] {3, 1}, y);
        assertThat(y).containsExactly(Float.NaN, 2);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aSequenceWithoutATimeStepIsNamed(PoolingSpec spec) {
        Network network = network(spec);
        SequenceBatch batch = SequenceBatch.of(List.of(new float[][] {{1, 2}}, new float[0][]), 2);
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        assertThatThrownBy(() -> network.forward(tape, batch, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sequence 1 must have at least one time step to be pooled by pool, got none; leave it out");
    }

    @Test
    void aMeanOverMoreTimeStepsThanAFloatCanCountIsRefused() {
        Session session = new Session(network(PoolingSpec.mean("pool")));
        State state = session.state();
        state.values("pool.steps")[0] = 1 << 24;
        session.restore(state);
        assertThatThrownBy(() -> session.step(new float[2], new float[2]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("mean of pool must be of at most 16777216 time steps, got one more; reset the state");
    }

    @Test
    void refusesWhatDoesNotFitTheKind() {
        assertThatThrownBy(() -> PoolingSpec.attention("pool", 0)).hasMessage("size of pool must be positive, got 0");
        assertThatThrownBy(() -> new PoolingSpec("pool", Pooling.MEAN, Direction.FORWARD, 3))
                .hasMessage("size of pool must be 0 without attention, got 3");
        assertThatThrownBy(() -> new PoolingSpec("pool", Pooling.MAX, Direction.BACKWARD, 0))
                .hasMessage("direction of pool must be FORWARD unless it is the last row that is kept, got BACKWARD; "
                        + "all rows are read");
        assertThatThrownBy(
                        () -> PoolingSpec.last("pool", Direction.BIDIRECTIONAL).layer(3))
                .hasMessage("input of pool must have an even width, one half for each direction, got 3; let it follow "
                        + "a layer that reads in both directions and concatenates them");
    }

    private static Network network(PoolingSpec spec) {
        return Network.create(new NetworkSpec(2, List.of(spec)), Rng.of(1));
    }

    private static float[][] streamed(PoolingSpec spec) {
        return streamed(network(spec));
    }

    private static float[][] streamed(Network network) {
        float[][] x = {{4, 1}, {2, 3}, {6, 5}};
        float[][] y = new float[3][2];
        Session session = new Session(network);
        for (int t = 0; t < x.length; t++) {
            session.step(x[t], y[t]);
        }
        return y;
    }
}
