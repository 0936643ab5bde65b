package io.carousel.task.tag;

import io.carousel.eval.SpanScore;
import java.util.List;

/**
 * How well a tagger does on sentences whose tags are known, beside a method without a network.
 *
 * @param sentences how many
 * @param correctSentences those of which every tag is right
 * @param score words and spans; there are no spans where tags have none
 * @param unknown the score of the words that training has not seen alone, without spans
 * @param usual the score of giving each word the tag that it had most often in training, and an unknown word the most frequent
 *     tag of all
 * @param spans whether tags have spans, so that F1 is what counts; else it is the accuracy
 * @param notes what one should know, one sentence each
 */
public record TagEvaluation(
        long sentences,
        long correctSentences,
        SpanScore score,
        SpanScore unknown,
        SpanScore usual,
        boolean spans,
        List<String> notes) {
    public TagEvaluation {
        notes = List.copyOf(notes);
    }

    /** The share of the words whose tag is right. */
    public double accuracy() {
        return score.accuracy();
    }

    /** The F1 of all spans as conlleval counts it; 0 for tags without spans. */
    public double f1() {
        return spans ? score.f1() : 0;
    }

    /** What counts: F1 of tags with spans, else the accuracy. */
    public double main() {
        return spans ? score.f1() : score.accuracy();
    }

    /** The same of the tags without a network. */
    public double mainOfUsual() {
        return spans ? usual.f1() : usual.accuracy();
    }
}
