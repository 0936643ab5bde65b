package io.carousel.cli.report;

import io.carousel.cli.report.ForecastStory.Losses;
import io.carousel.cli.report.ReportData.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page about tagged sentences tells, in plain lists.
 *
 * @param source where the sentences, or those that the model learned from, come from
 * @param spans whether tags mean spans
 * @param scores how good the tags are, where those that are wanted are known
 * @param sentences the tagged sentences; may be empty
 * @param all how many sentences were tagged, of which those above may be the first
 * @param trainings the course of each training that the model is made of; may be empty
 * @param provenance what was chosen and where the model comes from
 * @param footer one line at the end
 */
public record TagStory(
        String source,
        boolean spans,
        @Nullable Scores scores,
        List<TaggedSentence> sentences,
        long all,
        List<Losses> trainings,
        List<Facts> provenance,
        String footer) {
    /** Copies the lists. */
    public TagStory {
        sentences = List.copyOf(sentences);
        trainings = List.copyOf(trainings);
        provenance = List.copyOf(provenance);
    }

    /**
     * How good tags are; shares are from 0 to 1.
     *
     * @param which sentences they are, such as {@code that training never saw}
     * @param main F1 of spans, or the share of right words
     * @param usual the same of the usual tag of each word
     * @param accuracy the share of right words
     * @param words how many
     * @param unknownWords how many of them training had not seen
     * @param unknownAccuracy the share of right ones among those
     * @param sentences how many
     * @param correctSentences those that are right in every word
     * @param types of spans, all of them together first; empty for tags without spans
     * @param notes what one should know, one sentence each
     */
    public record Scores(
            String which,
            double main,
            double usual,
            double accuracy,
            long words,
            long unknownWords,
            double unknownAccuracy,
            long sentences,
            long correctSentences,
            List<TypeScore> types,
            List<String> notes) {
        /** Copies the lists. */
        public Scores {
            types = List.copyOf(types);
            notes = List.copyOf(notes);
        }
    }

    /**
     * How well spans of one type were found.
     *
     * @param type blank for all
     * @param f1 from 0 to 1, as precision and recall
     * @param wanted how many are in the data
     * @param found how many the model gave
     * @param right how many are in both
     */
    public record TypeScore(
            String type, double f1, double precision, double recall, long wanted, long found, long right) {}

    /**
     * A sentence with its tags.
     *
     * @param words of the sentence
     * @param wanted tags; empty where they are not known
     * @param given tags
     * @param confidence the probability of each given tag
     * @param spans that the given tags mean
     * @param others the next best taggings of the whole sentence, with their probabilities
     * @param probability of all given tags together
     */
    public record TaggedSentence(
            List<String> words,
            List<String> wanted,
            List<String> given,
            List<Double> confidence,
            List<SpanMark> spans,
            List<Other> others,
            double probability) {
        /** Copies the lists. */
        public TaggedSentence {
            words = List.copyOf(words);
            wanted = List.copyOf(wanted);
            given = List.copyOf(given);
            confidence = List.copyOf(confidence);
            spans = List.copyOf(spans);
            others = List.copyOf(others);
        }
    }

    /** A span of words, from one to before another. */
    public record SpanMark(String type, int from, int to) {}

    /** Another tagging of a sentence. */
    public record Other(List<String> tags, double probability) {
        /** Copies the list. */
        public Other {
            tags = List.copyOf(tags);
        }
    }
}
