package io.carousel.task.classify;

import io.carousel.data.CsvTable;
import io.carousel.data.DataException;
import io.carousel.data.Texts;
import io.carousel.task.classify.ExampleReader.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table with a row for each time step; those of a sequence have its key, stand in their order, and may be mixed with others. */
final class SeriesTableExamples implements CsvTable.Sink {
    private final Reading reading;
    private final Options options;
    private final String keyName;
    private final Map<String, Rows> sequences = new LinkedHashMap<>();
    private List<String> names = List.of();
    private int[] columns = {};
    private int key;
    private int label = -1;

    private SeriesTableExamples(Path path, Options options, String keyName) {
        this.reading = new Reading(TextTableExamples.name(path), options);
        this.options = options;
        this.keyName = keyName;
    }

    /** The rows of one sequence so far. */
    private static final class Rows {
        private final long line;
        private final List<String> labels;
        private float[] values = new float[16];
        private int size;

        Rows(long line, List<String> labels) {
            this.line = line;
            this.labels = labels;
        }

        void add(float value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }
    }

    static ExampleSet read(Path path, Options options) {
        String key = options.key();
        if (key == null) {
            throw new DataException("a table of sequences of numbers must have a key column that tells them apart,"
                    + " got none for " + path + "; name it");
        }
        SeriesTableExamples table = new SeriesTableExamples(path, options, key);
        String sha256 = CsvTable.read(path, null, options.encoding(), table);
        table.sequences.forEach((id, rows) -> table.reading.addNumbers(
                id, table.columns.length, Arrays.copyOf(rows.values, rows.size), rows.labels, rows.line));
        return table.reading.numbers(sha256, table.names, false);
    }

    @Override
    public void header(List<String> header) {
        key = CsvTable.column(header, keyName, reading.file());
        if (options.labelled() || header.contains(options.label())) {
            label = CsvTable.column(header, options.label(), reading.file());
        }
        if (options.features().isEmpty()) {
            names = new ArrayList<>(header);
            names.removeIf(name -> header.indexOf(name) == key || header.indexOf(name) == label);
        } else {
            names = options.features();
        }
        if (names.isEmpty()) {
            throw new DataException(reading.file() + " must have columns of numbers beside " + keyName + " and "
                    + options.label() + ", got none");
        }
        columns = names.stream()
                .mapToInt(name -> CsvTable.column(header, name, reading.file()))
                .toArray();
    }

    @Override
    public void row(List<String> fields, long line) {
        String id = fields.get(key).strip();
        List<String> labels = label < 0 ? List.of() : reading.labels(fields.get(label), line);
        @Nullable Rows rows = sequences.get(id);
        if (rows == null) {
            rows = new Rows(line, labels);
            sequences.put(id, rows);
        } else if (!rows.labels.equals(labels)) {
            throw new DataException("line " + line + " of " + reading.file() + " must have the label of its sequence "
                    + Texts.shown(id) + ", " + Texts.shown(rows.labels) + " as on line " + rows.line + ", got "
                    + Texts.shown(labels) + "; give all rows of a sequence the same");
        }
        reading.count(columns.length, line);
        for (int i = 0; i < columns.length; i++) {
            rows.add(reading.number(fields.get(columns[i]), names.get(i), line));
        }
    }
}
