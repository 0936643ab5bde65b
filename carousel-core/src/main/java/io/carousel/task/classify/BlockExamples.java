package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.task.classify.ExampleReader.Options;
import io.carousel.text.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of numbers with an empty line between sequences; the labels come from a file or from counts. */
final class BlockExamples {
    private final Reading reading;
    private final LabelList labels;
    private float[] values = new float[256];
    private int size;
    private int features;
    private int rows;
    private long firstLine;

    private BlockExamples(Reading reading, LabelList labels) {
        this.reading = reading;
        this.labels = labels;
    }

    static ExampleSet read(Path path, Options options) {
        Reading reading = new Reading(TextTableExamples.name(path), options);
        LabelList labels = LabelList.of(options, reading);
        BlockExamples blocks = new BlockExamples(reading, labels);
        String sha256 = TextLines.read(path, options.encoding(), (line, number) -> {
            if (line.isBlank()) {
                blocks.end();
            } else {
                blocks.row(line.strip(), number);
            }
        });
        blocks.end();
        labels.requireAll(reading);
        return reading.numbers(sha256, Reading.featureNames(Math.max(1, blocks.features)), false);
    }

    private void row(String line, long number) {
        String[] cells = line.split("[\\s,;]+", -1);
        if (features == 0) {
            features = cells.length;
        }
        if (cells.length != features) {
            throw new DataException("line " + number + " of " + reading.file() + " must have " + features
                    + " numbers like the first, got " + cells.length);
        }
        if (rows++ == 0) {
            firstLine = number;
        }
        reading.count(features, number);
        for (int i = 0; i < features; i++) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = reading.number(cells[i], "number " + (i + 1), number);
        }
    }

    private void end() {
        if (rows > 0) {
            List<String> own = labels.get(reading, firstLine);
            reading.addNumbers(reading.nextId(), features, Arrays.copyOf(values, size), own, firstLine);
            rows = 0;
            size = 0;
        }
    }

    /** Labels that stand apart from their examples, in the same order. */
    record LabelList(List<List<String>> labels, boolean given) {
        static LabelList of(Options options, Reading reading) {
            Path file = options.labelFile();
            List<List<String>> all = new ArrayList<>();
            if (file != null) {
                TextLines.read(file, options.encoding(), (line, number) -> {
                    if (!line.isBlank()) {
                        all.add(reading.labels(line, number));
                    }
                });
                return new LabelList(all, true);
            }
            for (int i = 0; i < options.labelCounts().size(); i++) {
                int count = options.labelCounts().get(i);
                if (count < 0) {
                    throw new IllegalArgumentException("label counts must not be negative, got " + count);
                }
                for (int n = 0; n < count; n++) {
                    all.add(List.of(Integer.toString(i + 1)));
                }
            }
            boolean given = !options.labelCounts().isEmpty();
            if (!given && options.labelled()) {
                throw new DataException("examples of " + reading.file()
                        + " must have labels, got none; give a file of labels, or how many there are of each");
            }
            return new LabelList(all, given);
        }

        List<String> get(Reading reading, long line) {
            if (!given) {
                return List.of();
            }
            int index = reading.size();
            if (index >= labels.size()) {
                throw new DataException("the example on line " + line + " of " + reading.file() + " must be one of "
                        + labels.size() + " that have labels, got one more; check labels and counts");
            }
            return labels.get(index);
        }

        void requireAll(Reading reading) {
            if (given && reading.size() != labels.size()) {
                throw new DataException("labels of " + reading.file() + " must be as many as the " + reading.size()
                        + " examples, got " + labels.size() + "; check labels and counts");
            }
        }
    }
}
