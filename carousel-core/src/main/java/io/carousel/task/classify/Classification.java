package io.carousel.task.classify;

import java.util.List;

/**
 * What an example was taken for.
 *
 * @param id of the example
 * @param labels the most probable one; or, where there may be several, all with a probability of at least one half
 * @param probabilities of all labels, in the order of {@link SequenceClassifier#labels}
 */
public record Classification(String id, List<String> labels, List<Double> probabilities) {
    public Classification {
        labels = List.copyOf(labels);
        probabilities = List.copyOf(probabilities);
    }
}
