package io.carousel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.tensor.Rng;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SkillTestTest {
    @Test
    void equalMethodsAreACoinFlip() {
        assertThat(SkillTest.confidence(new double[20], 0)).isEqualTo(0.5);
    }

    @Test
    void gainThatIsAlwaysTheSameIsCertain() {
        double[] gains = new double[20];
        Arrays.fill(gains, 0.5);

        assertThat(SkillTest.confidence(gains, 0)).isEqualTo(1);
    }

    @Test
    void confidenceIsTheNormalDistributionOfTheMeanOverItsError() {
        double[] gains = {1, -1, 1, -1, 3, 1, -1, 1};
        // mean 0.5, variance 1.75, so t = 0.5 / √(1.75 / 8) = 1.0690
        assertThat(SkillTest.confidence(gains, 0)).isCloseTo(0.85747, within(1e-4));
    }

    @Test
    void overlapThatRepeatsErrorsLowersTheConfidence() {
        Rng rng = Rng.of(1);
        double[] gains = new double[200];
        for (int i = 0; i < gains.length; i += 10) {
            Arrays.fill(gains, i, i + 10, 0.3 + rng.nextGaussian());
        }

        assertThat(SkillTest.confidence(gains, 10)).isLessThan(SkillTest.confidence(gains, 0));
    }
}
