package io.carousel.task.translate;

import java.util.List;

/**
 * A text that a decoder wrote.
 *
 * @param tokens without the end symbol
 * @param logProbability the natural logarithm of the probability of all of it, that of the end symbol with it if it came
 * @param score by which texts are compared: see {@link DecoderOptions}
 * @param ended whether the end symbol came; if not, it has the length that was allowed, or was cancelled
 */
public record Hypothesis(List<Integer> tokens, double logProbability, double score, boolean ended) {
    public Hypothesis {
        tokens = List.copyOf(tokens);
    }
}
