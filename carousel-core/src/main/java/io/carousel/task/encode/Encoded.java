package io.carousel.task.encode;

import java.util.List;

/**
 * A sequence as a vector.
 *
 * @param id of the example
 * @param labels of the example; none where they are not known
 * @param vector {@code [Z]}
 */
public record Encoded(String id, List<String> labels, float[] vector) {
    public Encoded {
        labels = List.copyOf(labels);
    }
}
