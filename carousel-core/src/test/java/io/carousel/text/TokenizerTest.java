package io.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.model.Json;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerTest {
    private static final String HORSE = "\uD83D\uDC0E";

    static Stream<Tokenizer> all() {
        return Stream.of(
                new ByteTokenizer(),
                new CharacterTokenizer(false),
                new CharacterTokenizer(true),
                new SpaceTokenizer(false),
                new SpaceTokenizer(true),
                new WordTokenizer(false),
                new WordTokenizer(true));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTokenizerIsReadBackFromJson(Tokenizer tokenizer) throws IOException {
        assertThat(Json.read(Json.write(tokenizer), Tokenizer.class, "test")).isEqualTo(tokenizer);
    }

    @ParameterizedTest
    @MethodSource("all")
    void noTokenIsEmptyAndAnEmptyTextHasNone(Tokenizer tokenizer) {
        assertThat(tokenizer.tokens("")).isEmpty();
        assertThat(tokenizer.text(List.of())).isEmpty();
        assertThat(tokenizer.tokens(" \t\n a  b\u00a0c \u3000")).doesNotContain("");
    }

    @Test
    void aTypedAccentAndAComposedOneAreTheSameCharacter() {
        assertThat(new CharacterTokenizer(false).tokens("e\u0301")).containsExactly("\u00e9");
        assertThat(new WordTokenizer(false).tokens("cafe\u0301")).containsExactly("caf\u00e9");
    }

    @Test
    void aCharacterOutsideTheBasicPlaneIsOneToken() {
        assertThat(new CharacterTokenizer(false).tokens("a" + HORSE + "b")).containsExactly("a", HORSE, "b");
        assertThat(new WordTokenizer(false).tokens("a" + HORSE + "b")).containsExactly("a", HORSE, "b");
    }

    @Test
    void aMarkStaysWithTheLetterBeforeItInAWord() {
        assertThat(new WordTokenizer(false).tokens("q\u0301 \u0939\u093f\u0928"))
                .containsExactly("q\u0301", "\u0939\u093f\u0928");
    }

    @Test
    void wordsKeepApostrophesHyphensAndNumbersWhole() {
        assertThat(new WordTokenizer(false).tokens("Don't stop - it\u2019s a well-kept 3.14, 1,000: (yes)!"))
                .containsExactly(
                        "Don't",
                        "stop",
                        "-",
                        "it\u2019s",
                        "a",
                        "well-kept",
                        "3.14",
                        ",",
                        "1,000",
                        ":",
                        "(",
                        "yes",
                        ")",
                        "!");
        assertThat(new WordTokenizer(false).tokens("'quoted' end.")).containsExactly("'", "quoted", "'", "end", ".");
    }

    @Test
    void wordsAreWrittenWithSpacesWhereTheyBelong() {
        WordTokenizer words = new WordTokenizer(false);
        String text = "The sky has turned grey, (they say) 100%!";
        assertThat(words.text(words.tokens(text))).isEqualTo(text);
    }

    @Test
    void smallLettersDoNotDependOnWhereTheMachineStands() {
        assertThat(new WordTokenizer(true).tokens("TITLE")).containsExactly("title");
    }

    @Test
    void bytesGiveEveryTextBack() {
        ByteTokenizer bytes = new ByteTokenizer();
        String text = "z\u00fc\u4e2d" + HORSE + "\r\n";
        assertThat(bytes.tokens("\u00fc")).containsExactly("c3", "bc");
        assertThat(bytes.text(bytes.tokens(text))).isEqualTo(text);
        assertThat(bytes.text(List.of("c3"))).isEqualTo("\ufffd");
    }

    @Test
    void whiteSpaceOfAnyLengthSeparates() {
        assertThat(new SpaceTokenizer(false).tokens("  no it was n't <unk>  N\n"))
                .containsExactly("no", "it", "was", "n't", "<unk>", "N");
    }
}
