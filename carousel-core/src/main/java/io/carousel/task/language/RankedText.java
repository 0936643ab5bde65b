package io.carousel.task.language;

import java.util.List;

/**
 * One way of filling the gap in a text.
 *
 * @param filling what stands in the gap
 * @param text the text with it
 * @param logProbability the natural logarithm of the probability of the text
 * @param share the probability of this text among those that were ranked
 * @param unknown the tokens that the model does not know, which make the figures of little use
 */
public record RankedText(String filling, String text, double logProbability, double share, List<String> unknown) {
    public RankedText {
        unknown = List.copyOf(unknown);
    }
}
