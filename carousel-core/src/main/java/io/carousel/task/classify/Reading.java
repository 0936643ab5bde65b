package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.data.Texts;
import io.carousel.task.classify.ExampleReader.Options;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What readers of examples share: the list that they fill, and how cells become ids, labels and numbers. */
final class Reading {
    /** The most numbers of a file, 400 MB, so that it cannot take unbounded memory. */
    private static final long MOST_NUMBERS = 100_000_000L;

    private final String file;
    private final Options options;
    private final List<Example> examples = new ArrayList<>();
    private final Map<String, Long> lines = new HashMap<>();
    private long numbers;

    Reading(String file, Options options) {
        this.file = file;
        this.options = options;
    }

    String file() {
        return file;
    }

    List<Example> examples() {
        return examples;
    }

    int size() {
        return examples.size();
    }

    /** Adds a text; one without words teaches nothing. */
    void addText(String id, String text, List<String> labels, long line) {
        if (options.labelled() && text.isBlank()) {
            throw new DataException("line " + line + " of " + file + " must have a text, got none; leave the line out");
        }
        add(new Example(id, new ExampleInput.Text(text), labels, line));
    }

    void addNumbers(String id, int features, float[] values, List<String> labels, long line) {
        count(values.length, line);
        add(new Example(id, new ExampleInput.Numbers(features, values), labels, line));
    }

    /** Counts numbers before room is made for them. */
    void count(long more, long line) {
        numbers += more;
        if (numbers > MOST_NUMBERS) {
            throw new DataException(file + " must have at most " + MOST_NUMBERS + " numbers, got more"
                    + (line > 0 ? " on line " + line : "") + "; give fewer sequences");
        }
    }

    private void add(Example example) {
        if (example.id().isEmpty() || example.id().length() > ExampleSet.LONGEST_NAME) {
            throw new DataException(
                    "id on line " + example.line() + " of " + file + " must have 1 to " + ExampleSet.LONGEST_NAME
                            + " characters, got " + example.id().length());
        }
        Long before = lines.put(example.id(), example.line());
        if (before != null) {
            throw new DataException("line " + example.line() + " of " + file + " must have an id of its own, got "
                    + Texts.shown(example.id()) + " as on line " + before + "; rename one, or leave the ids out");
        }
        examples.add(example);
    }

    /** The id of the next example when there is no column for it. */
    String nextId() {
        return Integer.toString(examples.size() + 1);
    }

    /**
     * The labels in a cell.
     *
     * @throws DataException when there is none and there must be one
     */
    List<String> labels(String cell, long line) {
        String text = cell.strip();
        String separator = options.labelSeparator();
        if (separator != null) {
            Set<String> several = new LinkedHashSet<>();
            for (String each : text.split(Pattern.quote(separator), -1)) {
                if (!each.isBlank()) {
                    several.add(label(each.strip(), line));
                }
            }
            return List.copyOf(several);
        }
        if (text.isEmpty()) {
            requireUnlabelled(line);
            return List.of();
        }
        return List.of(label(text, line));
    }

    String label(String label, long line) {
        if (label.length() > ExampleSet.LONGEST_NAME) {
            throw new DataException("label on line " + line + " of " + file + " must have at most "
                    + ExampleSet.LONGEST_NAME + " characters, got " + label.length() + ": " + Texts.shown(label)
                    + "; check which column is the label");
        }
        return label;
    }

    void requireUnlabelled(long line) {
        if (options.labelled()) {
            throw new DataException(
                    "line " + line + " of " + file + " must have a label, got none; add it, or leave the line out");
        }
    }

    /** The number in a cell. */
    float number(String cell, String what, long line) {
        try {
            float value = Float.parseFloat(cell.strip());
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new DataException(what + " on line " + line + " of " + file + " must be a finite number, got "
                + (cell.isBlank() ? "an empty cell" : Texts.shown(cell.strip()))
                + "; fill what is missing, or leave the sequence out");
    }

    ExampleSet texts(String sha256) {
        return new ExampleSet(file, sha256, List.of(), false, examples, List.of());
    }

    ExampleSet numbers(String sha256, List<String> features, boolean commonScale) {
        return new ExampleSet(file, sha256, features, commonScale, examples, List.of());
    }

    /** The names of columns that have none. */
    static List<String> featureNames(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add("x" + i);
        }
        return names;
    }
}
