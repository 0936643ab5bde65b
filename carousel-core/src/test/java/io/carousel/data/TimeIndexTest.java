package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeIndexTest {
    private static TimeIndex of(String... cells) {
        return TimeIndex.of(List.of(cells));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1949-01 1949-02 1949-03 | 1 month | 1949-04 1949-05",
                "1949/11 1949/12 1950/01 | 1 month | 1950/02 1950/03",
                "2020-9 2020-10 2020-11 | 1 month | 2020-12 2021-1",
                "2020M11 2020M12 | 1 month | 2021M01 2021M02",
                "1999-Q3 1999-Q4 2000-Q1 | 3 months | 2000-Q2 2000-Q3",
                "1999Q4 2000Q1 | 3 months | 2000Q2 2000Q3",
                "2001-01 2001-04 2001-07 | 3 months | 2001-10 2002-01",
                "1885 1886 1887 | 1 year | 1888 1889",
                "1900 1910 1920 | 10 years | 1930 1940",
                "3 5 7 | 2 rows | 9 11",
                "1959-12-29 1959-12-30 | 1 day | 1959-12-31 1960-01-01",
                "2020-02-27 2020-02-28 | 1 day | 2020-02-29 2020-03-01",
                "2002-01-01 2002-01-08 2002-01-15 | 7 days | 2002-01-22 2002-01-29",
                "20191230 20191231 | 1 day | 20200101 20200102",
                "2020-1-30 2020-1-31 | 1 day | 2020-2-1 2020-2-2",
                "2019-12-31 2020-01-31 2020-02-29 | 1 month | 2020-03-31 2020-04-30",
                "2020-06-30 2020-09-30 2020-12-31 | 3 months | 2021-03-31 2021-06-30",
                "2021-02-28 2021-04-30 2021-06-30 | 2 months | 2021-08-31 2021-10-31",
                "2020-01-15 2020-02-15 | 1 month | 2020-03-15 2020-04-15",
                "2020-01-30 2020-02-29 2020-03-30 | 1 month | 2020-04-30 2020-05-30",
                "2019-07-01 2020-07-01 | 1 year | 2021-07-01 2022-07-01",
                "2020-01-02 2020-01-03 2020-01-06 2020-01-07 | 1 weekday | 2020-01-08 2020-01-09",
                "2020-01-08 2020-01-09 2020-01-10 2020-01-13 2020-01-14 2020-01-15 2020-01-16 2020-01-17 | 1 weekday"
                        + " | 2020-01-20 2020-01-21",
                "01/30/2020 01/31/2020 | 1 day | 02/01/2020 02/02/2020",
                "30.01.2020 31.01.2020 | 1 day | 01.02.2020 02.02.2020",
                "2016-07-01T22:00Z 2016-07-01T23:00Z | 1 hour | 2016-07-02T00:00Z 2016-07-02T01:00Z",
                "2016-07-01T00:00+02:00 2016-07-01T00:15+02:00 | 15 minutes | 2016-07-01T00:30+02:00 2016-07-01T00:45+02:00",
                "2016-07-01T01:59:59.5 2016-07-01T02:00:00.0 | 500 milliseconds"
                        + " | 2016-07-01T02:00:00.5 2016-07-01T02:00:01.0",
                "2016-07-01T02:00:00 2016-07-01T02:00:00.25 | 250 milliseconds"
                        + " | 2016-07-01T02:00:00.50 2016-07-01T02:00:00.75",
                "2016-07-01T23:59:50 2016-07-02T00:00:00 | 10 seconds | 2016-07-02T00:00:10 2016-07-02T00:00:20",
            })
    void theStepIsDetectedAndStampsGoOnInTheirOwnFormat(String cells, String step, String next) {
        TimeIndex index = of(cells.split(" "));

        assertThat(index.step()).hasToString(step);
        assertThat(index.regular()).isTrue();
        assertThat(index.labels())
                .isEqualTo(Arrays.stream(cells.split(" "))
                        .map(cell -> cell.equals("2016-07-01T02:00:00") ? "2016-07-01T02:00:00.00" : cell)
                        .toList());
        assertThat(index.next(2)).containsExactly(next.split(" "));
        assertThat(index.extended(2).labels()).endsWith(next.split(" ")).hasSize(index.length() + 2);
    }

    @Test
    void aSpaceMayStandBetweenDateAndTime() {
        TimeIndex index = of("2016-07-01 00:00:00", "2016-07-01 01:00:00");

        assertThat(index.next(1)).containsExactly("2016-07-01 02:00:00");
    }

    @Test
    void stampsWithDifferentOffsetsAreOneClock() {
        TimeIndex index = of("2020-03-29T01:00+01:00", "2020-03-29T03:00+02:00", "2020-03-29T04:00+02:00");

        assertThat(index.step()).hasToString("1 hour");
        assertThat(index.regular()).isTrue();
    }

    @Test
    void theMostFrequentDistanceIsTheStepAndOthersAreGaps() {
        TimeIndex index = of("2000-01", "2000-02", "2000-05", "2000-06", "2000-07");

        assertThat(index.step()).hasToString("1 month");
        assertThat(index.regular()).isFalse();
        assertThat(index.gaps()).containsExactly(new Gap(2, "2000-02", "2000-05", 2));
        assertThat(index.withoutGaps().labels())
                .containsExactly("2000-01", "2000-02", "2000-03", "2000-04", "2000-05", "2000-06", "2000-07");
    }

    @Test
    void aStampOffTheGridIsAGapOfUnknownLength() {
        TimeIndex index =
                of("2020-01-01 00:00", "2020-01-01 01:00", "2020-01-01 02:00", "2020-01-01 03:30", "2020-01-01 04:30");

        assertThat(index.gaps()).containsExactly(new Gap(3, "2020-01-01 02:00", "2020-01-01 03:30", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2000-01 2000-02 | 12",
                "2000Q1 2000Q2 | 4",
                "2000 2001 | ''",
                "1 2 | ''",
                "2020-01-01 2020-01-02 | 7 365",
                "2020-01-01 2020-01-08 | 52",
                "2020-01-01T00:00 2020-01-01T01:00 | 24 168",
                "2020-01-01T00:00 2020-01-01T00:30 | 48 336",
                "2020-01-01T00:00 2020-01-01T06:00 | 4 28",
                "2020-01-01T00:00 2020-01-01T00:01 | 1440 10080",
                "2020-01-01T00:00:00 2020-01-01T00:00:01 | 3600",
            })
    void seasonsFollowFromTheStep(String cells, String seasons) {
        List<Integer> expected = seasons.isEmpty()
                ? List.of()
                : Arrays.stream(seasons.split(" ")).map(Integer::valueOf).toList();

        assertThat(of(cells.split(" ")).seasonCandidates()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2000-01 2000-13 | row 2 of the time stamps has \"2000-13\", which names no day or time that exists;"
                        + " correct it",
                "2019-02-28 2019-02-29 | row 2 of the time stamps has \"2019-02-29\", which names no day or time that exists;"
                        + " correct it",
                "2000-01 2000/02 | row 2 of the time stamps has \"2000/02\", which is no time stamp written like"
                        + " \"2000-01\"; write all of them in one way",
                "2000-02 2000-01 | row 2 of the time stamps has 2000-01, which is not after 2000-02",
                "01/02/2020 02/02/2020 | row 1 of the time stamps has \"01/02/2020\", and nothing in the column tells"
                        + " whether the day or the month is first; write dates as year-month-day",
                "31/01/2020 02/28/2020 | row 1 of the time stamps has \"31/01/2020\", and nothing in the column tells"
                        + " whether the day or the month is first; write dates as year-month-day",
                "soon later | row 1 of the time stamps has \"soon\", which is no time stamp",
                "2020-01-01T24:00 2020-01-02T00:00 | row 1 of the time stamps has \"2020-01-01T24:00\", which names no"
                        + " day or time that exists; correct it",
            })
    void aStampThatDoesNotFitIsNamed(String cells, String message) {
        assertThatThrownBy(() -> of(cells.split(" ")))
                .isInstanceOf(DataException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2016-07-01T00:00 | 2016-07-01T00:00:00.000000 | 0",
                "2016-07-01T00:00 | 2016/07/01 00:01 | 60000",
                "2016-07-01T00:00Z | 2016-07-01T02:00+01:00 | 3600000",
                "2016-07-01T00:00+02:00 | 2016-06-30T22:00Z | 0",
                "2016-07-01 | 2016-07-01T12:00 | 43200000",
                "2016-07-01 | 2016-07-02 | 86400000",
                "31/01/2020T00:00 | 30/01/2020T23:00 | -3600000",
                "31/01/2020T00:00 | 2020-01-31T01:00 | 3600000",
                "20200101 | 20200102 | 86400000",
                "20200101 | 2020-01-02 | 86400000",
                "2000-Q1 | 2000-Q2 | 7862400000",
                "1999 | 2000 | 31536000000",
                "17 | 20 | 3",
            })
    void aStampFromElsewhereMayBeWrittenLikeTheseOrWithTheYearFirst(String cell, String text, long after) {
        TimeIndex index = of(cell);

        assertThat(index.stampOf(text) - index.stamp(0)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2016-07-01T00:00 | 2016-07-01",
                "2016-07-01T00:00 | 2016-07-01T00:00Z",
                "2016-07-01T00:00Z | 2016-07-01T00:00",
                "2016-07-01T00:00 | 20160701",
                "2016-07-01T00:00 | 2016-07-32T00:00",
                "2016-07-01T00:00 | 31/01/2020T00:00",
                "31/01/2020T00:00 | 02/28/2020T00:00",
                "17 | 2016-07-01",
                "2016-07-01 | 17",
                "2016-07 | 2016-Q3",
                "17 | soon",
            })
    void aStampThatCannotBeComparedIsRefused(String cell, String text) {
        assertThatThrownBy(() -> of(cell).stampOf(text))
                .isInstanceOf(DataException.class)
                .hasMessage("time stamp must name a day or time that exists and be written like \"" + cell
                        + "\", got \"" + text + "\"; correct it");
    }

    @Test
    void rowNumbersCountFromOne() {
        TimeIndex index = TimeIndex.rows(3);

        assertThat(index.rowNumbers()).isTrue();
        assertThat(index.calendar()).isFalse();
        assertThat(index.labels()).containsExactly("1", "2", "3");
        assertThat(index.next(2)).containsExactly("4", "5");
        assertThat(index.seasonCandidates()).isEmpty();
    }

    @Test
    void aSliceKeepsTheStep() {
        TimeIndex index = of("2019-12-31", "2020-01-31", "2020-02-29", "2020-03-31");

        assertThat(index.slice(2, 3).next(1)).containsExactly("2020-03-31");
    }

    @Test
    void everyStepForwardIsFoundAgainOverACentury() {
        for (TimeStep.Unit unit : TimeStep.Unit.values()) {
            TimeStep step = new TimeStep(unit, 3);
            long stamp = of("1912-02-29").stamp(0);
            int anchor = 31;
            long first = step.plus(stamp, 0, anchor);
            IntStream.of(1, 2, 5, 29, 400).forEach(steps -> {
                long later = step.plus(first, steps, anchor);
                assertThat(step.between(first, later, anchor))
                        .as("%s, %d", step, steps)
                        .isEqualTo(steps);
            });
        }
    }
}
