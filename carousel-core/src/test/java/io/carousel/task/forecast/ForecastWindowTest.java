package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.Series;
import io.carousel.data.Standardizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastWindowTest {
    private static final Series SERIES = Examples.monthlySeries("sales", "x", 3, 1, 4, 1, 5, 9, 2, 6);

    @Test
    void theLastWindowEndsWithTheLastRow() {
        ForecastWindow window = ForecastWindow.of(encoding(ForecastSpec.builder("x"), 0, List.of()), SERIES, -1);

        assertThat(window.series()).isEqualTo("sales");
        assertThat(window.firstRow()).isEqualTo(4);
        assertThat(window.lastRow()).isEqualTo(7);
        assertThat(window.steps()).isEqualTo(4);
        assertThat(window.features()).containsExactly("x");
        // Differences to the last value, divided by the scale, 2.
        assertThat(values(window, 0)).containsExactly(-0.5f, 1.5f, -2, 0);
    }

    @Test
    void aWindowEndsWithTheRowThatIsAskedFor() {
        ForecastWindow window = ForecastWindow.of(encoding(ForecastSpec.builder("x"), 1, List.of()), SERIES, 5);

        assertThat(window.firstRow()).isEqualTo(2);
        assertThat(window.features()).containsExactly("x", "season, sine 1", "season, cosine 1");
        assertThat(values(window, 0)).containsExactly(-2.5f, -4, -2, 0);
    }

    @Test
    void withFutureInputsTheLastWindowEndsWhereAllAreGiven() {
        Series series = Examples.promotions(14, 12);
        ForecastSpec.Builder spec =
                ForecastSpec.builder("units").futureInputs(List.of("promotion")).horizon(3);
        ForecastWindow window = ForecastWindow.of(encoding(spec, 0, List.of(new Standardizer(0, 1))), series, -1);

        assertThat(window.lastRow()).isEqualTo(10);
        assertThat(window.steps()).isEqualTo(4 + 3);
        assertThat(window.features()).containsExactly("units", "promotion", "is the future");
        assertThat(values(window, 2)).containsExactly(0, 0, 0, 0, 1, 1, 1);
        for (int t = 0; t < window.steps(); t++) {
            assertThat(window.value(t, 1)).isEqualTo((float) series.value("promotion", window.firstRow() + t));
        }
    }

    @Test
    void aRowWithoutAWholeWindowIsRefused() {
        ForecastEncoding encoding = encoding(ForecastSpec.builder("x"), 0, List.of());

        assertThatThrownBy(() -> ForecastWindow.of(encoding, SERIES, 2))
                .hasMessage(
                        "the last row of a window of series 'sales' must be from row 4 (1990-04) to row 8 (1990-08), "
                                + "got row 3; choose one of these");
        assertThatThrownBy(() -> ForecastWindow.of(encoding, SERIES, 8)).hasMessageContaining("got row 9;");
        assertThatThrownBy(() -> ForecastWindow.of(encoding, SERIES.slice(0, 3), -1))
                .hasMessage("series 'sales' has 3 rows; the model reads 4 for a window; give a longer series");
    }

    private static float[] values(ForecastWindow window, int feature) {
        float[] values = new float[window.steps()];
        for (int t = 0; t < values.length; t++) {
            values[t] = window.value(t, feature);
        }
        return values;
    }

    private static ForecastEncoding encoding(ForecastSpec.Builder spec, int harmonics, List<Standardizer> inputScales) {
        return new ForecastEncoding(
                ForecastEncoding.TASK,
                spec.window(4).season(4).build(),
                new ForecastEncoding.Numbers(4, 4, 0, 2, 0.1, inputScales),
                new SeriesTransform(LogScale.NONE, LevelRemoval.LAST, false, harmonics),
                1,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                List.of());
    }
}
