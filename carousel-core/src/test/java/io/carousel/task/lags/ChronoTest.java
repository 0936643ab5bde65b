package io.carousel.task.lags;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.layer.Network;
import io.carousel.optim.Schedule;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChronoTest {
    private static final int HIDDEN = 8;
    private static final double LONGEST = Math.log(99);

    private static Tensor bias(String cell, int span, @Nullable Double inputBias) {
        LagSetting setting = LagSettings.of(new AddingTask(100))
                .withHidden(HIDDEN)
                .withSpan(span)
                .withInputBias(inputBias);
        Network network = new LagTraining(new AddingTask(100), cell, setting, 1, 1).network();
        return network.parameters().get("recurrent.bias_ih_l0").tensor();
    }

    @Test
    void forgetGatesHoldForUpToTheSpanAndInputGatesLetInAsLittle() {
        Tensor bias = bias("lstm", 100, null);

        for (int unit = 0; unit < HIDDEN; unit++) {
            assertThat((double) bias.at(HIDDEN + unit)).isBetween(0.0, LONGEST);
            assertThat(bias.at(unit)).isEqualTo(-bias.at(HIDDEN + unit));
        }
    }

    @Test
    void inputGatesTakeTheBiasThatTheSettingNames() {
        Tensor bias = bias("lstm", 100, -3.0);

        for (int unit = 0; unit < HIDDEN; unit++) {
            assertThat(bias.at(unit)).isEqualTo(-3);
            assertThat(bias.at(HIDDEN + unit)).isEqualTo(bias("lstm", 100, null).at(HIDDEN + unit));
        }
    }

    @Test
    void anUpdateGateHoldsLikeAForgetGate() {
        Tensor bias = bias("gru", 100, null);

        for (int unit = 0; unit < HIDDEN; unit++) {
            assertThat((double) bias.at(HIDDEN + unit)).isBetween(0.0, LONGEST).isPositive();
            assertThat(bias.at(unit)).isZero(); // the reset gate
        }
    }

    @Test
    void withoutASpanACellStartsAsItDoesElsewhere() {
        Tensor bias = bias("lstm", 0, -3.0);

        for (int unit = 0; unit < HIDDEN; unit++) {
            assertThat(bias.at(unit)).isZero();
            assertThat(bias.at(HIDDEN + unit)).isEqualTo(1);
        }
    }

    @Test
    void theLearningRateFallsOverTheSequencesThatThePaperNeeded() {
        LagSetting setting = LagSettings.of(new AddingTask(500));

        assertThat(setting.sequences()).isEqualTo(208_992); // whole batches of 16
        assertThat(setting.plan().schedule()).isInstanceOf(Schedule.CosineWithWarmUp.class);
    }
}
