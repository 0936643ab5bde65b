package io.carousel.cell;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The choice of a cell: its name and the numbers that its size alone does not give.
 *
 * <p>Written as {@code gru} or {@code slstm:heads=4} or {@code name:option=1,other=0.5}, in JSON and on the command line.
 *
 * @param name one of {@link Cells#names}
 * @param options by name, sorted
 */
public record CellSpec(String name, SortedMap<String, Double> options) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    public CellSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name of a cell must be lower-case words with hyphens, got " + name
                    + "; name one of " + Cells.names());
        }
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        for (Map.Entry<String, Double> option : options.entrySet()) {
            if (!NAME.matcher(option.getKey()).matches() || !Double.isFinite(option.getValue())) {
                throw new IllegalArgumentException("option of cell " + name + " must be name=number, got "
                        + option.getKey() + "=" + option.getValue());
            }
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when the text is not of that form
     */
    @JsonCreator
    public static CellSpec parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new CellSpec(text, new TreeMap<>());
        }
        SortedMap<String, Double> options = new TreeMap<>();
        for (String option : text.substring(colon + 1).split(",", -1)) {
            int equals = option.indexOf('=');
            if (equals < 1 || options.put(option.substring(0, equals), number(text, option, equals + 1)) != null) {
                throw new IllegalArgumentException("cell must be written name or name:option=number,..., got " + text);
            }
        }
        return new CellSpec(text.substring(0, colon), options);
    }

    private static double number(String text, String option, int from) {
        try {
            return Double.parseDouble(option.substring(from));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option of cell " + text + " must be name=number, got " + option, e);
        }
    }

    /** The text form. */
    @Override
    @JsonValue
    public String toString() {
        return options.isEmpty()
                ? name
                : options.entrySet().stream()
                        .map(option -> option.getKey() + "=" + text(option.getValue()))
                        .collect(Collectors.joining(",", name + ":", ""));
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
