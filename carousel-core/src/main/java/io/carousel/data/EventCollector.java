package io.carousel.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes series of events, without those that come late or twice. */
final class EventCollector implements EventReader.Sink {
    private static final long MOST_CELLS = 100_000_000L;

    private final Map<String, Rows> series = new LinkedHashMap<>();
    private List<String> names = List.of();
    private @Nullable String time;
    private long cells;
    private long late;
    private long twice;

    /** The events of one series. */
    private static final class Rows {
        private final List<String> labels = new ArrayList<>();
        private long[] stamps = new long[64];
        private double[][] columns;
        private int count;

        Rows(int width) {
            columns = new double[width][64];
        }

        void add(String label, long stamp, double[] values, boolean timed) {
            if (count == stamps.length) {
                stamps = Arrays.copyOf(stamps, 2 * count);
                for (int c = 0; c < columns.length; c++) {
                    columns[c] = Arrays.copyOf(columns[c], 2 * count);
                }
            }
            if (timed) {
                labels.add(label);
            }
            stamps[count] = stamp;
            for (int c = 0; c < columns.length; c++) {
                columns[c][count] = values[c];
            }
            count++;
        }
    }

    @Override
    public void columns(@Nullable String timeColumn, List<String> columns) {
        time = timeColumn;
        names = columns;
    }

    @Override
    public void event(String key, String label, long stamp, double[] values, long line) {
        cells += values.length + 1;
        if (cells > MOST_CELLS) {
            throw new DataException("events to learn from must have at most " + MOST_CELLS + " cells, got more on line "
                    + line + "; read fewer columns or a shorter history");
        }
        Rows rows = series.computeIfAbsent(key, k -> new Rows(values.length));
        if (time != null && rows.count > 0 && stamp <= rows.stamps[rows.count - 1]) {
            if (stamp == rows.stamps[rows.count - 1]) {
                twice++;
            } else {
                late++;
            }
            return;
        }
        rows.add(label, stamp, values, time != null);
    }

    SeriesSet set(String source, String sha256) {
        if (series.isEmpty()) {
            throw new DataException(source + " has a header and no rows; it must have at least one row");
        }
        List<Series> list = new ArrayList<>();
        series.forEach((key, rows) -> {
            TimeIndex index = time == null ? TimeIndex.rows(rows.count) : TimeIndex.of(rows.labels);
            Map<String, double[]> columns = new LinkedHashMap<>();
            for (int c = 0; c < names.size(); c++) {
                columns.put(names.get(c), Arrays.copyOf(rows.columns[c], rows.count));
            }
            list.add(Series.of(key, index, columns));
        });
        List<String> notes = new ArrayList<>();
        note(notes, twice, "the time stamp of the one before");
        note(notes, late, "a time stamp before that of the one before");
        return new SeriesSet(source, sha256, list, notes);
    }

    private static void note(List<String> notes, long count, String what) {
        if (count > 0) {
            notes.add(count + (count == 1 ? " event has " : " events have ") + what
                    + (count == 1 ? " and was" : " and were") + " left out");
        }
    }
}
