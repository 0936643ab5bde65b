package io.carousel.task.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.data.TimeIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known anomalies as windows of time, and what an evaluation says of each. */
class AnomalyWindowsTest {
    private static final Path DATA = Path.of("pumps", "week.csv");

    /** Ten events, ten minutes apart. */
    private static Series series(String name) {
        List<String> times = IntStream.range(0, 10)
                .mapToObj(t -> String.format("2026-03-16 %02d:%02d", t / 6, t % 6 * 10))
                .toList();
        return Series.of(name, TimeIndex.of(times), Map.of("value", new double[10]));
    }

    private static List<EventWindow> windows(String json) {
        return AnomalyWindows.parse(json, "known.json")
                .of(SeriesSet.of(series("")), DATA)
                .get(0);
    }

    @Test
    void aListIsThatOfTheOneSeriesAndBothEndsAreWithin() {
        assertThat(windows(
                        "[[\"2026-03-16 00:10\", \"2026-03-16 00:30\"], [\"2026-03-16 01:30\", \"2026-03-16 01:30\"]]"))
                .containsExactly(new EventWindow(1, 3), new EventWindow(9, 9));
        assertThat(windows("[]")).isEmpty();
    }

    @Test
    void aFileIsReadAndTimeStampsMayBeMorePreciseThanThoseOfTheEvents(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("known.json"), "[[\"2026-03-16T00:05:00.000000\", \"2026-03-16T00:29:59.000000\"]]");

        assertThat(AnomalyWindows.read(file).of(SeriesSet.of(series("")), DATA))
                .containsExactly(List.of(new EventWindow(1, 2)));
    }

    @Test
    void theEntryOfAFileIsThatWhoseNameEndsLikeItsPath() {
        String json = "{\"week.csv\": [], \"pumps/week.csv\": [[\"2026-03-16 00:00\", \"2026-03-16 00:00\"]],"
                + " \"fans/week.csv\": []}";

        assertThat(windows(json)).hasSize(1);
        assertThat(windows("{\"other/folder/week.csv\": [[\"2026-03-16 00:00\", \"2026-03-16 00:00\"]]}"))
                .hasSize(1);
    }

    @Test
    void severalSeriesHaveTheEntriesOfTheirNames() {
        SeriesSet set = SeriesSet.of(series("north"), series("south"));
        AnomalyWindows windows = AnomalyWindows.parse(
                "{\"south\": [[\"2026-03-16 00:00\", \"2026-03-16 00:10\"]], \"north\": []}", "known.json");

        assertThat(windows.of(set, DATA)).containsExactly(List.of(), List.of(new EventWindow(0, 1)));
        assertThatThrownBy(() -> AnomalyWindows.parse("[]", "known.json").of(set, DATA))
                .hasMessage(
                        "known.json must have an entry for north, got one list; write a list for each name, an empty"
                                + " one where no anomaly is known");
    }

    @Test
    void eventsWithoutTimeStampsAreCountedFromOne() {
        SeriesSet set = SeriesSet.of(Series.of("value", 1, 2, 3, 4));

        assertThat(AnomalyWindows.parse("[[2, 3], [\"4\", \"9\"]]", "known.json")
                        .of(set, DATA))
                .containsExactly(List.of(new EventWindow(1, 2), new EventWindow(3, 3)));
        assertThatThrownBy(() -> AnomalyWindows.parse("[[\"2026-03-16\", \"2026-03-17\"]]", "known.json")
                        .of(set, DATA))
                .hasMessage("window 1 of known.json: time stamp must be the number of an event, from 1, got"
                        + " \"2026-03-16\"; correct it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"a.csv": [], "b.csv": []} | known.json must have an entry for week.csv, got a.csv, b.csv; write a list for each name, an empty one where no anomaly is known
        {} | known.json must have an entry for week.csv, got none; write a list for each name
        {"a/week.csv": [], "b/week.csv": []} | known.json must have one entry for week.csv, got a/week.csv, b/week.csv; keep the data in a folder of the same name
        {"week.csv": [["soon", "2026-03-16 00:10"]]} | window 1 of week.csv in known.json: time stamp must name a day or time that exists and be written like "2026-03-16 00:00", got "soon"; correct it
        [["2026-03-16 00:00", "2026-03-36 00:10"]] | got "2026-03-36 00:10"; correct it
        [["2026-03-16", "2026-03-17"]] | got "2026-03-16"; correct it
        [["2026-03-16 00:20", "2026-03-16 00:10"]] | window 1 of known.json must not end before it begins, got 2026-03-16 00:20 to 2026-03-16 00:10; exchange them
        [["2026-03-16 00:01", "2026-03-16 00:09"]] | window 1 of known.json must hold an event, got none from 2026-03-16 00:01 to 2026-03-16 00:09; check whether the events are those that were looked at
        [["2026-03-16 00:00"]] | window 1 of known.json must be a list of two time stamps, got ["2026-03-16 00:00"]; write a window as
        [[true, "2026-03-16 00:00"]] | window 1 of known.json must be a list of two time stamps
        {"week.csv": 1} | week.csv in known.json must be a list of windows, got NUMBER; write a window as
        [[ | known.json: JSON (line 1, column
        """)
    void whatIsNoWindowIsNamed(String json, String message) {
        assertThatThrownBy(() -> windows(json))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @Test
    void eachKnownAnomalyIsFoundByItselfAlsoWhereTwoMeet() {
        boolean[] told = new boolean[10];
        told[1] = true;
        told[4] = true;
        told[5] = true;
        double[] surprises = {Double.NaN, 5, 0, 1, 6, 7, 0, 0, 1, 0};
        SeriesDetections found = new SeriesDetections(
                series(""),
                List.of("value"),
                Collections.nCopies(10, EventOutcome.SCORED),
                surprises,
                told,
                told,
                new double[1][10]);

        AnomalyEvaluation evaluation = AnomalyEvaluation.of(
                List.of(found), List.of(List.of(new EventWindow(2, 4), new EventWindow(5, 6), new EventWindow(8, 9))));

        assertThat(evaluation.known())
                .containsExactly(
                        new KnownAnomaly(0, new EventWindow(2, 4), 1, 2),
                        new KnownAnomaly(0, new EventWindow(5, 6), 1, 0),
                        new KnownAnomaly(0, new EventWindow(8, 9), 0, null));
        assertThat(evaluation.windows()).isEqualTo(3);
        assertThat(evaluation.found()).isEqualTo(2);
        assertThat(evaluation.delay()).isEqualTo(1);
        assertThat(evaluation.alarms()).isEqualTo(3);
        assertThat(evaluation.falseAlarms()).isEqualTo(1);
        assertThat(evaluation.precision()).isEqualTo(2.0 / 3);
        assertThat(evaluation.recall()).isEqualTo(2.0 / 3);
        // within windows 0, 1, 6, 7, 0, 1, 0, outside 5 and 0; a tie counts half
        assertThat(evaluation.area()).isEqualTo((0.5 + 1 + 2 + 2 + 0.5 + 1 + 0.5) / 14);
    }

    @Test
    void windowsMustBeThoseOfTheSeries() {
        AnomalyDetector detector =
                AnomalyExamples.detector(AnomalyExamples.spec().build());
        SeriesSet set = SeriesSet.of(AnomalyExamples.waves(30, 1));

        assertThatThrownBy(() -> detector.evaluate(set, List.of()))
                .hasMessage("known anomalies must be those of 1 series, got 0; give a list for each");
        assertThatThrownBy(() -> detector.evaluate(set, List.of(List.of(new EventWindow(29, 30)))))
                .hasMessage("window must end within the 30 events of its series, got EventWindow[first=29, last=30];"
                        + " give rows from 0");
        assertThatThrownBy(() -> new EventWindow(3, 2))
                .hasMessage("window must begin at row 0 or later and not end before it begins, got rows 3 to 2");
    }

    @Test
    void aColumnOfLabelsGivesTheSameAsItsWindows() {
        AnomalyDetector detector =
                AnomalyExamples.detector(AnomalyExamples.spec().build());
        double[] label = new double[60];
        label[0] = 1;
        label[20] = 1;
        label[21] = 1;
        label[59] = 1;
        Series waves = AnomalyExamples.waves(60, 1).with("label", label);

        assertThat(detector.evaluate(SeriesSet.of(waves), "label"))
                .isEqualTo(detector.evaluate(
                        SeriesSet.of(waves),
                        List.of(List.of(new EventWindow(0, 0), new EventWindow(20, 21), new EventWindow(59, 59)))));
    }
}
