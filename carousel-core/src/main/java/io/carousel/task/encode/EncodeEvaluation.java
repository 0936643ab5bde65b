package io.carousel.task.encode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model makes of examples beside what they are.
 *
 * @param text whether the examples are texts
 * @param examples how many there were
 * @param scores of each part
 * @param errors of each example: the mean squared error of its numbers, scaled, or the share of its wrong tokens, over all parts
 * @param good whether no other way has a smaller error, in any part
 * @param verdict the same in words
 * @param notes what one should know, one sentence each
 */
public record EncodeEvaluation(
        boolean text,
        int examples,
        List<PartScore> scores,
        List<SequenceError> errors,
        boolean good,
        String verdict,
        List<String> notes) {
    public EncodeEvaluation {
        scores = List.copyOf(scores);
        errors = List.copyOf(errors);
        notes = List.copyOf(notes);
    }

    /**
     * How well one decoder does, which reads its own outputs if it reads any.
     *
     * @param targets numbers, or tokens and ends of texts
     * @param error of numbers: the mean squared one, scaled; of texts: the share of wrong tokens, place by place
     * @param others the same error of other ways
     * @param whole of texts: the share of those that are right from beginning to end; null for numbers
     * @param perplexity of texts, told the truth before each token if it is told anything; null for numbers
     * @param trivialPerplexity of texts, by how often training has each symbol; null for numbers
     */
    public record PartScore(
            Part part,
            long targets,
            double error,
            List<OtherError> others,
            @Nullable Double whole,
            @Nullable Double perplexity,
            @Nullable Double trivialPerplexity) {
        public PartScore {
            others = List.copyOf(others);
        }
    }

    /**
     * The error of another way.
     *
     * @param way such as {@code the mean of the sequence}
     */
    public record OtherError(String way, double error) {}

    /** The error of one example. */
    public record SequenceError(String id, double error) {}
}
