package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The corner cases of chrF, worked out by hand from its definition. */
class ChrFTest {
    private static final double ERROR = 1e-11;

    @Test
    void recallCountsFourTimesAsMuchAsPrecision() {
        // ab against abc: precisions 2/2 and 1/1, recalls 2/3 and 1/2; of three letters the translation has none
        double precision = 1;
        double recall = (2.0 / 3 + 1.0 / 2) / 2;

        assertThat(ChrF.of("ab", List.of("abc")).score())
                .isCloseTo(100 * 5 * precision * recall / (4 * precision + recall), within(ERROR));
    }

    @Test
    void whiteSpaceIsNothing() {
        assertThat(ChrF.of("a b\u00a0c\td", List.of(" ab cd ")).score()).isCloseTo(100, within(ERROR));
    }

    @Test
    void aCharacterOutsideTheBasicPlaneIsOne() {
        assertThat(ChrF.of("😀", List.of("😀")).found()).containsExactly(1L, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void theBestReferenceCounts() {
        assertThat(ChrF.of("abc", List.of("xyz", "abc", "abd")).score()).isCloseTo(100, within(ERROR));
    }

    @Test
    void nothingAgainstSomethingIsNothing() {
        assertThat(ChrF.of("", List.of("abc")).score()).isZero();
        assertThat(ChrF.of("abc", List.of("")).score()).isZero();
        assertThat(ChrF.of("", List.of("")).score()).isZero();
        assertThat(ChrF.empty(false).score()).isZero();
    }

    @Test
    void countsOfSentencesAreAdded() {
        ChrF both = ChrF.of("a", List.of("a")).plus(ChrF.of("b", List.of("c", "d")));

        assertThat(both.matched().get(0)).isEqualTo(1);
        assertThat(both.score()).isCloseTo(50, within(ERROR));
        assertThat(both.signature()).isEqualTo("nrefs:var|case:mixed|eff:yes|nc:6|nw:0|space:no");
    }

    @Test
    void capitalsCountUnlessSmallLettersAreAskedFor() {
        assertThat(ChrF.of("AB", List.of("ab")).score()).isZero();
        assertThat(ChrF.of("AB", List.of("ab"), true).score()).isCloseTo(100, within(ERROR));
    }

    @Test
    void aTranslationWithoutReferencesIsRefused() {
        assertThatThrownBy(() -> ChrF.of("a", List.of()))
                .hasMessage("a translation must have at least one reference, got none; add one");
    }
}
