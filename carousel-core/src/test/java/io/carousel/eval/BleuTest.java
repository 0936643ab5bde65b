package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The corner cases of BLEU, worked out by hand from its definition. */
class BleuTest {
    /** Of a value between 1 and 128 that a logarithm and an exponential made: some 2^-46 of it, see the golden test. */
    private static final double ERROR = 1e-11;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,000.50 and 3,5 or 7.|1,000.50 and 3,5 or 7 .",
                // an apostrophe joins, also a curly one
                "I don't; l'été’s|I don't ; l'été’s",
                // entities, of which &amp;lt; is one of one
                "&quot;A&quot; &lt;b&gt; &amp;lt;|\" A \" < b > <",
                // a hyphen splits after a digit only
                "well-known 1990-95 x-7|well-known 1990 - 95 x-7",
                "a.b a,b 1.a a.1|a . b a , b 1 . a a . 1",
                // no punctuation outside of ASCII is split off
                "« Va ! » 日本語。|« Va ! » 日本語。"
            })
    void tokensAreCutAsTheScriptOfTheWorkshopCutsThem(String text, String tokens) {
        assertThat(WmtTokens.of(text)).containsExactly(tokens.split(" "));
    }

    @Test
    void precisionsOfAllLengthsAreMultiplied() {
        // a b c x e against a b c d e: 4 of 5, 2 of 4 (ab bc), 1 of 3 (abc), 0 of 2 that counts as 1/2 of 2
        Bleu bleu = Bleu.of("a b c x e", List.of("a b c d e"));

        assertThat(bleu.correct()).containsExactly(4L, 2L, 1L, 0L);
        assertThat(bleu.total()).containsExactly(5L, 4L, 3L, 2L);
        // ⁴√(0.8 · 0.5 · 1/3 · 1/4) = ⁴√(1/30)
        assertThat(bleu.score()).isCloseTo(100 * Math.pow(1 / 30.0, 0.25), within(ERROR));
    }

    @Test
    void eachFurtherLengthWithoutAMatchCountsHalfAsMuch() {
        // a y c z against a b c d: 2 of 4; pairs 1/(2·3), triples 1/(4·2), fours 1/(8·1)
        double score = Bleu.of("a y c z", List.of("a b c d")).score();

        assertThat(score).isCloseTo(100 * Math.pow(0.5 / 6 / 8 / 8, 0.25), within(ERROR));
    }

    @Test
    void aWordCountsAtMostAsOftenAsOneReferenceHasIt() {
        Bleu bleu =
                Bleu.of("the the the the the the the", List.of("the cat is on the mat", "there is a cat on the mat"));

        assertThat(bleu.correct().get(0)).isEqualTo(2);
    }

    @Test
    void aShortTranslationIsPenalised() {
        // 5 tokens of 10, all right: e^(1 - 10/5)
        Bleu bleu = Bleu.of("a b c d e", List.of("a b c d e f g h i j"));

        assertThat(bleu.brevityPenalty()).isCloseTo(Math.exp(-1), within(1e-15));
        assertThat(bleu.score()).isCloseTo(100 * Math.exp(-1), within(ERROR));
    }

    @Test
    void theReferenceOfTheClosestLengthIsTheMeasureAndOfTwoTheShorter() {
        assertThat(Bleu.of("a b c d e", List.of("a", "a b c d e f", "a b c d")).referenceTokens())
                .isEqualTo(4);
    }

    @Test
    void nothingAgainstSomethingIsNothing() {
        assertThat(Bleu.of("", List.of("a b c d")).score()).isZero();
        assertThat(Bleu.of("", List.of("a b c d")).brevityPenalty()).isZero();
        assertThat(Bleu.of("a b c d", List.of("")).score()).isZero();
        assertThat(Bleu.of("", List.of("")).score()).isZero();
        assertThat(Bleu.sentence("", List.of(""))).isZero();
        assertThat(Bleu.empty(false).score()).isZero();
    }

    @Test
    void aShortSentenceIsScoredOverTheLengthsThatItHasAndACorpusOfSuchIsNot() {
        assertThat(Bleu.sentence("thank you", List.of("thank you"))).isCloseTo(100, within(ERROR));
        assertThat(Bleu.of("thank you", List.of("thank you")).score()).isZero();
    }

    @Test
    void countsOfSentencesAreAddedAndNotTheirScores() {
        Bleu both = Bleu.of("a b c d", List.of("a b c d")).plus(Bleu.of("x", List.of("y", "z")));

        assertThat(both.total()).containsExactly(5L, 3L, 2L, 1L);
        assertThat(both.score()).isCloseTo(100 * Math.pow(0.8, 0.25), within(ERROR));
        assertThat(both.signature()).isEqualTo("nrefs:var|case:mixed|eff:no|tok:13a|smooth:exp");
    }

    @Test
    void capitalsCountUnlessSmallLettersAreAskedFor() {
        assertThat(Bleu.of("The Cat", List.of("the cat")).correct().get(0)).isZero();
        Bleu lower = Bleu.of("The Cat", List.of("the cat"), true);
        assertThat(lower.correct().get(0)).isEqualTo(2);
        assertThat(lower.signature()).isEqualTo("nrefs:1|case:lc|eff:no|tok:13a|smooth:exp");
    }

    @Test
    void aTranslationWithoutReferencesIsRefusedAndSoAreOtherCases() {
        assertThatThrownBy(() -> Bleu.of("a", List.of()))
                .hasMessage("a translation must have at least one reference, got none; add one");
        assertThatThrownBy(() -> Bleu.empty(true).plus(Bleu.of("a", List.of("b"))))
                .hasMessage("counts to add must be of the same case, got nrefs:0|case:lc|eff:no|tok:13a|smooth:exp and "
                        + "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp");
    }
}
