package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
    /** Writes down what it is sent. */
    private static final class Written implements EventReader.Sink {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void columns(String time, List<String> columns) {
            lines.add(time + " " + columns);
        }

        @Override
        public void event(String key, String label, long stamp, double[] values, long line) {
            lines.add(line + ": " + key + " " + label + " " + stamp + " " + Arrays.toString(values));
        }
    }

    private static List<String> read(EventReader reader, String text) throws IOException {
        Written written = new Written();
        reader.read(bytes(text), "standard input", written);
        return written.lines;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eventsComeWithTimeValuesAndLine() throws IOException {
        assertThat(read(EventReader.builder().build(), "when,a,b\n1970-01-02,1,NA\n1970-01-01,,2.5\n"))
                .containsExactly("when [a, b]", "2:  1970-01-02 86400000 [1.0, NaN]", "3:  1970-01-01 0 [NaN, 2.5]");
    }

    @Test
    void withoutATimeEventsAreNumbered() throws IOException {
        assertThat(read(EventReader.builder().build(), "a,b\n1,2\n3,4\n"))
                .containsExactly("null [a, b]", "2:  1 1 [1.0, 2.0]", "3:  2 2 [3.0, 4.0]");
        assertThat(read(
                        EventReader.builder()
                                .withoutTime()
                                .columns(List.of("b"))
                                .build(),
                        "a;b\n1970-01-01;2\n"))
                .containsExactly("null [b]", "2:  1 1 [2.0]");
    }

    @Test
    void wholeNumbersAreATimeWhereTheyAreAskedForAndKeysTellSeriesApart() throws IOException {
        EventReader reader = EventReader.builder().time("t").key("pump").build();

        assertThat(read(reader, "t,pump,a\n7,north,1\n5,south,2\n"))
                .containsExactly("t [a]", "2: north 7 7 [1.0]", "3: south 5 5 [2.0]");
    }

    @Test
    void anEventIsSentBeforeTheNextLineIsAskedFor() throws IOException {
        List<String> happened = new ArrayList<>();
        String[] lines = {"a,b\n", "1,2\n", "3,4\n"};
        // a text of which only one line is there at a time
        InputStream slow = new InputStream() {
            private int next;
            private byte[] line = {};
            private int at;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] to, int from, int length) {
                if (at == line.length) {
                    if (next == lines.length) {
                        return -1;
                    }
                    happened.add("asked for line " + (next + 1));
                    line = lines[next++].getBytes(StandardCharsets.UTF_8);
                    at = 0;
                }
                int count = Math.min(length, line.length - at);
                System.arraycopy(line, at, to, from, count);
                at += count;
                return count;
            }
        };

        EventReader.builder().build().read(slow, "slow", new EventReader.Sink() {
            @Override
            public void columns(String time, List<String> columns) {}

            @Override
            public void event(String key, String label, long stamp, double[] values, long line) {
                happened.add("event of line " + line);
            }
        });

        assertThat(happened)
                .containsSubsequence("asked for line 2", "event of line 2", "asked for line 3", "event of line 3");
    }

    @Test
    void seriesAreWithoutEventsThatComeLateOrTwice(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("e.csv"), "t,a\n1970-01-01,1\n1970-01-03,2\n1970-01-02,3\n1970-01-03,4\n1970-01-04,\n");

        SeriesSet set = EventReader.builder().build().read(file);

        assertThat(set.list().get(0).column("a")).containsExactly(1, 2, Double.NaN);
        assertThat(set.list().get(0).time().labels()).containsExactly("1970-01-01", "1970-01-03", "1970-01-04");
        assertThat(set.notes())
                .containsExactly(
                        "1 event has the time stamp of the one before and was left out",
                        "1 event has a time stamp before that of the one before and was left out");
        assertThat(set.sha256()).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        1,2\\n3,4            | line 1 of standard input must be a header with the names of the columns, got 1, 2; add one
        a,a\\n3,4            | line 1 of standard input must name each column once, got a, a; rename one of them
        t,a\\n01/02/2020,4   | line 2 of standard input has "01/02/2020" in column t, whose order of day and month cannot be told from one line; write dates as year-month-day
        t,a\\n2020-01-01,x   | line 2 of standard input has "x" in column a, which must be a number; leave the column out, or replace its categories by columns of 0 and 1
        t,a\\n2020-01-01,1\\n3,1 | line 3 of standard input has "3" in column t, which is no time stamp written like "2020-01-01"; write all of them in one way
        t,a\\n2020-01-01,1e999 | line 2 of standard input has "1e999" in column a, which must be a finite number; correct it
        t\\n\\n2020-01-01    | line 2 of standard input is empty; remove it
        """)
    void whatIsWrongIsNamedWithItsLine(String text, String message) {
        assertThatThrownBy(() -> read(EventReader.builder().build(), text.replace("\\n", "\n")))
                .isInstanceOf(DataException.class)
                .hasMessage(message);
    }

    @Test
    void otherEncodingsAreRefused() {
        byte[] latin = "t,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> EventReader.builder()
                        .build()
                        .read(new ByteArrayInputStream(latin), "standard input", new Written()))
                .hasMessage("standard input must be UTF-8; write it as UTF-8");
    }
}
