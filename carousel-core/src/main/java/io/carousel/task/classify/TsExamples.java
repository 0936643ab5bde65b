package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.data.Texts;
import io.carousel.task.classify.ExampleReader.Options;
import io.carousel.text.TextLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The {@code .ts} format: lines of {@code @} and {@code #}, then after {@code @data} one example a line, its dimensions between
 * colons, the label last.
 */
final class TsExamples {
    private final Reading reading;
    private boolean data;
    private boolean labelled;
    private int dimensions;

    private TsExamples(Reading reading) {
        this.reading = reading;
    }

    static ExampleSet read(Path path, Options options) {
        TsExamples file = new TsExamples(new Reading(TextTableExamples.name(path), options));
        String sha256 = TextLines.read(path, options.encoding(), (line, number) -> file.line(line.strip(), number));
        return file.reading.numbers(sha256, Reading.featureNames(Math.max(1, file.dimensions)), false);
    }

    private void line(String line, long number) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (data) {
            row(line, number);
        } else if (line.startsWith("@")) {
            header(line.split("\\s+"), number);
        } else {
            throw new DataException("line " + number + " of " + reading.file()
                    + " must begin with @ or # before @data, got " + Texts.shown(line));
        }
    }

    private void header(String[] words, long number) {
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case "@data" -> data = true;
            case "@classlabel" -> labelled = words.length > 1 && words[1].equalsIgnoreCase("true");
            case "@timestamps" -> {
                if (words.length > 1 && words[1].equalsIgnoreCase("true")) {
                    throw new DataException("line " + number + " of " + reading.file()
                            + " must say @timeStamps false, got true; write values without their times");
                }
            }
            default -> {
                // the rest describes what the rows show
            }
        }
    }

    private void row(String line, long number) {
        String[] parts = line.split(":", -1);
        int width = parts.length - (labelled ? 1 : 0);
        if (dimensions == 0) {
            dimensions = width;
        }
        if (width != dimensions || width < 1) {
            throw new DataException("line " + number + " of " + reading.file() + " must have " + Math.max(1, dimensions)
                    + " dimensions" + (labelled ? " and a label" : "") + " between colons, got " + parts.length
                    + " parts");
        }
        float[] values = {};
        int steps = 0;
        for (int d = 0; d < width; d++) {
            String[] cells = parts[d].split(",", -1);
            if (d == 0) {
                steps = cells.length;
                reading.count((long) steps * width, number);
                values = new float[steps * width];
            } else if (cells.length != steps) {
                throw new DataException("dimensions on line " + number + " of " + reading.file()
                        + " must have the same length, got " + steps + " and " + cells.length);
            }
            for (int t = 0; t < steps; t++) {
                values[t * width + d] = reading.number(cells[t], "number " + (t + 1), number);
            }
        }
        List<String> labels = reading.labels(labelled ? parts[width] : "", number);
        reading.addNumbers(reading.nextId(), width, values, labels, number);
    }
}
