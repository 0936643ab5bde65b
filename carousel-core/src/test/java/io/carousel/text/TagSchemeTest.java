package io.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TagSchemeTest {
    private static final List<Span> SPANS =
            List.of(new Span("PER", 0, 2), new Span("PER", 3, 4), new Span("PER", 4, 5), new Span("LOC", 5, 6));

    @ParameterizedTest
    @CsvSource({
        "IOB1, I-PER I-PER O I-PER B-PER I-LOC O",
        "IOB2, B-PER I-PER O B-PER B-PER B-LOC O",
        "BIOES, B-PER E-PER O S-PER S-PER S-LOC O"
    })
    void theSameSpansInEveryScheme(TagScheme scheme, String tags) {
        assertThat(scheme.encode(SPANS, 7)).isEqualTo(words(tags));
        assertThat(Span.of(words(tags))).isEqualTo(SPANS);
        assertThat(scheme.firstViolation(words(tags))).isNegative();
        assertThat(TagScheme.detect(List.of(words(tags)))).isEqualTo(scheme);
        for (TagScheme other : List.of(TagScheme.IOB1, TagScheme.IOB2, TagScheme.BIOES)) {
            assertThat(other.convert(words(tags))).isEqualTo(other.encode(SPANS, 7));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // I after O, and a change of type: a span starts, as conlleval counts
        "O I-PER I-PER O, PER 1 3",
        "B-PER I-LOC, PER 0 1 LOC 1 2",
        "I-PER I-LOC I-LOC, PER 0 1 LOC 1 3",
        // B always starts
        "B-PER B-PER, PER 0 1 PER 1 2",
        "I-PER B-PER, PER 0 1 PER 1 2",
        // E ends, also where nothing was open; what follows starts
        "O E-PER E-PER, PER 1 2 PER 2 3",
        "B-PER E-PER I-PER, PER 0 2 PER 2 3",
        "E-PER I-PER E-PER, PER 0 1 PER 1 3",
        // S is alone
        "B-PER S-PER, PER 0 1 PER 1 2",
        "S-PER I-PER, PER 0 1 PER 1 2",
        "S-PER E-PER, PER 0 1 PER 1 2",
        // what is never closed ends before O and at the end
        "B-PER I-PER O B-LOC, PER 0 2 LOC 3 4",
        // tags without a type, and types with a hyphen
        "B I O I, - 0 2 - 3 4",
        "B-MISC-X I-MISC-X I-MISC-Y, MISC-X 0 2 MISC-Y 2 3"
    })
    void spansAreReadAsConllReadsThem(String tags, String expected) {
        List<Span> spans = new ArrayList<>();
        List<String> parts = words(expected);
        for (int i = 0; i < parts.size(); i += 3) {
            spans.add(new Span(
                    parts.get(i).equals("-") ? "" : parts.get(i),
                    Integer.parseInt(parts.get(i + 1)),
                    Integer.parseInt(parts.get(i + 2))));
        }
        assertThat(Span.of(words(tags))).isEqualTo(spans);
    }

    @ParameterizedTest
    @CsvSource({
        "IOB2, I-PER O, 0",
        "IOB2, O I-PER, 1",
        "IOB2, B-PER I-LOC, 1",
        "IOB2, B-PER I-PER O I-PER, 3",
        "IOB1, B-PER O, 0",
        "IOB1, O B-PER, 1",
        "IOB1, I-LOC B-PER, 1",
        "BIOES, B-PER O, 1",
        "BIOES, B-PER, 1",
        "BIOES, O I-PER, 1",
        "BIOES, O E-PER, 1",
        "BIOES, B-PER B-PER, 1",
        "BIOES, B-PER S-PER, 1",
        "BIOES, B-PER E-LOC, 1",
        "BIOES, B-PER I-PER, 2",
        "BIOES, S-PER E-PER, 1"
    })
    void whatBreaksTheRulesIsFound(TagScheme scheme, String tags, int place) {
        assertThat(scheme.firstViolation(words(tags))).isEqualTo(place);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void tagsThatAreAllowedAreThoseOfTheirSpans(TagScheme scheme) {
        List<String> tags = scheme == TagScheme.BIOES
                ? List.of("O", "B-A", "I-A", "E-A", "S-A", "S-B", "B-B", "E-B")
                : List.of("O", "B-A", "I-A", "B-B", "I-B");
        Rng rng = Rng.of(4);
        int allowed = 0;
        for (int trial = 0; trial < 5000; trial++) {
            List<String> sequence = new ArrayList<>();
            for (int t = rng.nextInt(5); t >= 0; t--) {
                sequence.add(tags.get(rng.nextInt(tags.size())));
            }
            boolean own = scheme.convert(sequence).equals(sequence);
            assertThat(scheme.firstViolation(sequence) < 0).as("%s", sequence).isEqualTo(own);
            assertThat(scheme.firstViolation(scheme.convert(sequence))).isNegative();
            allowed += own ? 1 : 0;
        }
        assertThat(allowed).isGreaterThan(100);
    }

    @Test
    void aSchemeIsFoundInTheTagsThatItAllows() {
        assertThat(TagScheme.detect(List.of(words("NN VB"), words("O")))).isEqualTo(TagScheme.NONE);
        assertThat(TagScheme.detect(List.of(words("O O")))).isEqualTo(TagScheme.NONE);
        assertThat(TagScheme.detect(List.of(words("O O"), words("B-X O")))).isEqualTo(TagScheme.IOB2);
        assertThat(TagScheme.detect(List.of(words("I-X I-X O")))).isEqualTo(TagScheme.IOB1);
        assertThat(TagScheme.detect(List.of(words("O B-X"), words("I-X")))).isEqualTo(TagScheme.NONE);
        assertThat(TagScheme.detect(List.of(words("S-X"), words("B-X I-X E-X"))))
                .isEqualTo(TagScheme.BIOES);
    }

    @Test
    void whatCannotBeWrittenIsNamed() {
        assertThatThrownBy(() -> TagScheme.IOB2.firstViolation(List.of("NN")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "tag of scheme IOB2 must be O or one of the prefixes B, I with a hyphen and a type, got NN; "
                                + "name the scheme of the tags, which is NONE for tags without spans");
        assertThatThrownBy(() -> TagScheme.NONE.convert(List.of("O")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spans must be written in a scheme with spans, got NONE; choose IOB2");
        assertThatThrownBy(() -> TagScheme.IOB2.encode(List.of(new Span("A", 1, 3), new Span("A", 2, 4)), 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spans must be in ascending order within 5 elements, none over another, "
                        + "got Span[type=A, from=2, to=4] after element 2");
        assertThatThrownBy(() -> new Span("A", 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("span must have at least one element from 0 on, got from 2 to before 2");
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }
}
