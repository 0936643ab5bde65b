package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipTest {
    private static final RecurrentSpec LSTM = RecurrentSpec.of("encoder", "lstm", List.of(5));

    @Test
    void theCellStaysWithinItsLimitAndReachesIt() {
        State state = finalState(LSTM.withClip(Clip.ofCell(0.125)));

        assertThat(state.values("encoder.cell_l0")).contains(0.125f);
        for (float cell : state.values("encoder.cell_l0")) {
            assertThat(Math.abs(cell)).isLessThanOrEqualTo(0.125f);
        }
    }

    @Test
    void limitsThatNothingReachesChangeNoBit() {
        assertThat(finalState(LSTM.withClip(new Clip(1000, 1000)))).isEqualTo(finalState(LSTM));
    }

    private static State finalState(RecurrentSpec spec) {
        Network network = Networks.network(new NetworkSpec(3, List.of(spec)));
        for (Parameter parameter : network.parameters().list()) {
            for (int i = 0; i < parameter.shape().size(); i++) {
                network.parameters().values()[parameter.offset() + i] *= 2;
            }
        }
        network.parameters().changed();
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        return network.forward(tape, Networks.batch(Networks.sequences(9, 4, 6)), null, null)
                .finalState();
    }

    @Test
    void limitsForWhichACellHasNothingAreRefused() {
        assertThatThrownBy(() -> RecurrentSpec.of("encoder", "gru", List.of(2))
                        .withClip(Clip.ofCell(1))
                        .layer(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clip of the cell must be 0 for cell gru, got 1.0; its state has no part named cell");
        assertThatThrownBy(() -> RecurrentSpec.of("encoder", "min-gru", List.of(2))
                        .withClip(Clip.ofActivations(1))
                        .layer(3))
                .hasMessage("clip of the activations must be 0 for cell min-gru, got 1.0; it does not bound them");
        assertThatThrownBy(() -> Clip.ofCell(-1))
                .hasMessage("clip of the cell must be a positive float, or 0 for none, got -1.0");
        assertThatThrownBy(() -> Clip.ofActivations(Double.NaN))
                .hasMessage("clip of the activations must be a positive float, or 0 for none, got NaN");
    }
}
