package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RollingOriginTest {
    @Test
    void everyForecastLiesWholeInThePart() {
        assertThat(new RollingOrigin(10, 16, 3, 1).origins()).containsExactly(10, 11, 12, 13);
        assertThat(new RollingOrigin(10, 16, 3, 2).origins()).containsExactly(10, 12);
        assertThat(new RollingOrigin(10, 16, 3, 3).origins()).containsExactly(10, 13);
        assertThat(new RollingOrigin(10, 16, 6, 4).origins()).containsExactly(10);
    }

    @Test
    void theLastRowOfThePartIsForecastWhereTheStrideIsOne() {
        for (int horizon = 1; horizon < 7; horizon++) {
            int[] origins = new RollingOrigin(5, 12, horizon, 1).origins();
            assertThat(origins[0]).isEqualTo(5);
            assertThat(origins[origins.length - 1] + horizon).isEqualTo(12);
        }
    }

    @Test
    void aPartShorterThanTheHorizonIsRefused() {
        assertThatThrownBy(() -> new RollingOrigin(10, 15, 6, 1))
                .hasMessage("the part that is judged must have at least 6 rows, one horizon, got 5;"
                        + " make it longer or the horizon shorter");
        assertThatThrownBy(() -> new RollingOrigin(0, 15, 6, 1))
                .hasMessage("a rolling origin must start at row 1 or later with a positive horizon and stride,"
                        + " got 0, 6 and 1");
    }
}
