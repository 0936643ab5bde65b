package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.cli.report.ForecastStory.Losses;
import io.carousel.cli.report.ReportData.Mark;
import io.carousel.cli.report.ReportData.MarkedText;
import io.carousel.cli.report.ReportData.Matrix;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.TagStory.Other;
import io.carousel.cli.report.TagStory.Scores;
import io.carousel.cli.report.TagStory.SpanMark;
import io.carousel.cli.report.TagStory.TaggedSentence;
import io.carousel.cli.report.TagStory.TypeScore;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagReportTest {
    private static final TaggedSentence RIGHT = new TaggedSentence(
            List.of("Ann", "Lee", "sings"),
            List.of("B-PER", "I-PER", "O"),
            List.of("B-PER", "I-PER", "O"),
            List.of(0.9, 0.8, 1.0),
            List.of(new SpanMark("PER", 0, 2)),
            List.of(new Other(List.of("B-PER", "O", "O"), 0.125)),
            0.75);

    private static final TaggedSentence UNSURE = wrong(0.3);
    private static final TaggedSentence SURE = wrong(0.9);

    private static TaggedSentence wrong(double confidence) {
        return new TaggedSentence(
                List.of("<b>Rose</b>", "bloomed"),
                List.of("O", "O"),
                List.of("B-PER", "O"),
                List.of(confidence, 1.0),
                List.of(new SpanMark("PER", 0, 1)),
                List.of(),
                confidence);
    }

    static TagStory story(boolean spans, TaggedSentence... sentences) {
        List<TypeScore> types =
                List.of(new TypeScore("", 0.5, 1 / 3.0, 1, 1, 3, 1), new TypeScore("PER", 0.5, 1 / 3.0, 1, 1, 3, 1));
        Scores scores =
                new Scores("of test.conll", 0.5, 0.25, 0.75, 7, 2, 0.5, 3, 1, spans ? types : List.of(), List.of());
        return new TagStory(
                "test.conll",
                spans,
                scores,
                List.of(sentences),
                sentences.length,
                List.of(new Losses("network", new double[] {2, 1}, new double[] {0.5, 0.25}, 2)),
                List.of(),
                "end");
    }

    @Test
    void theVerdictComparesWithTheUsualTags() {
        assertThat(TagReport.of(story(true, RIGHT)).verdict().sentence())
                .isEqualTo("The network beats the usual tag of each word: F1 50.00 against 25.00.");
        assertThat(TagReport.of(story(false, RIGHT)).verdict().sentence())
                .isEqualTo("The network beats the usual tag of each word: right words 50.00 against 25.00.");
    }

    @Test
    void mistakesStandWithTheSurestFirst() {
        Section mistakes = section(TagReport.of(story(true, RIGHT, UNSURE, SURE)), "The mistakes");

        assertThat(mistakes.text()).startsWith("2 sentences of 3 have a mistake");
        assertThat(mistakes.parts()).hasSize(2);
        assertThat(marks(mistakes.parts().get(0)).get(0))
                .isEqualTo(new Mark("<b>Rose</b> [B-PER, wanted O]", -0.9, "B-PER, 90.0 %; wanted O"));
        assertThat(marks(mistakes.parts().get(1)).get(0).weight()).isEqualTo(-0.3);
        assertThat(section(TagReport.of(story(true, RIGHT)), "The mistakes").text())
                .isEqualTo("Every word has the tag that it should have.");
    }

    @Test
    void spansStandTogetherWithTheirTypeAndTheirLeastProbability() {
        Section sentences = section(TagReport.of(story(true, RIGHT)), "The sentences");

        assertThat(marks(sentences.parts().get(0)))
                .containsExactly(new Mark("Ann Lee [PER]", 0.8, "80.0 %"), new Mark("sings", 0, "O, 100.0 %"));
        assertThat(((MarkedText) sentences.parts().get(0)).note())
                .isEqualTo("All tags together: 75.0 %. Or, with 12.5 %: B-PER O O.");
    }

    @Test
    void tagsWithoutSpansStandWithTheirWordAndColourMarksDoubt() {
        Section sentences = section(TagReport.of(story(false, RIGHT)), "The sentences");

        assertThat(marks(sentences.parts().get(0)))
                .extracting(Mark::text)
                .containsExactly("Ann/B-PER", "Lee/I-PER", "sings/O");
        assertThat(marks(sentences.parts().get(0)).get(2).weight()).isZero();
    }

    @Test
    void confusionsCountWordsByWantedAndGivenTag() {
        Matrix matrix = (Matrix) section(TagReport.of(story(true, RIGHT, UNSURE)), "What is taken for what")
                .parts()
                .get(0);

        assertThat(matrix.names()).containsExactly("B-PER", "I-PER", "O");
        assertThat(matrix.counts()).containsExactly(List.of(1L, 0L, 0L), List.of(0L, 1L, 0L), List.of(1L, 0L, 2L));
    }

    @Test
    void ofManySentencesAndTagsTheFirstAreShownAndThePageSaysSo() {
        List<String> tags = IntStream.range(0, 60).mapToObj(i -> "T" + i).toList();
        TaggedSentence many =
                new TaggedSentence(tags, tags, tags, Collections.nCopies(60, 0.5), List.of(), List.of(), 0.1);
        ReportData page =
                TagReport.of(story(false, Collections.nCopies(50, many).toArray(TaggedSentence[]::new)));

        assertThat(section(page, "What is taken for what").text()).contains("the 40 most frequent of 60 tags");
        assertThat(section(page, "The sentences").text()).contains("The first 10 of 50 are shown");
        assertThat(HtmlReport.of(page)).contains("T59");
    }

    @Test
    void hostileWordsStayText() {
        assertThat(HtmlReport.of(TagReport.of(story(true, SURE))))
                .contains("&lt;b&gt;Rose&lt;/b&gt;")
                .doesNotContain("<b>Rose");
    }

    private static Section section(ReportData page, String title) {
        return page.sections().stream()
                .filter(section -> section.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static List<Mark> marks(Part part) {
        return ((MarkedText) part).marks();
    }
}
