package io.carousel.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The wanted columns of a CSV file in the order of its rows: numbers, time cells, and the series of each row. */
final class CsvColumns implements CsvFile.Sink {
    private static final Set<String> MISSING = Set.of("na", "n/a", "nan", "null", "none");

    /** The longest name of a series and the longest time stamp, so that names cannot fill the memory. */
    static final int MAX_NAME = 256;

    private final String file;
    private final CsvSeriesReader.Builder options;

    private List<String> header = List.of();
    private int timeColumn = -1;
    private int keyColumn = -1;
    /** The time column was not named; it becomes a column of numbers if it is no time. */
    private boolean timeGuessed;

    private final Map<String, Integer> wanted = new LinkedHashMap<>();
    private final List<Numbers> numbers = new ArrayList<>();
    private @Nullable List<String> timeCells;
    private final Map<String, Integer> keys = new LinkedHashMap<>();
    private int[] seriesOfRow = new int[64];
    private int[] lines = new int[64];
    private int rows;

    CsvColumns(String file, CsvSeriesReader.Builder options) {
        this.file = file;
        this.options = options;
    }

    /** A growing column. */
    static final class Numbers {
        double[] values = new double[64];

        void set(int row, double value) {
            if (row == values.length) {
                values = Arrays.copyOf(values, row * 2);
            }
            values[row] = value;
        }
    }

    @Override
    public void header(List<String> names, long line) {
        header = names.stream().map(String::strip).toList();
        checkHeader();
        timeColumn = options.time == null ? -1 : indexOf(options.time);
        keyColumn = options.key == null ? -1 : indexOf(options.key);
        if (options.time == null && header.size() > 1 && keyColumn != 0 && !options.columns.contains(header.get(0))) {
            timeColumn = 0;
            timeGuessed = true;
        }
        if (timeColumn >= 0 && timeColumn == keyColumn) {
            throw new DataException("the time column and the key column of " + file + " must differ, got "
                    + header.get(timeColumn) + " for both; name another for one of them");
        }
        List<String> asked = options.columns;
        if (asked.isEmpty()) {
            asked = new ArrayList<>(header);
            asked.removeIf(name -> header.indexOf(name) == timeColumn || header.indexOf(name) == keyColumn);
        }
        for (String name : asked) {
            want(name);
        }
        options.openEnd.forEach(this::indexOf);
        timeCells = timeColumn < 0 ? null : new ArrayList<>();
    }

    private void want(String name) {
        int index = indexOf(name);
        if (index == keyColumn || index == timeColumn) {
            throw new DataException("column " + name + " of " + file + " must be read as numbers, got the "
                    + (index == keyColumn ? "key" : "time") + " column; name another, or another "
                    + (index == keyColumn ? "key" : "time") + " column");
        }
        wanted.put(name, index);
        numbers.add(new Numbers());
    }

    private void checkHeader() {
        Set<String> seen = new LinkedHashSet<>();
        boolean allNumbers = true;
        for (String name : header) {
            if (!seen.add(name)) {
                throw new DataException("line 1 of " + file + " must name each column once, got " + Texts.shown(name)
                        + " twice; rename one of them");
            }
            allNumbers &= isNumber(name);
        }
        if (allNumbers) {
            throw new DataException("line 1 of " + file + " must be a header with the names of the columns, got "
                    + Texts.shown(header) + "; add one");
        }
    }

    private int indexOf(String name) {
        int index = header.indexOf(name);
        if (index < 0) {
            throw new DataException("there is no column " + name + " in " + file + "; it has " + Texts.shown(header));
        }
        return index;
    }

    @Override
    public void row(CsvRecord row, long line) {
        if ((rows + 1L) * (numbers.size() + 1L) > options.maxCells) {
            throw new DataException(file + " must have at most " + options.maxCells + " cells, got more on line " + line
                    + "; read fewer columns or allow more cells");
        }
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, rows * 2);
            seriesOfRow = Arrays.copyOf(seriesOfRow, rows * 2);
        }
        lines[rows] = Math.toIntExact(line);
        seriesOfRow[rows] = keyColumn < 0 ? series("") : series(key(row, line));
        if (timeCells != null) {
            takeTime(row.getField(timeColumn).strip(), line);
        }
        int i = 0;
        for (Map.Entry<String, Integer> column : wanted.entrySet()) {
            numbers.get(i++).set(rows, number(row.getField(column.getValue()), column.getKey(), line, file));
        }
        rows++;
    }

    private String key(CsvRecord row, long line) {
        String key = row.getField(keyColumn).strip();
        if (key.isEmpty()) {
            throw new DataException("line " + line + " of " + file + " has no value in the key column "
                    + header.get(keyColumn) + "; every row must name its series");
        }
        if (key.length() > MAX_NAME) {
            throw new DataException("line " + line + " of " + file + " must have at most " + MAX_NAME
                    + " characters in the key column " + header.get(keyColumn) + ", got " + key.length()
                    + "; shorten it, or name another key column");
        }
        return key;
    }

    private int series(String key) {
        return keys.computeIfAbsent(key, k -> keys.size());
    }

    private void takeTime(String cell, long line) {
        if (timeGuessed && rows == 0 && TimeFormats.suggestedBy(cell) == null) {
            dropTime();
            return;
        }
        if (cell.length() > MAX_NAME) {
            throw new DataException("line " + line + " of " + file + " has \"" + Texts.shown(cell) + "\" in column "
                    + header.get(timeColumn) + ", which is too long for a time stamp; name the time column");
        }
        if (isMissing(cell)) {
            throw new DataException("line " + line + " of " + file + " has no time stamp in column "
                    + header.get(timeColumn) + "; every row must have one");
        }
        timeCellsOrEmpty().add(cell);
    }

    /** The guessed time column is none: rows are numbered, and it is a column like the others. */
    void dropTime() {
        List<String> cells = timeCellsOrEmpty();
        timeCells = null;
        if (!options.columns.isEmpty()) {
            return;
        }
        Map<String, Integer> all = new LinkedHashMap<>();
        String name = header.get(timeColumn);
        all.put(name, timeColumn);
        all.putAll(wanted);
        wanted.clear();
        wanted.putAll(all);
        Numbers first = new Numbers();
        for (int row = 0; row < cells.size(); row++) {
            first.set(row, number(cells.get(row), name, lines[row], file));
        }
        numbers.add(0, first);
    }

    /** The number in a cell, NaN where it is missing. */
    static double number(String cell, Object column, long line, String file) {
        String text = cell.strip();
        double value = parse(text);
        if (Double.isFinite(value) || (Double.isNaN(value) && isMissing(text))) {
            return value;
        }
        throw new DataException("line " + line + " of " + file + " has \"" + Texts.shown(text) + "\" in column "
                + Texts.shown(column.toString())
                + ", which must be " + remedy(text));
    }

    /** Whether a cell is one of the ways to write that there is no value. */
    static boolean isMissing(String text) {
        return text.isEmpty() || (text.length() <= 4 && MISSING.contains(text.toLowerCase(Locale.ROOT)));
    }

    private static String remedy(String text) {
        if (isNumber(text)) {
            return "a finite number; correct it";
        }
        if (isNumber(text.replace(",", "."))) {
            return "a number; write decimals with a point and no separator of thousands";
        }
        return "a number; leave the column out, or replace its categories by columns of 0 and 1";
    }

    /** Whether a text is a decimal number; no NaN, no infinity, no hexadecimal. */
    static boolean isNumber(String text) {
        return !Double.isNaN(parse(text));
    }

    /** The value of a decimal number, infinite where it is too large, NaN where the text is none. */
    private static double parse(String text) {
        if (text.isEmpty()) {
            return Double.NaN;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private List<String> timeCellsOrEmpty() {
        return timeCells == null ? List.of() : timeCells;
    }

    @Nullable
    List<String> timeCells() {
        return timeCells;
    }

    boolean timeGuessed() {
        return timeGuessed;
    }

    String timeName() {
        return header.get(timeColumn);
    }

    List<String> names() {
        return List.copyOf(wanted.keySet());
    }

    double[] values(int column) {
        return numbers.get(column).values;
    }

    List<String> seriesNames() {
        return List.copyOf(keys.keySet());
    }

    int seriesOf(int row) {
        return seriesOfRow[row];
    }

    int line(int row) {
        return lines[row];
    }

    int rows() {
        return rows;
    }
}
