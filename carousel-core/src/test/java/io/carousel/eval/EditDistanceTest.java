package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edit distances worked out by hand. */
class EditDistanceTest {
    private static List<String> tokens(String text) {
        return text.isBlank() ? List.of() : List.of(text.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        // wanted, given, substitutions, deletions, insertions
        "a b c, a b c, 0, 0, 0",
        "a b c, a x c, 1, 0, 0",
        "a b c, a c, 0, 1, 0",
        "a c, a b c, 0, 0, 1",
        "k i t t e n, s i t t i n g, 2, 0, 1",
        // two changes and not one missing and one too many, which would be two as well
        "a b, b a, 2, 0, 0",
        "a b c d, b c d e, 0, 1, 1",
        "a b, '', 0, 2, 0",
        "'', a b, 0, 0, 2",
        "'', '', 0, 0, 0"
    })
    void changesAreTheFewest(String wanted, String given, long substitutions, long deletions, long insertions) {
        assertThat(EditDistance.of(tokens(wanted), tokens(given)))
                .isEqualTo(new EditDistance(tokens(wanted).size(), substitutions, deletions, insertions));
    }

    @Test
    void theRateIsOfAllSequencesTogether() {
        EditDistance both = EditDistance.of(tokens("a b c d"), tokens("a b c x"))
                .plus(EditDistance.of(tokens("a"), tokens("a b c")));

        // 3 changes of 5 wanted tokens, while the mean of both rates would be (1/4 + 2) / 2
        assertThat(both.rate()).isEqualTo(3 / 5.0);
    }

    @Test
    void aRateOfNothingIsNothingUnlessSomethingWasGiven() {
        assertThat(EditDistance.empty().rate()).isZero();
        assertThat(EditDistance.of(List.of(), tokens("a b")).rate()).isEqualTo(1);
    }

    @Test
    void theNearestOfSeveralCountsWithItsLength() {
        List<List<String>> wanted = List.of(tokens("T AH M EY T OW"), tokens("T AH M AA T OW Z"));

        EditDistance nearest = EditDistance.nearest(wanted, tokens("T AH M AA T OW"));

        // one substitution against the first, one deletion against the second: the first of equals
        assertThat(nearest).isEqualTo(new EditDistance(6, 1, 0, 0));
    }

    @Test
    void nothingToCompareWithIsRefused() {
        assertThatThrownBy(() -> EditDistance.nearest(List.of(), List.of()))
                .hasMessage("there must be at least one sequence that is right, got none; add one");
    }

    @Test
    void longSequencesTakeTheMemoryOfOneOfThem() {
        List<String> many = Collections.nCopies(5_000, "a");

        assertThat(EditDistance.of(many, Collections.nCopies(4_000, "a")))
                .isEqualTo(new EditDistance(5_000, 0, 1_000, 0));
    }
}
