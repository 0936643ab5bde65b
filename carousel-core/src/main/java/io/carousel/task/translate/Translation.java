package io.carousel.task.translate;

import java.util.List;

/**
 * What a source becomes.
 *
 * @param source as it was given
 * @param sourceTokens what the network read of it, its end among them
 * @param unknown the tokens of the source that training has not seen, each once
 * @param candidates the best first; at least one
 */
public record Translation(String source, List<String> sourceTokens, List<String> unknown, List<Candidate> candidates) {
    public Translation {
        sourceTokens = List.copyOf(sourceTokens);
        unknown = List.copyOf(unknown);
        candidates = List.copyOf(candidates);
    }

    /** The best candidate's text. */
    public String text() {
        return candidates.get(0).text();
    }

    /**
     * One way to translate a source.
     *
     * @param text what the tokens read
     * @param tokens without that which ends them
     * @param logProbability log p of the tokens and their end
     * @param score by which candidates are ranked: the logarithm with the penalties of the search
     * @param ended whether it came to an end of its own, and was not cut at the greatest length
     */
    public record Candidate(String text, List<String> tokens, double logProbability, double score, boolean ended) {
        public Candidate {
            tokens = List.copyOf(tokens);
        }
    }
}
