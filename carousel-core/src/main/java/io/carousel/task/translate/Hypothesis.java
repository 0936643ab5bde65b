package io.carousel.task.translate;

import java.util.List;

/**
 * A text that a decoder wrote.
 *
 * @param tokens without the end symbol
 * @param logProbability the natural logarithm of the probability of all of it, that of the end symbol with it if it came
 * @param score by which texts are compared: see {@link DecoderOptions}
 * @param ended whether the end symbol came; if not, it has the length that was allowed, or was cancelled
 * @param attention for each token, and the end symbol if it came, how much each row of the source was attended to; empty where the
 *     decoder attends to none
 */
public record Hypothesis(
        List<Integer> tokens, double logProbability, double score, boolean ended, List<float[]> attention) {
    public Hypothesis {
        tokens = List.copyOf(tokens);
        attention = List.copyOf(attention);
    }
}
