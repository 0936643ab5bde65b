package io.carousel.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Parameter;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlstmCellTest {
    @Test
    void headsThatDoNotDivideTheHiddenSizeAreRefused() {
        assertThatThrownBy(() -> Cells.create("slstm:heads=3", 2, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "heads of cell slstm must divide the hidden size 8, got 3; choose another number of heads or"
                                + " another hidden size");
    }

    @Test
    void aRowOfTheRecurrentWeightHasTheColumnsOfItsHead() {
        Cell cell = Cells.create("slstm:heads=4", 2, 8);

        assertThat(cell.weights().get(1).shape().toString()).isEqualTo("[32, 2]");
    }

    @ParameterizedTest
    @ValueSource(floats = {-1e6f, -300, -87, -60, 80, 300, 1e6f})
    void exponentialInputGatesNeitherOverflowNorVanish(float exponent) {
        Network network = Network.create(
                new NetworkSpec(1, List.of(RecurrentSpec.of("encoder", "slstm", List.of(4)))), Rng.of(1));
        Parameter bias = network.parameters().get("encoder.bias_ih_l0");
        for (int j = 0; j < 4; j++) {
            network.parameters().values()[bias.offset() + j] = exponent;
        }
        network.parameters().changed();
        Session session = new Session(network);
        float[] y = new float[4];
        for (int t = 0; t < 100; t++) {
            session.step(new float[] {t % 3 - 1}, y);

            assertThat(y).doesNotContain(Float.NaN);
            for (float normalizer : session.state().values("encoder.normalizer_l0")) {
                assertThat(normalizer).isBetween(1f, t + 1f);
            }
            for (float output : y) {
                assertThat(output).isBetween(-1f, 1f);
            }
        }
    }
}
