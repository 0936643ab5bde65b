package io.carousel.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Makes series of the rows of a file: splits them by key, checks and fills the time index, fills missing cells. */
final class SeriesAssembler {
    private static final int LINES_SHOWN = 3;

    private final String file;
    private final CsvSeriesReader.Builder options;
    private final CsvColumns columns;
    private final List<String> notes = new ArrayList<>();

    SeriesAssembler(String file, CsvSeriesReader.Builder options, CsvColumns columns) {
        this.file = file;
        this.options = options;
        this.columns = columns;
    }

    SeriesSet assemble(String sha256) {
        if (columns.rows() == 0) {
            throw new DataException(file + " has a header and no rows; it must have at least one row");
        }
        List<int[]> rowsOfSeries = rowsOfSeries();
        @Nullable Times times = times(rowsOfSeries);
        List<String> names = columns.seriesNames();
        List<Series> list = new ArrayList<>();
        for (int s = 0; s < rowsOfSeries.size(); s++) {
            String name = options.key == null ? stem(file) : names.get(s);
            list.add(series(name, rowsOfSeries.get(s), times));
        }
        return new SeriesSet(file, sha256, list, notes);
    }

    /** The format of the time column and the stamp of each row of the file. */
    private record Times(TimeFormat format, long[] stamps) {}

    private static String stem(String name) {
        String stem = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        int dot = stem.lastIndexOf('.');
        return dot > 0 ? stem.substring(0, dot) : stem;
    }

    private List<int[]> rowsOfSeries() {
        int[] counts = new int[columns.seriesNames().size()];
        for (int row = 0; row < columns.rows(); row++) {
            counts[columns.seriesOf(row)]++;
        }
        List<int[]> rows = new ArrayList<>();
        for (int count : counts) {
            rows.add(new int[count]);
        }
        Arrays.fill(counts, 0);
        for (int row = 0; row < columns.rows(); row++) {
            int s = columns.seriesOf(row);
            rows.get(s)[counts[s]++] = row;
        }
        return rows;
    }

    private @Nullable Times times(List<int[]> rowsOfSeries) {
        List<String> cells = columns.timeCells();
        if (cells == null) {
            return null;
        }
        boolean guessedNumber = columns.timeGuessed() && CsvColumns.isNumber(cells.get(0));
        try {
            TimeFormat format = TimeFormats.of(cells);
            if (format == null) {
                throw new TimeFormatException(
                        0,
                        "has \"" + Texts.shown(cells.get(0)) + "\", which is no time stamp; write"
                                + " 2016-07-01 00:00:00, 2016-07-01, 2016-07, 2016 or whole numbers");
            }
            long[] stamps = new long[cells.size()];
            for (int row = 0; row < stamps.length; row++) {
                stamps[row] = TimeIndex.parse(format, cells.get(row), row);
            }
            if (guessedNumber && !ascendsEvenly(stamps, rowsOfSeries)) {
                columns.dropTime();
                return null;
            }
            checkAscending(stamps, cells, rowsOfSeries);
            return new Times(format, stamps);
        } catch (TimeFormatException e) {
            if (guessedNumber) {
                columns.dropTime();
                return null;
            }
            throw new DataException(
                    "line " + columns.line(e.row()) + " of " + file + " " + named(String.valueOf(e.getMessage())), e);
        }
    }

    private String named(String message) {
        // The message quotes a cell, which may hold a comma, and then goes on.
        return message.replaceFirst(
                "\", ", Matcher.quoteReplacement("\" in column " + Texts.shown(columns.timeName()) + ", "));
    }

    /** Whether numbers look like an index: ascending in every series, most of them by the same step. */
    private static boolean ascendsEvenly(long[] stamps, List<int[]> rowsOfSeries) {
        Map<Long, Integer> steps = new LinkedHashMap<>();
        int total = 0;
        for (int[] rows : rowsOfSeries) {
            for (int i = 1; i < rows.length; i++) {
                long step = stamps[rows[i]] - stamps[rows[i - 1]];
                if (step <= 0) {
                    return false;
                }
                steps.merge(step, 1, Integer::sum);
                total++;
            }
        }
        int most = steps.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        return 2 * most > total;
    }

    private void checkAscending(long[] stamps, List<String> cells, List<int[]> rowsOfSeries) {
        for (int[] rows : rowsOfSeries) {
            for (int i = 1; i < rows.length; i++) {
                if (stamps[rows[i]] > stamps[rows[i - 1]]) {
                    continue;
                }
                boolean same = stamps[rows[i]] == stamps[rows[i - 1]];
                throw new DataException("line " + columns.line(rows[i]) + " of " + file + " has the time stamp "
                        + cells.get(rows[i]) + ", which must be after " + cells.get(rows[i - 1]) + " on line "
                        + columns.line(rows[i - 1]) + "; "
                        + (same ? "remove one of the two rows" : "sort the rows by time")
                        + (options.key == null ? ", or name the key column if the file holds several series" : ""));
            }
        }
    }

    private Series series(String name, int[] rows, @Nullable Times times) {
        TimeIndex time = times == null
                ? TimeIndex.rows(rows.length)
                : TimeIndex.of(
                        Arrays.stream(rows).mapToLong(r -> times.stamps()[r]).toArray(), times.format(), null);
        int[] position = new int[rows.length];
        Arrays.setAll(position, i -> i);
        if (!time.regular() && !options.keepGaps) {
            checkGaps(name, rows, time);
            TimeIndex full = time.withoutGaps();
            for (int i = 0; i < rows.length; i++) {
                position[i] = full.rowOf(time.stamp(i));
            }
            note(name, "added " + (full.length() - time.length()) + " rows that the time index left out");
            time = full;
        }
        Map<String, double[]> values = new LinkedHashMap<>();
        List<String> names = columns.names();
        for (int c = 0; c < names.size(); c++) {
            double[] column = new double[time.length()];
            Arrays.fill(column, Double.NaN);
            double[] all = columns.values(c);
            for (int i = 0; i < rows.length; i++) {
                column[position[i]] = all[rows[i]];
            }
            fill(name, names.get(c), column, rows, position);
            values.put(names.get(c), column);
        }
        return Series.of(name, time, values);
    }

    private void checkGaps(String name, int[] rows, TimeIndex time) {
        Gap first = time.gaps().get(0);
        long added = 0;
        for (Gap gap : time.gaps()) {
            if (gap.missing() < 0) {
                throw new DataException("line " + columns.line(rows[gap.row()]) + " of " + file + of(name)
                        + " goes from " + gap.before() + " to " + gap.after() + ", which is not on the grid of "
                        + time.step() + "; correct it, or keep the rows as they follow each other");
            }
            added += gap.missing();
        }
        if (options.fill.kind() == Fill.Kind.NONE) {
            int count = time.gaps().size();
            throw new DataException("line " + columns.line(rows[first.row()]) + " of " + file + of(name) + " goes from "
                    + first.before() + " to " + first.after() + ", where the step is " + time.step()
                    + (count > 1 ? " (the first of " + count + " gaps)" : "")
                    + "; add the rows, ask for a fill (previous, linear, zero or a number),"
                    + " or keep the rows as they follow each other");
        }
        if (added > 10L * rows.length + 1000) {
            throw new DataException(file + of(name) + " has " + rows.length + " rows, and its time index leaves out "
                    + added + " at a step of " + time.step()
                    + "; correct the time stamps, or keep the rows as they follow each other");
        }
    }

    private void fill(String name, String column, double[] values, int[] rows, int[] position) {
        int end = values.length;
        if (options.openEnd.contains(column)) {
            while (end > 0 && Double.isNaN(values[end - 1])) {
                end--;
            }
        }
        int filled = options.fill.apply(values, end);
        if (filled > 0) {
            note(name, "filled " + filled + " missing cells of column " + column + " with " + options.fill);
        }
        int missing = 0;
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            if (Double.isNaN(values[i])) {
                missing++;
                int row = Arrays.binarySearch(position, i);
                if (row >= 0 && lines.size() < LINES_SHOWN) {
                    lines.add(columns.line(rows[row]));
                }
            }
        }
        if (missing > 0) {
            throw new DataException(missing(name, column, missing, lines));
        }
    }

    private String missing(String name, String column, int missing, List<Integer> lines) {
        String where = lines.isEmpty()
                ? ""
                : (missing == 1 ? ", on line " : missing > lines.size() ? ", the first on lines " : ", on lines ")
                        + String.join(", ", lines.stream().map(String::valueOf).toList());
        String remedy = options.fill.kind() == Fill.Kind.NONE
                ? "ask for a fill (previous, linear, zero or a number), or remove the rows"
                : options.fill + " cannot fill cells at the edge of a series; fill them with zero or a number,"
                        + " or remove the rows";
        return file + of(name) + " has " + missing + " missing " + (missing == 1 ? "cell" : "cells") + " in column "
                + column + where + "; " + remedy;
    }

    private String of(String name) {
        return options.key == null ? "" : ", series " + name + ",";
    }

    private void note(String name, String text) {
        notes.add(options.key == null ? text : "series " + name + ": " + text);
    }
}
