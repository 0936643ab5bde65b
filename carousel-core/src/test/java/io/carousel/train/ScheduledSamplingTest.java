package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.train.ScheduledSampling.Decay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduledSamplingTest {
    @Test
    void theProbabilityOfTheTruthIsThatOfItsEquation() {
        assertThat(new ScheduledSampling(Decay.LINEAR, 8, 0).truth(2)).isEqualTo(0.75);
        assertThat(new ScheduledSampling(Decay.EXPONENTIAL, 4, 0).truth(3)).isEqualTo(0.75 * 0.75 * 0.75);
        assertThat(new ScheduledSampling(Decay.INVERSE_SIGMOID, 3, 0).truth(6)).isEqualTo(3 / (3 + StrictMath.exp(2)));
    }

    @Test
    void trainingBeginsWithTheTruthAndWithAnInverseSigmoidNearlySo() {
        assertThat(new ScheduledSampling(Decay.LINEAR, 8, 0).truth(0)).isEqualTo(1);
        assertThat(new ScheduledSampling(Decay.EXPONENTIAL, 8, 0).truth(0)).isEqualTo(1);
        assertThat(new ScheduledSampling(Decay.INVERSE_SIGMOID, 8, 0).truth(0)).isEqualTo(8.0 / 9);
    }

    @ParameterizedTest
    @EnumSource(Decay.class)
    void itFallsAndStaysAtTheLeast(Decay decay) {
        ScheduledSampling sampling = new ScheduledSampling(decay, 20, 0.3);
        for (int update = 0; update < 200; update++) {
            assertThat(sampling.truth(update + 1))
                    .isLessThanOrEqualTo(sampling.truth(update))
                    .isGreaterThanOrEqualTo(0.3);
        }
        assertThat(sampling.truth(10)).isGreaterThan(0.3);
        assertThat(sampling.truth(200)).isEqualTo(0.3);
        assertThat(sampling.truth(Long.MAX_VALUE)).isEqualTo(0.3);
    }

    @Test
    void whatIsNoScheduleIsRefused() {
        assertThatThrownBy(() -> new ScheduledSampling(Decay.LINEAR, 0.5, 0))
                .hasMessage("updates of scheduled sampling must be finite and at least 1, got 0.5");
        assertThatThrownBy(() -> new ScheduledSampling(Decay.LINEAR, Double.POSITIVE_INFINITY, 0))
                .hasMessage("updates of scheduled sampling must be finite and at least 1, got Infinity");
        assertThatThrownBy(() -> new ScheduledSampling(Decay.LINEAR, 10, 1.5))
                .hasMessage("least probability of scheduled sampling must be in [0, 1], got 1.5");
    }
}
