package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.cli.report.ForecastStory.Losses;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.ReportData.Weights;
import io.carousel.cli.report.TranslateStory.LengthScore;
import io.carousel.cli.report.TranslateStory.Score;
import io.carousel.cli.report.TranslateStory.Scores;
import io.carousel.cli.report.TranslateStory.Sentence;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranslateReportTest {
    private static final String HOSTILE = "<script>document.title='broken'</script>\u202e";

    /** A sentence of so many tokens that attends to its own place. */
    static Sentence sentence(int tokens, String text) {
        List<List<Double>> attention = new java.util.ArrayList<>();
        for (int row = 0; row < tokens; row++) {
            List<Double> shares = new java.util.ArrayList<>(Collections.nCopies(tokens, 0.0));
            shares.set(row, 1.0);
            attention.add(shares);
        }
        return new Sentence(
                text,
                List.of("wanted"),
                "given",
                -1.25,
                List.of("other"),
                Collections.nCopies(tokens, text),
                Collections.nCopies(tokens, text),
                attention);
    }

    static TranslateStory story(boolean wins, Sentence... sentences) {
        Score score = new Score("Network", 3, 41.25, 60.5, 0.5, 0.25, 0.4);
        return new TranslateStory(
                "test.tsv",
                new Scores(
                        "of test.tsv",
                        wins,
                        "The network beats copying.",
                        List.of(score, new Score("Source copied", 3, 0, 10, 0, 1, 1)),
                        List.of(new LengthScore(1, 1, score), new LengthScore(2, 4, score)),
                        2.5,
                        List.of("BLEU nrefs:1"),
                        List.of("a note")),
                List.of(sentences),
                sentences.length,
                List.of(new Losses("training", new double[] {2, 1}, new double[] {0.5, 0.25}, 2)),
                List.of(),
                "end");
    }

    private static List<String> titles(TranslateStory story) {
        return TranslateReport.of(story).sections().stream().map(Section::title).toList();
    }

    @Test
    void thePageTellsScoresLengthsSentencesAttentionAndTheTraining() {
        TranslateStory story = story(true, sentence(3, "a"));

        assertThat(titles(story))
                .containsExactly("The scores", "By length", "The sentences", "What was read for what", "The training");
        String html = HtmlReport.of(TranslateReport.of(story));
        assertThat(html)
                .contains("class=\"verdict good\"", "The network beats copying.", "41.25", "BLEU nrefs:1", "a note")
                .contains("2 to 4 (3 sources)", "style=\"--s:1.000\" title=\"100.0 %: a, a\">100</td>");
        assertThat(HtmlReport.of(TranslateReport.of(story(false)))).contains("class=\"verdict poor\"");
    }

    @Test
    void withoutAttentionThereIsNoMatrixAndAVeryLongSentenceHasNoneEither() {
        Sentence plain = new Sentence("a", List.of(), "b", -1, List.of(), List.of("a"), List.of("b"), List.of());

        assertThat(titles(story(true, plain, sentence(81, "a")))).doesNotContain("What was read for what");
        assertThat(titles(story(true, sentence(80, "a")))).contains("What was read for what");
    }

    @Test
    void atMostTwelveMatricesAreDrawn() {
        Sentence[] many = Collections.nCopies(15, sentence(2, "a")).toArray(Sentence[]::new);

        Section section = TranslateReport.of(story(true, many)).sections().stream()
                .filter(each -> each.title().equals("What was read for what"))
                .findFirst()
                .orElseThrow();

        assertThat(section.parts()).hasSize(12).allMatch(part -> part instanceof Weights);
    }

    @Test
    void hostileTextIsText() {
        String html = HtmlReport.of(TranslateReport.of(story(true, sentence(2, HOSTILE))));

        assertThat(html).doesNotContain("<script>document");
    }
}
