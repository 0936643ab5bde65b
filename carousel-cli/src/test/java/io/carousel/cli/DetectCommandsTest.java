package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.cli.command.Console;
import io.carousel.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class DetectCommandsTest {
    private static final Path EXAMPLES =
            Path.of("").toAbsolutePath().getParent().resolve("examples");
    private static final Path HISTORY = EXAMPLES.resolve("pump.csv");
    private static final Path WEEK = EXAMPLES.resolve("pump-week.csv");

    @TempDir
    private static Path folder;

    private static Path model;
    private static Path report;
    private static Call fit;
    private static List<String> week;

    @BeforeAll
    static void fitAModelThatIsSmall() throws IOException {
        model = folder.resolve("m.carousel");
        report = folder.resolve("report.html");
        week = Files.readAllLines(WEEK);
        fit = Call.carousel(
                "detect",
                "fit",
                HISTORY,
                "--hidden",
                8,
                "--epochs",
                3,
                "--quiet",
                72,
                "--out",
                model,
                "--report",
                report,
                "--json");
    }

    @Test
    void fitPrintsOneJsonObjectAndNothingElse() throws IOException {
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        ObjectNode object = Json.readObject(fit.out(), "standard output");
        assertThat(object.get("events").asInt()).isEqualTo(2016);
        assertThat(object.get("quiet").asInt()).isEqualTo(72);
        assertThat(object.get("channels").toString()).isEqualTo("[\"pressure\",\"temperature\"]");
        assertThat(report).content().contains("Anomaly report", "pressure", "temperature");
    }

    @Test
    void predictWritesALineForEachEventAndFindsTheDrop() {
        Call call = Call.carousel("detect", "predict", model, WEEK);

        List<String> lines = call.out().lines().toList();
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(lines).hasSize(week.size());
        assertThat(lines.get(0)).isEqualTo("time,score,surprise,anomaly");
        assertThat(lines.get(1)).isEqualTo("2026-03-16 00:00,,,0");
        assertThat(lines.get(201)).startsWith("2026-03-17 09:20,1.000000,").endsWith(",1");
    }

    @Test
    void standardInputGivesWhatTheFileGives() throws IOException {
        Call file = Call.carousel("detect", "predict", model, WEEK, "--json");
        Call input = fed(new ByteArrayInputStream(Files.readAllBytes(WEEK)), model, "-", "--json");

        assertThat(input).isEqualTo(file);
        ObjectNode last = Json.readObject(file.out().lines().toList().get(1007), "a line");
        assertThat(last.get("outcome").asString()).isEqualTo("scored");
        assertThat(last.get("expected").get("pressure").asDouble()).isBetween(3.0, 9.0);
    }

    @Test
    void anEventIsScoredBeforeTheNextOneIsThere() throws Exception {
        PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream input = new PipedInputStream(writer, 1 << 16);
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        InputStream before = System.in;
        System.setIn(input);
        try (PrintStream out = new PrintStream(new Lines(lines), false, StandardCharsets.UTF_8)) {
            Thread command = new Thread(
                    () -> Main.run(new Console(out, System.err, 0, false), "detect", "predict", model.toString(), "-"));
            command.start();
            for (int i = 0; i < 15; i++) {
                writer.write((week.get(i) + "\n").getBytes(StandardCharsets.UTF_8));
                writer.flush();
                if (i > 0) { // the time column is known with the first event
                    if (i == 1) {
                        assertThat(lines.poll(60, TimeUnit.SECONDS)).isEqualTo("time,score,surprise,anomaly");
                    }
                    assertThat(lines.poll(60, TimeUnit.SECONDS))
                            .startsWith(week.get(i).substring(0, 16));
                }
            }
            writer.close();
            command.join(60_000);
            assertThat(command.isAlive()).isFalse();
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whatReadsTheLinesMayGoAway() throws IOException {
        PrintStream closed = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        InputStream before = System.in;
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                byte[] line = (at < 26 ? "time,pressure,temperature\n" : "2026-03-16 00:00,5.9,48.1\n")
                        .getBytes(StandardCharsets.UTF_8);
                return line[at++ % 26];
            }
        };
        System.setIn(endless);
        try {
            int exit = Main.run(new Console(closed, System.err, 0, false), "detect", "predict", model.toString(), "-");
            assertThat(exit).isZero();
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aStateThatIsKeptLeavesNoSeam() throws IOException {
        Path state = folder.resolve("pump.state");
        Path first = part("first.csv", 1, 400);
        Path second = part("second.csv", 400, week.size());

        List<String> lines = new ArrayList<>(Call.carousel("detect", "predict", model, first, "--state", state)
                .out()
                .lines()
                .toList());
        Call then = Call.carousel("detect", "predict", model, second, "--state", state);
        lines.addAll(then.out().lines().skip(1).toList());

        assertThat(lines)
                .isEqualTo(Call.carousel("detect", "predict", model, WEEK)
                        .out()
                        .lines()
                        .toList());
    }

    @Test
    void aStateOfAnotherModelIsRefused() throws IOException {
        Path state = folder.resolve("other.state");
        Path other = folder.resolve("other.carousel");
        Call.carousel("detect", "fit", HISTORY, "--hidden", 8, "--epochs", 1, "--seed", 2, "--out", other);
        Call.carousel("detect", "predict", other, WEEK, "--state", state);

        Call call = Call.carousel("detect", "predict", model, WEEK, "--state", state);

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err())
                .contains("states must be of the detector that goes on, got those of another; start anew without them");
    }

    @Test
    void aFileWithABadLineLeavesLinesAndStateAsTheyWere() throws IOException {
        Path state = folder.resolve("whole.state");
        Path lines = folder.resolve("lines.csv");
        Path first = part("first.csv", 1, 60);
        Object[] words = {"detect", "predict", model, first, "--state", state, "--out", lines};
        assertThat(Call.carousel(words).exitCode()).isZero();
        byte[] stateBefore = Files.readAllBytes(state);
        String linesBefore = Files.readString(lines);
        assertThat(linesBefore.lines()).hasSize(60);

        Files.writeString(part("first.csv", 60, 90), "soon,1,2,0\n", StandardOpenOption.APPEND);
        Call call = Call.carousel(words);

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("line 32 of first.csv has \"soon\" in column time");
        assertThat(Files.readAllBytes(state)).isEqualTo(stateBefore);
        assertThat(Files.readString(lines)).isEqualTo(linesBefore);
    }

    @Test
    void standardInputKeepsWhatItRememberedBeforeABadLine() throws IOException {
        Path state = folder.resolve("live.state");
        byte[] bad = Files.readAllBytes(
                Files.writeString(part("bad.csv", 1, 60), "soon,1,2,0\n", StandardOpenOption.APPEND));

        Call call = fed(new ByteArrayInputStream(bad), model, "-", "--state", state);
        assertThat(call.exitCode()).isEqualTo(2);
        List<String> lines = new ArrayList<>(call.out().lines().toList());
        Call then = Call.carousel("detect", "predict", model, part("rest.csv", 60, 120), "--state", state);
        lines.addAll(then.out().lines().skip(1).toList());

        Call whole = Call.carousel("detect", "predict", model, part("whole.csv", 1, 120));
        assertThat(lines).isEqualTo(whole.out().lines().toList());
    }

    @Test
    void aStreamThatEndsBeforeItsFirstEventSaysSo() throws IOException {
        Call call = Call.carousel("detect", "predict", model, part("none.csv", 1, 1));

        assertThat(call.exitCode()).isZero();
        assertThat(call.err()).contains("there was no event to score");
    }

    private static Path part(String name, int from, int to) throws IOException {
        StringBuilder text = new StringBuilder(week.get(0)).append('\n');
        week.subList(from, to).forEach(line -> text.append(line).append('\n'));
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void eventsThatComeTwiceOrLateAreToldAndNotScored() throws IOException {
        StringBuilder text = new StringBuilder(week.get(0)).append('\n');
        for (int i = 1; i < 40; i++) {
            text.append(week.get(i)).append('\n');
        }
        text.append(week.get(39)).append('\n').append(week.get(20)).append('\n').append("2026-03-16 06:30,,,0\n");
        Path file = Files.writeString(folder.resolve("late.csv"), text);

        Call call = Call.carousel("detect", "predict", model, file);

        assertThat(call.exitCode()).isZero();
        assertThat(call.out().lines().skip(40))
                .containsExactly(
                        week.get(39).substring(0, 16) + ",,,0",
                        week.get(20).substring(0, 16) + ",,,0",
                        "2026-03-16 06:30,,,0");
        assertThat(call.err().lines())
                .containsExactly(
                        "carousel: 1 event without a number in any channel was taken to be as expected",
                        "carousel: 1 event with the time stamp of the one before was left out",
                        "carousel: 1 event with a time stamp before that of the one before was left out");
    }

    @Test
    void anEventAfterAGapInTimeIsToldAndNotJudgedAcrossIt() throws IOException {
        Path file = folder.resolve("gap.csv");
        List<String> lines = new ArrayList<>(week.subList(0, 60));
        lines.addAll(week.subList(75, 95)); // fifteen events are missing
        lines.addAll(week.subList(100, 120)); // five: no gap
        Files.write(file, lines);

        Call rows = Call.carousel("detect", "predict", model, file);
        Call objects = Call.carousel("detect", "predict", model, file, "--json");

        assertThat(rows.exitCode()).as(rows.err()).isZero();
        assertThat(rows.out().lines().skip(60).limit(10)).allMatch(line -> line.endsWith(",,,0"));
        assertThat(rows.out().lines().skip(70)).noneMatch(line -> line.endsWith(",,,0"));
        assertThat(rows.err()).isEqualTo("carousel: 1 event after a gap in time was taken as the first of a stream\n");
        assertThat(objects.out().lines().skip(58).limit(3))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"outcome\":\"scored\""),
                        line -> assertThat(line).contains("\"outcome\":\"after_gap\""),
                        line -> assertThat(line).contains("\"outcome\":\"warming_up\""));
    }

    @Test
    void evaluateCountsWindowsAndAlarms() throws IOException {
        Path page = folder.resolve("week.html");

        Call call = Call.carousel("detect", "evaluate", model, WEEK, "--json", "--report", page);

        ObjectNode object = Json.readObject(call.out(), "standard output");
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(object.get("windows").asInt()).isEqualTo(4);
        assertThat(object.get("found").asInt()).isBetween(1, 4);
        assertThat(object.get("area").asDouble()).isBetween(0.5, 1.0);
        assertThat(page).content().contains("known anomalies were found");
        assertThat(Call.carousel("detect", "evaluate", model, WEEK).out()).contains("Precision", "Area");
    }

    @Test
    void windowsOfTimeStandInPlaceOfAColumn() throws IOException {
        Path page = folder.resolve("windows.html");
        Path windows = Files.writeString(folder.resolve("windows.json"), """
                {"pumps/pump-week.csv": [["2026-03-17 09:20:00.000000", "2026-03-17 09:40:00.000000"],
                  ["2026-03-18 22:00:00.000000", "2026-03-19 04:30:00.000000"],
                  ["2026-03-20 12:20:00.000000", "2026-03-20 13:10:00.000000"],
                  ["2026-03-21 23:20:00.000000", "2026-03-22 01:10:00.000000"]],
                 "pumps/other.csv": []}
                """);

        Call column = Call.carousel("detect", "evaluate", model, WEEK, "--json");
        Call file = Call.carousel("detect", "evaluate", model, WEEK, "--windows", windows, "--json");
        Call table = Call.carousel("detect", "evaluate", model, WEEK, "--windows", windows, "--report", page);

        assertThat(file).isEqualTo(column);
        ObjectNode first = (ObjectNode)
                Json.readObject(file.out(), "standard output").get("known").get(0);
        assertThat(first.get("from").asString()).isEqualTo("2026-03-17 09:20");
        assertThat(first.get("to").asString()).isEqualTo("2026-03-17 09:40");
        assertThat(first.get("events").asInt()).isEqualTo(3);
        assertThat(first.get("alarms").asInt()).isPositive();
        assertThat(first.get("delay").asInt()).isZero();
        assertThat(table.out())
                .contains("From                            To  Events  Alarms  Found after")
                .containsPattern("2026-03-17 09:20  2026-03-17 09:40       3       [1-3]     0 events");
        assertThat(page).content().contains("Known anomalies", "Known anomaly", "of 4 were found");
    }

    @Test
    void whereNoAnomalyIsKnownThereIsNoAreaAndNoDelay() throws IOException {
        Path windows = Files.writeString(folder.resolve("none.json"), "[]");

        Call json = Call.carousel("detect", "evaluate", model, WEEK, "--windows", windows, "--json");
        Call table = Call.carousel("detect", "evaluate", model, WEEK, "--windows", windows);

        ObjectNode object = Json.readObject(json.out(), "standard output");
        assertThat(json.exitCode()).as(json.err()).isZero();
        assertThat(object.get("area").isNull()).isTrue();
        assertThat(object.get("delay").isNull()).isTrue();
        assertThat(object.get("falseAlarms")).isEqualTo(object.get("alarms"));
        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.out()).doesNotContain("Found after");
    }

    @Test
    void mistakesInWindowsAreNamed() throws IOException {
        Path windows = Files.writeString(folder.resolve("wrong.json"), "{\"other.csv\": []}");

        assertThat(Call.carousel("detect", "evaluate", model, WEEK, "--windows", windows)
                        .err())
                .isEqualTo(
                        "carousel: wrong.json must have an entry for pump-week.csv, got other.csv; write a list for each"
                                + " name, an empty one where no anomaly is known\n");
        assertThat(Call.carousel("detect", "evaluate", model, WEEK, "--windows", windows, "--labels", "label")
                        .err())
                .isEqualTo("carousel: --windows must not stand beside --labels, which says the same; give only one\n");
        assertThat(Call.carousel("detect", "evaluate", model, WEEK, "--windows", folder.resolve("no.json"))
                        .err())
                .startsWith("carousel: there is no windows file ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        time,pressure\\n2026-03-16 00:00,1                            | there is no column temperature in bad.csv; it has time, pressure
        time,pressure,temperature\\n2026-03-16 00:00,1,x              | line 2 of bad.csv has "x" in column temperature, which must be a number
        time,pressure,temperature\\n2026-03-16 00:00,1,2\\n2026-03-16 00:10,1 | line 3 of bad.csv has 2 columns, the header has 3
        time,pressure,temperature\\n2026-03-16 00:00,1,2\\nsoon,1,2   | line 3 of bad.csv has "soon" in column time, which is no time stamp written like "2026-03-16 00:00"
        time,pressure,temperature\\n2026-03-16 00:00,1,2\\n2026-03-36 00:00,1,2 | line 3 of bad.csv has "2026-03-36 00:00" in column time, which names no day or time that exists
        """)
    void badLinesAreNamed(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), text.replace("\\n", "\n"));

        Call call = Call.carousel("detect", "predict", model, file);

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --scorer dynamic-threshold --threshold 0.9 | --threshold must not stand beside dynamic-threshold
        --threshold 1                              | threshold must be a probability above 0 and below 1, got 1.0
        --channels pressure,none                   | there is no column none in pump.csv
        --scorer mean                              | expected one of [gaussian-tail, dynamic-threshold, quantiles] but was 'mean'
        --model reconstruction --window 5000       | must have 5000 events after each other
        """)
    void mistakesInTheCallAreNamed(String words, String message) {
        List<Object> all = new ArrayList<>(List.of("detect", "fit", HISTORY, "--out", folder.resolve("x")));
        all.addAll(List.of(words.strip().split(" ")));

        Call call = Call.carousel(all.toArray());

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains(message);
    }

    private static Call fed(InputStream input, Object... words) {
        InputStream before = System.in;
        System.setIn(input);
        try {
            Object[] all = new Object[words.length + 2];
            all[0] = "detect";
            all[1] = "predict";
            System.arraycopy(words, 0, all, 2, words.length);
            return Call.carousel(all);
        } finally {
            System.setIn(before);
        }
    }

    /** Puts each line into a queue when it is flushed. */
    private static final class Lines extends OutputStream {
        private final BlockingQueue<String> lines;
        private final StringBuilder line = new StringBuilder();

        Lines(BlockingQueue<String> lines) {
            this.lines = lines;
        }

        @Override
        public void write(int b) {
            if (b == '\n') {
                lines.add(line.toString());
                line.setLength(0);
            } else {
                line.append((char) b);
            }
        }
    }
}
