package io.carousel.task.classify;

import io.carousel.data.CsvTable;
import io.carousel.data.DataException;
import io.carousel.data.InputFile;
import io.carousel.task.classify.ExampleReader.Options;
import io.carousel.text.TextLines;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables with a column of texts and one of labels. */
final class TextTableExamples {
    private final Reading reading;
    private final Options options;
    private int columns;
    private int text;
    private int label;
    private int id = -1;

    private TextTableExamples(String file, Options options) {
        this.reading = new Reading(file, options);
        this.options = options;
    }

    static ExampleSet csv(Path path, Options options) {
        TextTableExamples table = new TextTableExamples(name(path), options);
        String sha256 = CsvTable.read(path, null, options.encoding(), new CsvTable.Sink() {
            @Override
            public void header(List<String> names) {
                table.header(names);
            }

            @Override
            public void row(List<String> fields, long line) {
                table.row(fields, line);
            }
        });
        return table.reading.texts(sha256);
    }

    static ExampleSet tsv(Path path, Options options) {
        TextTableExamples table = new TextTableExamples(name(path), options);
        String sha256 = TextLines.read(path, options.encoding(), (line, number) -> {
            List<String> fields = Arrays.asList(line.split("\t", -1));
            if (number == 1) {
                table.header(fields.stream().map(String::strip).toList());
            } else if (!line.isBlank()) {
                if (fields.size() != table.columns) {
                    throw new DataException("line " + number + " of " + table.reading.file() + " has " + fields.size()
                            + (fields.size() == 1 ? " column" : " columns") + ", the header has " + table.columns);
                }
                table.row(fields, number);
            }
        });
        return table.reading.texts(sha256);
    }

    static String name(Path path) {
        return new InputFile(path, "file").name();
    }

    private void header(List<String> names) {
        columns = names.size();
        text = CsvTable.column(names, options.text(), reading.file());
        label = options.labelled() || names.contains(options.label())
                ? CsvTable.column(names, options.label(), reading.file())
                : -1;
        @Nullable String column = options.id();
        id = column == null ? -1 : CsvTable.column(names, column, reading.file());
    }

    private void row(List<String> fields, long line) {
        List<String> labels = label < 0 ? List.of() : reading.labels(fields.get(label), line);
        reading.addText(id < 0 ? reading.nextId() : fields.get(id).strip(), fields.get(text), labels, line);
    }
}
