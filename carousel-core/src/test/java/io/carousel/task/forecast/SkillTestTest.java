package io.carousel.task.forecast;

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
    void confidenceIsStudentsDistributionOfTheMeanOverItsError() {
        double[] gains = {1, -1, 1, -1, 3, 1, -1, 1};
        // mean 0.5, variance 1.75, c² = (8 + 1 - 2) / 8: t = √(7/8) 0.5 / √(1.75 / 8) = 1, with 7 degrees of freedom
        assertThat(SkillTest.confidence(gains, 0)).isCloseTo(SkillTest.student(1, 7), within(1e-12));
    }

    /** Points of the table of Abramowitz and Stegun, 26.10, which has three decimals. */
    @Test
    void studentsDistributionHasThePointsOfTheTable() {
        assertThat(SkillTest.student(6.314, 1)).isCloseTo(0.95, within(1e-4));
        assertThat(SkillTest.student(2.920, 2)).isCloseTo(0.95, within(1e-4));
        assertThat(SkillTest.student(3.365, 5)).isCloseTo(0.99, within(1e-4));
        assertThat(SkillTest.student(2.764, 10)).isCloseTo(0.99, within(1e-4));
        assertThat(SkillTest.student(-2.764, 10)).isCloseTo(0.01, within(1e-4));
        assertThat(SkillTest.student(0, 30)).isEqualTo(0.5);
    }

    @Test
    void asManyForecastsAsStepsTellNothing() {
        assertThat(SkillTest.confidence(new double[] {1, 1, 1}, 2)).isEqualTo(0.5);
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
