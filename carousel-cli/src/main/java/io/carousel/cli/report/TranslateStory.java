package io.carousel.cli.report;

import io.carousel.cli.report.ForecastStory.Losses;
import io.carousel.cli.report.ReportData.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page about translations tells, in plain lists.
 *
 * @param source where the pairs, or those that the model learned from, come from
 * @param scores how good the translations are, where those that are wanted are known
 * @param sentences some translations; may be empty
 * @param all how many sentences were translated, of which those above are some
 * @param trainings the course of each training that the model is made of; may be empty
 * @param provenance what was chosen and where the model comes from
 * @param footer one line at the end
 */
public record TranslateStory(
        String source,
        @Nullable Scores scores,
        List<Sentence> sentences,
        long all,
        List<Losses> trainings,
        List<Facts> provenance,
        String footer) {
    /** Copies the lists. */
    public TranslateStory {
        sentences = List.copyOf(sentences);
        trainings = List.copyOf(trainings);
        provenance = List.copyOf(provenance);
    }

    /**
     * How good translations are.
     *
     * @param which sources they are of, such as {@code that training never saw}
     * @param wins whether the network makes fewer errors than the ways without one
     * @param verdict what the figures come to, in a sentence
     * @param rows the network first, then the ways without one
     * @param byLength the network's by the length of the source
     * @param perplexity of a target token
     * @param signatures how BLEU and chrF were counted
     * @param notes what one should know, one sentence each
     */
    public record Scores(
            String which,
            boolean wins,
            String verdict,
            List<Score> rows,
            List<LengthScore> byLength,
            double perplexity,
            List<String> signatures,
            List<String> notes) {
        /** Copies the lists. */
        public Scores {
            rows = List.copyOf(rows);
            byLength = List.copyOf(byLength);
            signatures = List.copyOf(signatures);
            notes = List.copyOf(notes);
        }
    }

    /**
     * The scores of one way to translate.
     *
     * @param name of the way
     * @param sources how many were translated
     * @param bleu from 0 to 100, as chrF
     * @param chrf of characters
     * @param exact the share of the translations that are right in every token, from 0 to 1
     * @param tokenErrors edits for each wanted token
     * @param wordErrors edits for each wanted word
     */
    public record Score(
            String name, long sources, double bleu, double chrf, double exact, double tokenErrors, double wordErrors) {}

    /** The scores of sources whose number of tokens is from one number to another. */
    public record LengthScore(int from, int to, Score score) {}

    /**
     * A sentence with its translation.
     *
     * @param text as it was given
     * @param wanted translations; empty where they are not known
     * @param given the translation
     * @param logProbability of the translation
     * @param others the next best ones
     * @param read the tokens that were read, with their end
     * @param written the tokens that were written, with their end
     * @param attention for each written token the share of each that was read; empty without attention
     */
    public record Sentence(
            String text,
            List<String> wanted,
            String given,
            double logProbability,
            List<String> others,
            List<String> read,
            List<String> written,
            List<List<Double>> attention) {
        /** Copies the lists. */
        public Sentence {
            wanted = List.copyOf(wanted);
            others = List.copyOf(others);
            read = List.copyOf(read);
            written = List.copyOf(written);
            attention = List.copyOf(attention);
        }

        /** Whether the translation is one of those that are wanted. */
        boolean right() {
            return wanted.contains(given);
        }
    }
}
