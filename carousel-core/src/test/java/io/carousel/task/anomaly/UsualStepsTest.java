package io.carousel.task.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsualStepsTest {
    private static @Nullable UsualSteps of(@Nullable Integer gap, IntToLongFunction stamps) {
        return UsualSteps.of(SeriesSet.of(AnomalyExamples.timed(Series.of("value", new double[301]), stamps)), gap);
    }

    @Test
    void aGapIsLongerThanTenMedianSteps() {
        assertThat(of(null, t -> 60L * t)).isEqualTo(new UsualSteps(60, 600));
        assertThat(of(null, t -> 60L * t + (t < 100 ? 0 : 1_000_000))).isEqualTo(new UsualSteps(60, 600));
        assertThat(of(3, t -> 60L * t)).isEqualTo(new UsualSteps(60, 180));
    }

    @Test
    void whatIsFrequentInTheHistoryIsNoGap() {
        // after each ten events there is a pause of fifty steps
        assertThat(of(null, t -> 60L * t + t / 10 * 3000)).isEqualTo(new UsualSteps(60, 3060));
        assertThat(of(10, t -> 60L * t + t / 10 * 3000)).isEqualTo(new UsualSteps(60, 600));
    }

    @Test
    void thereIsNoneWithoutTimeStampsOrWhereSoChosen() {
        assertThat(of(0, t -> 60L * t)).isNull();
        assertThat(UsualSteps.of(SeriesSet.of(Series.of("value", 1, 2, 3)), 10)).isNull();
        assertThat(UsualSteps.of(SeriesSet.of(AnomalyExamples.timed(Series.of("value", 1), t -> 7)), 10))
                .isNull();
    }

    @Test
    void timesThatAreFarApartDoNotOverflow() {
        UsualSteps steps = new UsualSteps(1, 10);

        assertThat(steps.gap(Long.MIN_VALUE, Long.MAX_VALUE)).isTrue();
        assertThat(steps.gap(-5, 5)).isFalse();
        assertThat(steps.gap(-5, 6)).isTrue();
        assertThat(of(10, t -> t * (Long.MAX_VALUE / 10_000_000_000L))).isNotNull();
        assertThatThrownBy(() -> new UsualSteps(0, 10))
                .hasMessage(
                        "usual step of a history must be positive and at most the longest that is no gap, got 0 and 10");
    }
}
