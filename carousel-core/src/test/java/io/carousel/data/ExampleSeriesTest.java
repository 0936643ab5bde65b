package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.SharedData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExampleSeriesTest {
    private static Series read(String name) {
        Path file = SharedData.projectRoot().resolve("examples").resolve(name);
        return CsvSeriesReader.builder().build().read(file).list().get(0);
    }

    @Test
    void carbonDioxideIsMonthlyWithoutGaps() {
        Series co2 = read("co2.csv");

        assertThat(co2).hasToString("co2: 672 rows, 1964-05 to 2020-04, step 1 month, columns [co2]");
        assertThat(co2.value("co2", 0)).isEqualTo(322.26);
        assertThat(co2.value("co2", 671)).isEqualTo(416.18);
        assertThat(co2.time().regular()).isTrue();
        assertThat(co2.time().seasonCandidates()).containsExactly(12);
    }

    @Test
    void seattlesWeatherIsDailyWithoutGaps() {
        Series weather = read("seattle-weather.csv");

        assertThat(weather)
                .hasToString("seattle-weather: 1461 rows, 2012-01-01 to 2015-12-31, step 1 day,"
                        + " columns [precipitation, temp_max, temp_min, wind]");
        assertThat(weather.value("wind", 1460)).isEqualTo(3.5);
        assertThat(weather.time().regular()).isTrue();
    }
}
