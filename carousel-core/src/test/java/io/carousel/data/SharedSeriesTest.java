package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.SharedData;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedSeriesTest {
    @ParameterizedTest
    @CsvSource({
        "airline-passengers, Passengers, 144, 112, 432, 1949-01, 1960-12, 1 month, 1961-01, true",
        "daily-max-temperatures, Temperature, 3650, 38.1, 24.6, 1981-01-01, 1990-12-31, 1 day, 1991-01-01, false",
        "daily-min-temperatures, Temp, 3650, 20.7, 13.0, 1981-01-01, 1990-12-31, 1 day, 1991-01-01, false",
        "daily-total-female-births, Births, 365, 35, 50, 1959-01-01, 1959-12-31, 1 day, 1960-01-01, true",
        "monthly-car-sales, Sales, 108, 6550, 14577, 1960-01, 1968-12, 1 month, 1969-01, true",
        "monthly-mean-temp, Temperature, 240, 40.6, 37.8, 1920-01, 1939-12, 1 month, 1940-01, true",
        "monthly-robberies, Robberies, 118, 41, 431, 1966-01, 1975-10, 1 month, 1975-11, true",
        "monthly-sunspots, Sunspots, 2820, 58.0, 33.4, 1749-01, 1983-12, 1 month, 1984-01, true",
        "shampoo, Sales, 36, 266.0, 646.9, 1-01, 3-12, 1 month, 4-01, true",
        "yearly-water-usage, Water, 79, 356, 613, 1885, 1963, 1 year, 1964, true",
    })
    void classicSeriesReadWithTheirStep(
            String name,
            String column,
            int rows,
            double first,
            double last,
            String from,
            String to,
            String step,
            String next,
            boolean regular) {
        Path file = SharedData.file("classic-univariate/" + name + ".csv");

        Series series = CsvSeriesReader.builder()
                .keepGaps(!regular)
                .build()
                .read(file)
                .list()
                .get(0);

        assertThat(series.columns()).containsExactly(column);
        assertThat(series.length()).isEqualTo(rows);
        assertThat(series.value(column, 0)).isEqualTo(first);
        assertThat(series.value(column, rows - 1)).isEqualTo(last);
        assertThat(series.time().label(0)).isEqualTo(from);
        assertThat(series.time().label(rows - 1)).isEqualTo(to);
        assertThat(series.time().step()).hasToString(step);
        assertThat(series.time().next(1)).containsExactly(next);
        assertThat(series.time().regular()).isEqualTo(regular);
    }

    @Test
    void beijingIsRefusedForItsMissingCellsAndReadWithAFill() {
        Path file = SharedData.file("beijing-pm25/pollution.csv");
        CsvSeriesReader.Builder reader = CsvSeriesReader.builder().columns("pm2.5", "TEMP");

        assertThatThrownBy(() -> reader.build().read(file))
                .isInstanceOf(DataException.class)
                .hasMessage("pollution.csv has 2067 missing cells in column pm2.5, the first on lines 2, 3, 4;"
                        + " ask for a fill (previous, linear, zero or a number), or remove the rows");

        SeriesSet set = reader.fill(Fill.ZERO).build().read(file);
        Series series = set.list().get(0);
        assertThat(set.sha256()).isEqualTo("892e9559205d16d32623135c127a3951c12e46ea1e0b3093e107ce89a9fd60e2");
        assertThat(set.notes()).containsExactly("filled 2067 missing cells of column pm2.5 with zero");
        assertThat(series.length()).isEqualTo(43824);
        assertThat(series.value("pm2.5", 24)).isEqualTo(129);
        assertThat(series.value("pm2.5", 43823)).isEqualTo(12);
        assertThat(series.time().step()).hasToString("1 row");
    }

    @Test
    void beijingNamesTheCategoryThatIsNoNumber() {
        Path file = SharedData.file("beijing-pm25/pollution.csv");

        assertThatThrownBy(() -> CsvSeriesReader.builder()
                        .columns("pm2.5", "cbwd")
                        .build()
                        .read(file))
                .hasMessage("line 2 of pollution.csv has \"NW\" in column cbwd, which must be a number;"
                        + " leave the column out, or replace its categories by columns of 0 and 1");
    }

    @Test
    void ettReadsFromItsCompressedFile() {
        Path file = SharedData.file("ett-h1/ETTh1.csv.gz");

        SeriesSet set = CsvSeriesReader.builder().build().read(file);

        Series series = set.list().get(0);
        assertThat(set.sha256()).isEqualTo("3c56c865b8f6fc9b760a07f055ff8a993d3cf2a747235dc382b98821ed35f029");
        assertThat(series.name()).isEqualTo("ETTh1");
        assertThat(series.columns()).containsExactly("HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "OT");
        assertThat(series.length()).isEqualTo(17420);
        assertThat(series.value("HUFL", 0)).isEqualTo(5.827000141143799);
        assertThat(series.value("OT", 17419)).isEqualTo(9.56700038909912);
        assertThat(series.time().step()).hasToString("1 hour");
        assertThat(series.time().regular()).isTrue();
        assertThat(series.time().next(2)).containsExactly("2018-06-26 20:00:00", "2018-06-26 21:00:00");
        assertThat(series.time().seasonCandidates()).containsExactly(24, 168);
    }

    @Test
    void illnessReadsWeekByWeek() {
        Series series = CsvSeriesReader.builder()
                .build()
                .read(SharedData.file("illness/national_illness.csv"))
                .list()
                .get(0);

        assertThat(series.length()).isEqualTo(966);
        assertThat(series.value("% WEIGHTED ILI", 0)).isEqualTo(1.22262);
        assertThat(series.value("OT", 965)).isEqualTo(1509928);
        assertThat(series.time().step()).hasToString("7 days");
        assertThat(series.time().regular()).isTrue();
        assertThat(series.time().seasonCandidates()).containsExactly(52);
    }

    @ParameterizedTest
    @CsvSource({
        "yahoofinance-AAPL-20040819-20180120.csv.gz, 3379, 2018-01-22",
        "yahoofinance-SPY-20080101-20180101.csv.gz, 2519, 2018-01-01"
    })
    void stocksStepByWeekdaysAndHaveGapsAtHolidays(String name, int rows, String next) {
        Path file = SharedData.file("stocks/" + name);

        assertThatThrownBy(() -> CsvSeriesReader.builder().build().read(file))
                .hasMessageContaining("where the step is 1 weekday (the first of")
                .hasMessageContaining("or keep the rows as they follow each other");

        Series series = CsvSeriesReader.builder()
                .keepGaps(true)
                .build()
                .read(file)
                .list()
                .get(0);
        assertThat(series.columns()).containsExactly("Open", "High", "Low", "Close", "Adj Close", "Volume");
        assertThat(series.length()).isEqualTo(rows);
        assertThat(series.time().step()).isEqualTo(new TimeStep(TimeStep.Unit.WEEKDAY, 1));
        assertThat(series.time().regular()).isFalse();
        assertThat(series.time().next(1)).isEqualTo(List.of(next));

        Series filled = CsvSeriesReader.builder()
                .fill(Fill.PREVIOUS)
                .build()
                .read(file)
                .list()
                .get(0);
        assertThat(filled.time().regular()).isTrue();
    }
}
