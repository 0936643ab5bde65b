package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NaiveMethodTest {
    private final double[] history = {1, 4, 9, 2, 6, 11};

    @Test
    void theLastValueGoesOn() {
        assertThat(NaiveMethod.LAST_VALUE.forecast(history, 3, 2)).containsExactly(11, 11);
    }

    @Test
    void theLastSeasonComesAgain() {
        assertThat(NaiveMethod.SEASONAL_NAIVE.forecast(history, 3, 7)).containsExactly(2, 6, 11, 2, 6, 11, 2);
        assertThat(NaiveMethod.SEASONAL_NAIVE.forecast(history, 1, 2)).containsExactly(11, 11);
    }

    @Test
    void aHistoryShorterThanASeasonGoesOnWithItsLastValue() {
        assertThat(NaiveMethod.SEASONAL_NAIVE.forecast(history, 7, 2)).containsExactly(11, 11);
        assertThat(NaiveMethod.SEASONAL_NAIVE.forecast(history, 6, 2)).containsExactly(1, 4);
    }

    @Test
    void driftIsTheLineThroughTheFirstAndTheLastValue() {
        assertThat(NaiveMethod.DRIFT.forecast(history, 3, 3)).containsExactly(13, 15, 17);
        assertThat(NaiveMethod.DRIFT.forecast(new double[] {5}, 1, 2)).containsExactly(5, 5);
    }

    @Test
    void theMeanLiesBetweenSeasonalNaiveAndDrift() {
        assertThat(NaiveMethod.MEAN_OF_SEASONAL_NAIVE_AND_DRIFT.forecast(history, 3, 3))
                .containsExactly(7.5, 10.5, 14);
    }

    @Test
    void theNamesAreThoseOfTheJson() {
        assertThat(Arrays.stream(NaiveMethod.values()).map(NaiveMethod::jsonName))
                .containsExactly("lastValue", "seasonalNaive", "drift", "meanOfSeasonalNaiveAndDrift");
    }

    @ParameterizedTest
    @EnumSource(NaiveMethod.class)
    void aConstantHistoryStaysConstantAndALevelIsCarriedAlong(NaiveMethod method) {
        double[] constant = {7, 7, 7, 7};
        assertThat(method.forecast(constant, 2, 3)).containsExactly(7, 7, 7);

        double[] raised = Arrays.stream(history).map(v -> v + 1024).toArray();
        double[] forecast = method.forecast(history, 3, 5);
        assertThat(method.forecast(raised, 3, 5))
                .containsExactly(Arrays.stream(forecast).map(v -> v + 1024).toArray());
    }

    @ParameterizedTest
    @EnumSource(NaiveMethod.class)
    void aForecastWithoutHistorySeasonOrHorizonIsRefused(NaiveMethod method) {
        assertThatThrownBy(() -> method.forecast(new double[0], 1, 1))
                .hasMessage("a naive forecast must have at least one past value, got none; forecast from a later row");
        assertThatThrownBy(() -> method.forecast(history, history.length + 1, 1, 1))
                .hasMessage("rows must be 1 to the length of the history, " + history.length + ", got "
                        + (history.length + 1));
        assertThatThrownBy(() -> method.forecast(history, 0, 1)).hasMessage("season must be at least 1, got 0");
        assertThatThrownBy(() -> method.forecast(history, 1, 0)).hasMessage("horizon must be at least 1, got 0");
    }
}
