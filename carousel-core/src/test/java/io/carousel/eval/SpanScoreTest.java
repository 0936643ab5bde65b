package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.eval.SpanScore.Counts;
import io.carousel.text.TagScheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The counts of conlleval, worked out by hand from its rules. */
class SpanScoreTest {
    @ParameterizedTest
    @CsvSource({
        // all right
        "B-PER I-PER O B-LOC, B-PER I-PER O B-LOC, 2 2 2, 4",
        // too long, too short, shifted: nothing is right, and nothing counts half
        "B-PER I-PER O, B-PER I-PER I-PER, 1 1 0, 2",
        "B-PER I-PER O, B-PER O O, 1 1 0, 2",
        "B-PER I-PER O, O B-PER I-PER, 1 1 0, 0",
        // the right place and the wrong type
        "B-PER I-PER O, B-LOC I-LOC O, 1 1 0, 1",
        // I after O starts a span, so that the same span is right though its first tag is not
        "B-PER I-PER O, I-PER I-PER O, 1 1 1, 2",
        "O B-PER O, O I-PER O, 1 1 1, 2",
        // I of another type starts a span
        "B-PER I-PER, B-PER I-LOC, 1 2 0, 1",
        "I-PER I-LOC, B-PER B-LOC, 2 2 2, 0",
        // B cuts
        "B-PER I-PER, B-PER B-PER, 1 2 0, 1",
        "I-PER B-PER, I-PER I-PER, 2 1 0, 1",
        // one scheme against another
        "B-PER E-PER O S-LOC, B-PER I-PER O B-LOC, 2 2 2, 2",
        "B-PER I-PER E-PER S-PER, B-PER I-PER I-PER I-PER, 2 1 0, 2",
        "S-PER S-PER, E-PER E-PER, 2 2 2, 0",
        "B-PER E-PER, B-PER I-PER, 1 1 1, 1",
        // nothing wanted, nothing predicted
        "O O, O O, 0 0 0, 2",
        "O O, B-PER O, 0 1 0, 1",
        "B-PER O, O O, 1 0 0, 1"
    })
    void spansAreCountedAsConllCountsThem(String wanted, String predicted, String counts, int tags) {
        SpanScore score = SpanScore.of(words(wanted), words(predicted));
        List<Long> expected = words(counts).stream().map(Long::valueOf).toList();

        assertThat(score.overall()).isEqualTo(new Counts(expected.get(0), expected.get(1), expected.get(2)));
        assertThat(score.correctElements()).isEqualTo(tags);
        assertThat(score.elements()).isEqualTo(words(wanted).size());
    }

    @Test
    void scoresAreThoseOfAllTypesTogetherAndOfEach() {
        List<List<String>> wanted =
                List.of(words("B-NP I-NP B-VP B-NP O B-PP B-NP"), words("B-NP B-VP B-VP O"), words("O B-ADJP I-ADJP"));
        List<List<String>> predicted =
                List.of(words("B-NP I-NP B-VP I-NP O B-PP B-VP"), words("B-NP B-VP I-VP B-NP"), words("O B-NP I-ADJP"));

        SpanScore score = SpanScore.ofAll(wanted, predicted);

        // NP: wanted 3 + 1; predicted 2 (the I-NP after B-VP starts one) + 2 + 1; right: both of sentence 1, one of
        // sentence 2
        assertThat(score.byType().get("NP")).isEqualTo(new Counts(4, 5, 3));
        assertThat(score.byType().get("VP")).isEqualTo(new Counts(3, 3, 1));
        assertThat(score.byType().get("PP")).isEqualTo(new Counts(1, 1, 1));
        assertThat(score.byType().get("ADJP")).isEqualTo(new Counts(1, 1, 0));
        assertThat(score.byType().keySet()).containsExactly("ADJP", "NP", "PP", "VP");
        assertThat(score.overall()).isEqualTo(new Counts(9, 10, 5));
        assertThat(score.overall().precision()).isEqualTo(0.5);
        assertThat(score.overall().recall()).isCloseTo(5.0 / 9, within(1e-15));
        assertThat(score.f1()).isCloseTo(10.0 / 19, within(1e-15));
        assertThat(score.accuracy()).isCloseTo(9.0 / 14, within(1e-15));
    }

    @Test
    void aSpanEndsWithItsSentence() {
        SpanScore score = SpanScore.ofAll(
                List.of(words("O B-PER"), words("I-PER O")), List.of(words("O B-PER"), words("I-PER O")));

        assertThat(score.overall()).isEqualTo(new Counts(2, 2, 2));
    }

    @Test
    void theScoreOfNothingIsZeroAndOfAnythingTheSameInEveryScheme() {
        assertThat(SpanScore.empty().f1()).isZero();
        assertThat(SpanScore.empty().accuracy()).isZero();
        assertThat(SpanScore.empty().overall().precision()).isZero();
        assertThat(SpanScore.of(words("O"), words("O")).f1()).isZero();

        List<String> wanted = words("B-A I-A B-A O B-B I-B I-B O");
        List<String> predicted = words("B-A I-A I-A O B-B I-B I-B B-A");
        SpanScore score = SpanScore.of(wanted, predicted);
        for (TagScheme scheme : List.of(TagScheme.IOB1, TagScheme.BIOES)) {
            SpanScore other = SpanScore.of(scheme.convert(wanted), scheme.convert(predicted));
            assertThat(other.byType()).isEqualTo(score.byType());
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> SpanScore.of(words("O O"), words("O")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("predicted tags must be 2, one for each element, got 1");
        assertThatThrownBy(() -> SpanScore.ofAll(List.of(words("O O")), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("predicted sentences must be 1, as there are wanted ones, got 0");
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }
}
