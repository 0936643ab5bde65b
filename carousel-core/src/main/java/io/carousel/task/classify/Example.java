package io.carousel.task.classify;

import java.util.List;

/**
 * A sequence and what it is.
 *
 * @param id tells it from the others of its set
 * @param input the sequence
 * @param labels one, or any number where there may be several; none where it is not known
 * @param line of its file, from 1, for errors; 0 for none
 */
public record Example(String id, ExampleInput input, List<String> labels, long line) {
    public Example {
        labels = List.copyOf(labels);
    }

    /** A text with these labels. */
    public static Example text(String id, String text, String... labels) {
        return new Example(id, new ExampleInput.Text(text), List.of(labels), 0);
    }

    /**
     * Rows of numbers with these labels.
     *
     * @param rows {@code [T][F]}
     */
    public static Example numbers(String id, float[][] rows, String... labels) {
        int features = rows.length == 0 ? 0 : rows[0].length;
        float[] values = new float[rows.length * features];
        for (int t = 0; t < rows.length; t++) {
            if (rows[t].length != features) {
                throw new IllegalArgumentException("time step " + t + " of example " + id + " must have " + features
                        + " features like the first, got " + rows[t].length);
            }
            System.arraycopy(rows[t], 0, values, t * features, features);
        }
        return new Example(id, new ExampleInput.Numbers(features, values), List.of(labels), 0);
    }

    /** Whether this is a text. */
    public boolean isText() {
        return input instanceof ExampleInput.Text;
    }
}
