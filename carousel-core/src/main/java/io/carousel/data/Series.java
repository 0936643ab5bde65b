package io.carousel.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named columns of numbers over one time index; a missing number is NaN.
 *
 * <p>Immutable and safe for any number of threads.
 */
public final class Series {
    private final String name;
    private final TimeIndex time;
    private final Map<String, double[]> columns;

    private Series(String name, TimeIndex time, Map<String, double[]> columns) {
        this.name = name;
        this.time = time;
        this.columns = columns;
    }

    /**
     * A series of copies of {@code columns}, in their order.
     *
     * @throws DataException if a column is not as long as {@code time}
     */
    public static Series of(String name, TimeIndex time, Map<String, double[]> columns) {
        Map<String, double[]> copies = new LinkedHashMap<>();
        columns.forEach((column, values) -> {
            if (values.length != time.length()) {
                throw new DataException("column " + column + " must have " + time.length()
                        + " values, as many as the time index, got " + values.length);
            }
            copies.put(column, values.clone());
        });
        return new Series(name, time, copies);
    }

    /** A series of one column without time stamps. */
    public static Series of(String column, double... values) {
        return of("", TimeIndex.rows(values.length), Map.of(column, values));
    }

    /** The value of the key column, or the file's name without its extension where there is no key. */
    public String name() {
        return name;
    }

    /** The time stamps, or row numbers. */
    public TimeIndex time() {
        return time;
    }

    /** How many rows there are. */
    public int length() {
        return time.length();
    }

    /** The names of the columns, in order. */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** Whether there is a column of this name. */
    public boolean has(String column) {
        return columns.containsKey(column);
    }

    /**
     * A copy of the values of a column.
     *
     * @throws DataException if there is none of this name
     */
    public double[] column(String column) {
        return values(column).clone();
    }

    /** One value. */
    public double value(String column, int row) {
        return values(column)[row];
    }

    private double[] values(String column) {
        double[] values = columns.get(column);
        if (values == null) {
            throw new DataException("there is no column " + column + " in the series " + name + "; it has "
                    + String.join(", ", columns.keySet()));
        }
        return values;
    }

    /** The rows from {@code from} to before {@code to}. */
    public Series slice(int from, int to) {
        if (from < 0 || to < from || to > length()) {
            throw new DataException("a slice must lie in rows 0 to " + length() + ", got " + from + " to " + to);
        }
        Map<String, double[]> parts = new LinkedHashMap<>();
        columns.forEach((column, values) -> parts.put(column, Arrays.copyOfRange(values, from, to)));
        return new Series(name, time.slice(from, to), parts);
    }

    /** This series with one column added or replaced. */
    public Series with(String column, double[] values) {
        Map<String, double[]> all = new LinkedHashMap<>(columns);
        all.put(column, values);
        return of(name, time, all);
    }

    /** Such as {@code airline: 144 rows, 1949-01 to 1960-12, step 1 month, columns [Passengers]}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add(length() + " rows");
        if (length() > 0 && !time.rowNumbers()) {
            parts.add(time.label(0) + " to " + time.label(length() - 1));
            parts.add("step " + time.step());
        }
        parts.add("columns " + columns.keySet());
        return name + ": " + String.join(", ", parts);
    }
}
