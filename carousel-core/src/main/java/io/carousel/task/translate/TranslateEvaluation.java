package io.carousel.task.translate;

import java.util.List;
import java.util.Locale;

/**
 * How well a translator does on sources whose targets are known, beside two ways to translate without a network.
 *
 * <p>A source that is there with several targets is translated once, and each of them is right.
 *
 * @param name of the pairs
 * @param pairs how many there are
 * @param network the scores of the translations
 * @param copied the scores of giving each source back as it is
 * @param usual the scores of giving the most frequent target of the training for all
 * @param byLength the scores of the translations by the length of the source, the shorter first
 * @param nats the sum of {@code -log p} of all target tokens and ends, of all pairs
 * @param predictions how many of these there are
 * @param unknownSources source tokens that the vocabulary does not have
 * @param unknownTargets target tokens that it does not have, which can never be written
 * @param notes what one should know, one sentence each
 */
public record TranslateEvaluation(
        String name,
        long pairs,
        TranslationScores network,
        TranslationScores copied,
        TranslationScores usual,
        List<LengthScores> byLength,
        double nats,
        long predictions,
        long unknownSources,
        long unknownTargets,
        List<String> notes) {
    public TranslateEvaluation {
        byLength = List.copyOf(byLength);
        notes = List.copyOf(notes);
    }

    /**
     * The scores of sources of about the same length.
     *
     * @param from the fewest tokens
     * @param to the most tokens
     * @param scores of their translations
     */
    public record LengthScores(int from, int to, TranslationScores scores) {}

    /** The exponential of the mean cross-entropy of a target token, its end among them. */
    public double perplexity() {
        return StrictMath.exp(nats / predictions);
    }

    /** Whether the network makes fewer errors in tokens than both ways without one. */
    public boolean wins() {
        return network.tokens().rate()
                < Math.min(copied.tokens().rate(), usual.tokens().rate());
    }

    /** What the figures come to, in a sentence. */
    public String verdict() {
        boolean copies = copied.tokens().rate() <= usual.tokens().rate();
        double other = copies ? copied.tokens().rate() : usual.tokens().rate();
        String way = copies ? "copying the source" : "the most frequent target";
        return String.format(
                Locale.ROOT,
                wins()
                        ? "The network beats %s: %.1f errors in 100 tokens against %.1f."
                        : "The network does not beat %s: %.1f errors in 100 tokens against %.1f; train it for longer, "
                                + "with more pairs, or look at the data.",
                way,
                100 * network.tokens().rate(),
                100 * other);
    }
}
