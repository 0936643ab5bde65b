package io.carousel.task.anomaly;

import io.carousel.data.DataException;
import io.carousel.data.InputFile;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.data.Texts;
import io.carousel.data.TimeIndex;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * Known anomalies as windows of time, in a file of their own.
 *
 * <pre>{@code
 * {"pumps/north.csv": [["2026-03-17 09:20", "2026-03-17 09:40"], …], "pumps/south.csv": []}
 * [["2026-03-17 09:20", "2026-03-17 09:40"], …]
 * }</pre>
 *
 * <p>The first form has the windows of several files, or of several series of one file, by their names; the second those of one. A
 * window holds the events from its first time stamp to its last, both included. Time stamps are written as those of the events, or
 * with the year first; where events have none, they are the numbers of events, from 1.
 *
 * <p>Source of the first form: Lavin, Ahmad, <i>Evaluating Real-Time Anomaly Detection Algorithms: the Numenta Anomaly Benchmark</i>,
 * 2015. Immutable, safe for any number of threads.
 */
public final class AnomalyWindows {
    private static final String FORM = "; write a window as [\"2026-03-17 09:20\", \"2026-03-17 09:40\"]";

    private final String source;
    /** By name; under an empty one where the file is a list. */
    private final Map<String, List<Times>> entries = new LinkedHashMap<>();

    /** The first and the last time stamp of a window, as they are written. */
    private record Times(String from, String to) {}

    private AnomalyWindows(String source) {
        this.source = source;
    }

    /**
     * Reads a file of windows.
     *
     * @throws DataException when it cannot be read, or is not of one of the two forms
     */
    public static AnomalyWindows read(Path file) {
        InputFile input = new InputFile(file, "JSON file");
        StringWriter text = new StringWriter();
        input.readText(characters -> characters.transferTo(text));
        return parse(text.toString(), input.name());
    }

    /**
     * Reads windows from JSON.
     *
     * @param source as errors name it
     * @throws DataException when it is not of one of the two forms
     */
    public static AnomalyWindows parse(String json, String source) {
        JsonNode tree;
        try {
            tree = Json.read(json, JsonNode.class, source);
        } catch (FormatException e) {
            throw new DataException(e.getMessage() + FORM, e);
        }
        AnomalyWindows windows = new AnomalyWindows(source);
        if (tree.isObject()) {
            tree.properties().forEach(entry -> windows.add(entry.getKey(), entry.getValue()));
        } else {
            windows.add("", tree);
        }
        return windows;
    }

    private void add(String name, JsonNode list) {
        if (!list.isArray()) {
            throw new DataException(where(name) + " must be a list of windows, got " + list.getNodeType() + FORM);
        }
        List<Times> windows = new ArrayList<>();
        for (JsonNode pair : list) {
            if (!pair.isArray() || pair.size() != 2 || !stamp(pair.get(0)) || !stamp(pair.get(1))) {
                throw new DataException(place(windows.size(), name) + " must be a list of two time stamps, got "
                        + Texts.shown(pair.toString()) + FORM);
            }
            windows.add(new Times(
                    pair.get(0).asString().strip(), pair.get(1).asString().strip()));
        }
        entries.put(name, windows);
    }

    private static boolean stamp(JsonNode node) {
        return node.isString() || node.isIntegralNumber();
    }

    private String where(String entry) {
        return entry.isEmpty() ? source : Texts.shown(entry) + " in " + source;
    }

    private String place(int window, String entry) {
        return "window " + (window + 1) + " of " + where(entry);
    }

    /**
     * The windows of each series of a file.
     *
     * <p>Several series take the entries of their names; one that has no name takes the entry of the file.
     *
     * @param data where the series are from; of the names that end like this path, the one that does so longest is taken
     * @throws DataException when an entry is missing, or a window ends before it begins or holds no event
     */
    public List<List<EventWindow>> of(SeriesSet set, Path data) {
        List<List<EventWindow>> windows = new ArrayList<>();
        for (Series series : set.list()) {
            TimeIndex time = series.time();
            String entry = entries.containsKey("") && set.size() == 1
                    ? ""
                    : series.name().isEmpty() ? ofFile(data) : ofName(series.name());
            long[] stamps = LongStream.range(0, time.length())
                    .map(row -> time.stamp((int) row))
                    .toArray();
            windows.add(events(entry, stamps, time::stampOf));
        }
        return windows;
    }

    /**
     * The windows of one entry.
     *
     * @param name of the entry
     * @param stamps of the events, in any order: a window goes from the first event in its time to the last one
     * @param written gives the stamp of a text
     * @throws DataException as the other
     */
    public List<EventWindow> of(String name, long[] stamps, ToLongFunction<String> written) {
        return events(ofName(name), stamps, written);
    }

    private List<EventWindow> events(String entry, long[] stamps, ToLongFunction<String> written) {
        List<EventWindow> windows = new ArrayList<>();
        for (Times times : entries.getOrDefault(entry, List.of())) {
            String place = place(windows.size(), entry);
            long from;
            long to;
            try {
                from = written.applyAsLong(times.from);
                to = written.applyAsLong(times.to);
            } catch (DataException e) {
                throw new DataException(place + ": " + e.getMessage(), e);
            }
            if (to < from) {
                throw new DataException(place + " must not end before it begins, got " + times.from + " to " + times.to
                        + "; exchange them");
            }
            int first = -1;
            int last = -1;
            for (int row = 0; row < stamps.length; row++) {
                if (stamps[row] >= from && stamps[row] <= to) {
                    first = first < 0 ? row : first;
                    last = row;
                }
            }
            if (first < 0) {
                throw new DataException(place + " must hold an event, got none from " + times.from + " to " + times.to
                        + "; check whether the events are those that were looked at");
            }
            windows.add(new EventWindow(first, last));
        }
        return windows;
    }

    private String ofName(String name) {
        if (!entries.containsKey(name)) {
            throw missing(name);
        }
        return name;
    }

    /** The entry whose name and the path of a file have most names in common, from the end. */
    private String ofFile(Path data) {
        String path = data.toAbsolutePath().normalize().toString();
        int most = 1;
        List<String> best = new ArrayList<>();
        for (String name : entries.keySet()) {
            int common = common(names(name), names(path));
            if (common > most) {
                most = common;
                best.clear();
            }
            if (common == most) {
                best.add(name);
            }
        }
        String file = String.valueOf(data.getFileName());
        if (best.isEmpty()) {
            throw missing(file);
        }
        if (best.size() > 1) {
            throw new DataException(source + " must have one entry for " + Texts.shown(file) + ", got "
                    + Texts.shown(best) + "; keep the data in a folder of the same name");
        }
        return best.get(0);
    }

    private static String[] names(String path) {
        return path.split("[/\\\\]+");
    }

    private static int common(String[] one, String[] other) {
        int common = 0;
        while (common < Math.min(one.length, other.length)
                && one[one.length - 1 - common].equals(other[other.length - 1 - common])) {
            common++;
        }
        return common;
    }

    private DataException missing(String name) {
        return new DataException(source + " must have an entry for " + Texts.shown(name) + ", got "
                + (entries.containsKey("")
                        ? "one list"
                        : entries.isEmpty() ? "none" : Texts.shown(List.copyOf(entries.keySet())))
                + "; write a list for each name, an empty one where no anomaly is known");
    }
}
