package io.carousel.cli.report;

import io.carousel.cli.report.ForecastStory.Losses;
import io.carousel.cli.report.ReportData.Facts;
import java.util.List;

/**
 * What a page about a language model tells.
 *
 * @param title the text that was learnt
 * @param subtitle what was learnt, and on what it is judged
 * @param verdict whether it knows more than counts do; blank where nothing was kept back
 * @param good whether it does
 * @param rows the network first, then what it is compared with
 * @param passage the beginning of the text that it is judged on
 * @param words whether tokens are words, with a space between them
 * @param mostBits the surprise of a token to who knows nothing but the vocabulary
 * @param samples what it writes
 * @param trainings the course of its training
 * @param facts what was chosen, and where all comes from
 * @param footer one line at the end
 */
public record LanguageStory(
        String title,
        String subtitle,
        String verdict,
        boolean good,
        List<Row> rows,
        List<Token> passage,
        boolean words,
        double mostBits,
        Facts samples,
        List<Losses> trainings,
        List<Facts> facts,
        String footer) {
    /** Copies the lists. */
    public LanguageStory {
        rows = List.copyOf(rows);
        passage = List.copyOf(passage);
        trainings = List.copyOf(trainings);
        facts = List.copyOf(facts);
    }

    /**
     * One way of foreseeing the text.
     *
     * @param bitsPerCharacter NaN where characters were not counted
     */
    public record Row(String name, double perplexity, double bitsPerToken, double bitsPerCharacter) {}

    /**
     * A token of the passage.
     *
     * @param known whether the vocabulary has it
     * @param bits its surprise
     */
    public record Token(String text, boolean known, double bits) {}
}
