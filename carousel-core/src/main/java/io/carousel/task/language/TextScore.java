package io.carousel.task.language;

import java.util.List;

/**
 * How likely a text is.
 *
 * @param text as it was given
 * @param evaluation of all its tokens
 * @param tokens one by one
 */
public record TextScore(String text, LanguageEvaluation evaluation, List<TokenSurprise> tokens) {
    public TextScore {
        tokens = List.copyOf(tokens);
    }

    /** The natural logarithm of the probability of the text. */
    public double logProbability() {
        return -evaluation.nats();
    }
}
