package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.kernel.Kernels;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final RecurrentSpec DEEP = RecurrentSpec.of("deep", "lstm", List.of(4, 4));

    @Test
    void connectedLevelsOfDifferentWidthsAreRefused() {
        RecurrentSpec uneven = RecurrentSpec.of("deep", "lstm", List.of(4, 6));

        assertThatThrownBy(() -> uneven.withConnection(Connection.RESIDUAL).layer(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "levels of deep must have the same width under a residual connection, got 4 below 6; give them"
                                + " the same hidden size");
        assertThatThrownBy(() -> uneven.withConnection(Connection.HIGHWAY).layer(3))
                .hasMessageContaining("under a highway connection");
        assertThat(uneven.layer(3).outputSize()).isEqualTo(6);
    }

    @Test
    void aHighwayWhoseGateIsClosedHandsOnTheLevelBelow() {
        Network highway =
                Network.create(new NetworkSpec(3, List.of(DEEP.withConnection(Connection.HIGHWAY))), Rng.of(1));
        assertThat(highway.parameters().get("deep.highway_bias_l1").tensor().toArray())
                .containsOnly(-1);
        java.util.Arrays.fill(
                highway.parameters().values(),
                highway.parameters().get("deep.highway_bias_l1").offset(),
                highway.parameters().size(),
                -1000);
        highway.parameters().changed();
        State state = highway.initialState(1);

        float[] outputs = highway.predict(Kernels.best(), Networks.batch(Networks.sequences(1)), state);

        assertThat(outputs).isEqualTo(state.values("deep.hidden_l0"));
    }

    @Test
    void aLearnedInitialStateIsWhatSequencesAndSessionsStartFrom() {
        Network network = Networks.network(new NetworkSpec(3, List.of(DEEP.withInitialState(InitialState.LEARNED))));
        float[] learned =
                network.parameters().get("deep.initial_cell_l1").tensor().toArray();
        Session session = new Session(network);
        State first = session.state();
        session.step(new float[3], new float[4]);
        session.reset();

        assertThat(learned).doesNotContain(0);
        assertThat(first.values("deep.cell_l1")).isEqualTo(learned);
        assertThat(session.state()).isEqualTo(first);
        assertThat(network.initialState(3).sequence(2)).isEqualTo(first);
    }
}
