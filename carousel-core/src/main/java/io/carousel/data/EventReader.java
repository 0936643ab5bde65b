package io.carousel.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads events from CSV text with a header, one at a time and in the order in which they stand: each is handed on as soon as its
 * line has ended.
 *
 * <p>Unlike {@link CsvSeriesReader} it looks at no line before it is its turn, so that it can follow a text that is still written.
 * Cells may be missing (NaN), and time stamps may come late or twice: what that means is for the one who takes the events to
 * say. All time stamps are written like the first one.
 *
 * <p>Without {@link Builder#time}, the first column is the time if its first cell is a point in the calendar; whole numbers are
 * a time only when they are asked for. Immutable and safe for any number of threads.
 */
public final class EventReader implements SeriesReader {
    private final @Nullable String time;
    private final @Nullable String key;
    private final List<String> columns;
    private final boolean guessTime;

    private EventReader(Builder options) {
        time = options.time;
        key = options.key;
        columns = List.copyOf(options.columns);
        guessTime = options.guessTime;
    }

    /** A reader of every column. */
    public static Builder builder() {
        return new Builder();
    }

    /** Takes events. */
    public interface Sink {
        /**
         * Takes the names of the columns, before the first event.
         *
         * @param time the column of the time stamps; null where there is none
         * @param columns those of the numbers
         */
        void columns(@Nullable String time, List<String> columns);

        /**
         * Takes an event.
         *
         * @param key the series; empty where there is one only
         * @param label the time stamp as it is written, or the number of the event, from 1
         * @param stamp milliseconds since 1970-01-01 in the local time of the text, the number itself of a whole number, or the
         *     number of the event
         * @param values of the columns, NaN where one is missing; overwritten by the next event
         * @param line where the event stands, from 1
         */
        void event(String key, String label, long stamp, double[] values, long line);
    }

    /**
     * Sends the events of a file, and returns its SHA-256.
     *
     * @throws DataException for whatever is wrong with the file; it names file, line and remedy
     */
    public String read(Path file, Sink sink) {
        CsvFile csv = new CsvFile(file, null);
        return csv.read(new Rows(csv.name(), sink));
    }

    /**
     * Sends the events of a text as it comes, and returns when it ends.
     *
     * @param name as errors say it, such as {@code standard input}
     * @throws DataException for whatever is wrong with the text; it names line and remedy
     * @throws IOException when it cannot be read
     */
    public void read(InputStream text, String name, Sink sink) throws IOException {
        try {
            new CsvFile(name, null).read(InputFile.text(text, name), new Rows(name, sink));
        } catch (CharacterCodingException e) {
            throw new DataException(name + " must be UTF-8; write it as UTF-8", e);
        }
    }

    /**
     * The events of a file as series, without those whose time stamp is not after the one before of their series; the notes say
     * how many these were. A missing number is NaN.
     *
     * @throws DataException for whatever is wrong with the file, also when no event is left
     */
    @Override
    public SeriesSet read(Path file) {
        EventCollector collector = new EventCollector();
        String sha256 = read(file, collector);
        return collector.set(new InputFile(file, "CSV file").name(), sha256);
    }

    /**
     * The events of a text as series: see {@link #read(Path)}.
     *
     * @param name as errors say it
     * @throws IOException when it cannot be read
     */
    public SeriesSet readSeries(InputStream text, String name) throws IOException {
        EventCollector collector = new EventCollector();
        read(text, name, collector);
        return collector.set(name, "");
    }

    /** The rows of the text on their way to the sink. */
    private final class Rows implements CsvFile.Sink {
        private final String name;
        private final Sink sink;
        private final Map<String, Integer> wanted = new LinkedHashMap<>();
        private List<String> header = List.of();
        private double[] values = {};
        private int timeColumn = -1;
        private int keyColumn = -1;
        private boolean undecided;
        private @Nullable TimeFormat format;
        private String first = "";
        private long events;

        Rows(String name, Sink sink) {
            this.name = name;
            this.sink = sink;
        }

        @Override
        public void header(List<String> names, long line) {
            header = names.stream().map(String::strip).toList();
            if (new LinkedHashSet<>(header).size() != header.size()) {
                throw new DataException("line " + line + " of " + name + " must name each column once, got "
                        + Texts.shown(header) + "; rename one of them");
            }
            if (header.stream().allMatch(CsvColumns::isNumber)) {
                throw new DataException("line " + line + " of " + name
                        + " must be a header with the names of the columns, got " + Texts.shown(header) + "; add one");
            }
            timeColumn = time == null ? -1 : CsvTable.column(header, time, name);
            keyColumn = key == null ? -1 : CsvTable.column(header, key, name);
            undecided = time == null
                    && guessTime
                    && header.size() > 1
                    && keyColumn != 0
                    && !columns.contains(header.get(0));
            if (!undecided) {
                decide();
            }
        }

        /** The time column is known, and so are the others. */
        private void decide() {
            List<String> names = new ArrayList<>(columns.isEmpty() ? header : columns);
            if (columns.isEmpty()) {
                names.removeIf(column -> header.indexOf(column) == timeColumn || header.indexOf(column) == keyColumn);
            }
            for (String column : names) {
                int index = CsvTable.column(header, column, name);
                if (index == timeColumn || index == keyColumn) {
                    throw new DataException("column " + Texts.shown(column) + " of " + name
                            + " must be read as numbers, got the " + (index == timeColumn ? "time" : "key")
                            + " column; name another");
                }
                wanted.put(column, index);
            }
            if (wanted.isEmpty()) {
                throw new DataException(
                        name + " must have a column of numbers, got " + Texts.shown(header) + "; add one");
            }
            values = new double[wanted.size()];
            undecided = false;
            sink.columns(timeColumn < 0 ? null : header.get(timeColumn), List.copyOf(wanted.keySet()));
        }

        @Override
        public void row(CsvRecord row, long line) {
            if (undecided) {
                TimeFormat suggested = TimeFormats.suggestedBy(row.getField(0).strip());
                timeColumn = suggested == null || suggested.kind() == TimeFormat.Kind.INTEGER ? -1 : 0;
                decide();
            }
            events++;
            String label = timeColumn < 0
                    ? Long.toString(events)
                    : row.getField(timeColumn).strip();
            long stamp = timeColumn < 0 ? events : stamp(label, line);
            int i = 0;
            for (Map.Entry<String, Integer> column : wanted.entrySet()) {
                values[i++] = CsvColumns.number(row.getField(column.getValue()), column.getKey(), line, name);
            }
            sink.event(keyColumn < 0 ? "" : key(row, line), label, stamp, values, line);
        }

        private String key(CsvRecord row, long line) {
            String found = row.getField(keyColumn).strip();
            if (found.isEmpty() || found.length() > CsvColumns.MAX_NAME) {
                throw new DataException("line " + line + " of " + name + " must have 1 to " + CsvColumns.MAX_NAME
                        + " characters in the key column " + header.get(keyColumn) + ", got " + found.length()
                        + "; every row must name its series");
            }
            return found;
        }

        private long stamp(String cell, long line) {
            if (format == null) {
                format = TimeFormats.suggestedBy(cell);
                first = cell;
                if (format != null && format.order() == TimeFormat.Order.UNKNOWN) {
                    throw new DataException(
                            place(cell, line)
                                    + "whose order of day and month cannot be told from one line; write dates as year-month-day");
                }
            }
            TimeFormat known = format;
            if (known == null) {
                throw new DataException(
                        place(cell, line) + "which is no time stamp; write 2016-07-01 00:00:00, 2016-07-01,"
                                + " 2016-07 or whole numbers");
            }
            try {
                TimeFormat found = TimeFormats.suggestedBy(cell);
                if (found == null || !known.alike(found)) {
                    throw new DataException(place(cell, line) + "which is no time stamp written like \""
                            + Texts.shown(first) + "\"; write all of them in one way");
                }
                return known.parse(cell);
            } catch (DateTimeException | NumberFormatException e) {
                throw new DataException(place(cell, line) + "which names no day or time that exists; correct it", e);
            }
        }

        private String place(String cell, long line) {
            return "line " + line + " of " + name + " has \"" + Texts.shown(cell) + "\" in column "
                    + Texts.shown(header.get(timeColumn)) + ", ";
        }
    }

    /** The options; each has a default that suits a file of one series. */
    public static final class Builder {
        private @Nullable String time;
        private @Nullable String key;
        private List<String> columns = List.of();
        private boolean guessTime = true;

        private Builder() {}

        /** The column of the time stamps; null to look at the first column. */
        public Builder time(@Nullable String column) {
            time = column;
            return this;
        }

        /** No column holds time stamps: events are numbered. */
        public Builder withoutTime() {
            time = null;
            guessTime = false;
            return this;
        }

        /** The column whose values tell several series apart; null for one series. Their rows may be mixed. */
        public Builder key(@Nullable String column) {
            key = column;
            return this;
        }

        /** The columns to read, as numbers; none for all but time and key. */
        public Builder columns(List<String> names) {
            columns = new ArrayList<>(new LinkedHashSet<>(names));
            return this;
        }

        /** The reader. */
        public EventReader build() {
            return new EventReader(this);
        }
    }
}
