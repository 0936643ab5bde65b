package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.data.InputFile;
import io.carousel.task.classify.ExampleReader.Options;
import io.carousel.text.TextLines;
import java.io.BufferedReader;
import java.nio.file.Path;

/** Rows of numbers, the label first, as the time series archive has them: {@code 1  0.5  0.7 …}. */
final class UcrExamples {
    private static final String SEPARATOR = "[\\t,]";

    private UcrExamples() {}

    /** Whether the first line of a file begins with a number and has no word in it. */
    static boolean looksLike(Path path) {
        boolean[] numbers = {false};
        new InputFile(path, "file of examples").readText(text -> {
            char[] head = new char[256];
            int count = new BufferedReader(text).read(head);
            String[] cells = new String(head, 0, Math.max(count, 0)).split("[\\r\\n]", 2)[0].split(SEPARATOR, -1);
            numbers[0] = cells.length > 2 && isNumber(cells[0]) && isNumber(cells[1]);
        });
        return numbers[0];
    }

    private static boolean isNumber(String cell) {
        try {
            Double.parseDouble(cell.strip());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static ExampleSet read(Path path, Options options) {
        Reading reading = new Reading(TextTableExamples.name(path), options);
        String sha256 = TextLines.read(path, options.encoding(), (line, number) -> {
            if (line.isBlank()) {
                return;
            }
            String[] cells = line.strip().split(SEPARATOR, -1);
            int length = cells.length;
            while (length > 1
                    && (cells[length - 1].isBlank() || cells[length - 1].strip().equalsIgnoreCase("nan"))) {
                length--; // shorter series are filled up to the longest
            }
            if (length < 2) {
                throw new DataException("line " + number + " of " + reading.file()
                        + " must have a label and numbers, got " + length + " of them");
            }
            reading.count(length, number);
            float[] values = new float[length - 1];
            for (int t = 0; t < values.length; t++) {
                values[t] = reading.number(cells[t + 1], "number " + (t + 1), number);
            }
            reading.addNumbers(reading.nextId(), 1, values, reading.labels(label(cells[0].strip()), number), number);
        });
        return reading.numbers(sha256, Reading.featureNames(1), false);
    }

    /** The archive writes labels as numbers; 1 and 1.0 are the same. */
    private static String label(String cell) {
        try {
            double value = Double.parseDouble(cell);
            return value == StrictMath.rint(value) && StrictMath.abs(value) < 1e9
                    ? Integer.toString((int) value)
                    : cell;
        } catch (NumberFormatException e) {
            return cell;
        }
    }
}
