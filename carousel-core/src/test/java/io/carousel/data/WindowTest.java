package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowTest {
    private final double[] values = {0, 1, 2, 3, 4, 5, 6};

    @Test
    void targetsFollowTheInputs() {
        Window window = Window.of(3, 2);

        assertThat(window.examples(7)).isEqualTo(3);
        assertThat(window.input(values, 0)).containsExactly(0, 1, 2);
        assertThat(window.target(values, 0)).containsExactly(3, 4);
        assertThat(window.input(values, 2)).containsExactly(2, 3, 4);
        assertThat(window.target(values, 2)).containsExactly(5, 6);
    }

    @Test
    void everyExampleLiesWholeInTheRowsAndOneMoreWouldNot() {
        for (int steps = 1; steps < 5; steps++) {
            for (int horizon = 1; horizon < 5; horizon++) {
                for (int stride = 1; stride < 4; stride++) {
                    for (int rows = 0; rows < 20; rows++) {
                        Window window = new Window(steps, horizon, stride);
                        int examples = window.examples(rows);
                        assertThat(examples == 0 || window.targetTo(examples - 1) <= rows)
                                .isTrue();
                        assertThat(window.targetTo(examples)).isGreaterThan(rows);
                    }
                }
            }
        }
    }

    @Test
    void anExampleBeyondTheRowsIsRefused() {
        assertThatThrownBy(() -> Window.of(3, 2).input(values, 3))
                .hasMessage("an example must be one of the 3 of 7 rows, got 3");
        assertThatThrownBy(() -> Window.of(0, 2))
                .hasMessage("a window must have positive steps, horizon and stride, got 0, 2 and 1");
    }

    @Test
    void aSeriesSharesNothingWithItsCaller() {
        double[] mine = {1, 2, 3};
        Series series = Series.of("a", mine);
        mine[0] = 9;
        series.column("a")[1] = 9;

        assertThat(series.column("a")).containsExactly(1, 2, 3);
        assertThat(series.slice(1, 3).column("a")).containsExactly(2, 3);
        assertThatThrownBy(() -> series.column("b")).hasMessageContaining("there is no column b");
        assertThatThrownBy(() -> Series.of("s", TimeIndex.rows(2), Map.of("a", mine)))
                .hasMessage("column a must have 2 values, as many as the time index, got 3");
        assertThatThrownBy(() -> SeriesSet.of(series, Series.of("b", 1)))
                .hasMessage("series  of memory must have the columns [a], got [b]; give all series the same");
    }
}
