package io.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenCodeTest {
    private static final List<String> TEXTS = List.of("The cat sat.", "The cat ran.", "A dog sat. Été\u0301!");

    private static TokenCode learn(TokenSpec spec) {
        return TokenCode.learn(spec, TEXTS, "sources");
    }

    @Test
    void wordsSeenOnceAreUnknownSoThatTheUnknownIsLearnt() {
        TokenCode side = learn(TokenSpec.of(new WordTokenizer(false)));

        assertThat(side.vocabulary().symbols()).containsExactly("<unk>", "<eos>", ".", "The", "cat", "sat");
        assertThat(side.closed(side.tokens("The dog sat"))).containsExactly(3, 0, 5, TokenCode.END_NUMBER);
        assertThat(side.unknown(side.tokens("A dog, a cat"))).containsExactly("A", "dog", ",", "a");
    }

    @Test
    void smallLettersTheLeastCountAndTheSizeAreAsAskedFor() {
        TokenCode side =
                learn(TokenSpec.of(new SpaceTokenizer(true)).withLeastCount(1).withVocabulary(4));

        assertThat(side.vocabulary().symbols()).containsExactly("<unk>", "<eos>", "the", "cat");
        assertThat(side.ignoresCase()).isTrue();
        assertThat(learn(TokenSpec.of(new SpaceTokenizer(false))).ignoresCase()).isFalse();
    }

    @Test
    void aTokenThatLooksLikeTheEndIsUnknownAndEndsNothing() {
        TokenCode side = TokenCode.learn(TokenSpec.of(new SpaceTokenizer(false)), List.of("a <eos> b"), "sources");

        assertThat(side.closed(side.tokens("a <eos> b"))).containsExactly(2, 0, 3, TokenCode.END_NUMBER);
        assertThat(side.unknown(side.tokens("a <eos> b"))).containsExactly("<eos>");
    }

    @Test
    void anEmptyTextIsItsEnd() {
        assertThat(learn(TokenSpec.of(new WordTokenizer(false))).closed(List.of()))
                .containsExactly(TokenCode.END_NUMBER);
    }

    @Test
    void learnedPiecesKnowEveryTextAndGiveItBack() {
        TokenCode side = learn(TokenSpec.learned(false).withVocabulary(600));
        String strange = "Ω 日本 zebra";

        assertThat(side.unknown(side.tokens(strange))).isEmpty();
        assertThat(side.tokenizer().text(side.tokens(strange))).isEqualTo(strange);
    }

    @Test
    void aTokenizerThatKnowsItsSymbolsGivesThemAll() {
        TokenCode code = learn(TokenSpec.of(new ByteTokenizer()));

        assertThat(code.vocabulary().size()).isEqualTo(2 + 256);
        assertThat(code.unknown(code.tokens("Ω"))).isEmpty();
    }

    static Stream<TokenSpec> specs() {
        return Stream.of(
                TokenSpec.of(new WordTokenizer(true)).withVocabulary(9),
                TokenSpec.of(new CharacterTokenizer(false)).withLeastCount(2),
                TokenSpec.of(new SpaceTokenizer(false)),
                TokenSpec.of(new ByteTokenizer()),
                TokenSpec.learned(true).withVocabulary(600));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void specAndCodeReadBackEqual(TokenSpec spec) throws FormatException {
        TokenCode code = learn(spec);

        assertThat(Json.read(Json.write(spec), TokenSpec.class, "spec")).isEqualTo(spec);
        assertThat(Json.read(Json.write(code), TokenCode.class, "code")).isEqualTo(code);
    }

    @Test
    void aVocabularyWithoutTheEndIsRefused() {
        Vocabulary vocabulary = Vocabulary.of(List.of("<unk>", "a", "<eos>"));

        assertThatThrownBy(() -> new TokenCode(new CharacterTokenizer(false), vocabulary))
                .hasMessage("symbol 1 of a vocabulary must be <eos>, got a");
    }

    @Test
    void textsWithoutTokensTeachNothing() {
        assertThatThrownBy(() -> TokenCode.learn(TokenSpec.of(new WordTokenizer(false)), List.of(" "), "sources"))
                .isInstanceOf(DataException.class)
                .hasMessage("sources must have at least one token, got none; check the texts");
    }

    @Test
    void impossibleSpecsAreRefused() {
        assertThatThrownBy(() -> TokenSpec.of(new WordTokenizer(false)).withVocabulary(2))
                .hasMessage("symbols of a vocabulary must be from 3 to 100000, or 0 for the usual number, got 2");
        assertThatThrownBy(() -> TokenSpec.learned(false).withVocabulary(500))
                .hasMessage(
                        "symbols of a vocabulary of learned pieces must be from 514 to 100000, or 0 for the usual number, "
                                + "got 500");
        assertThatThrownBy(() -> TokenSpec.of(new SpaceTokenizer(false)).withLeastCount(-1))
                .hasMessage("least count of a token must be positive, or 0 for the usual one, got -1");
        assertThatThrownBy(() -> new TokenSpec(new WordTokenizer(false), true, 0, 0))
                .hasMessage(
                        "small letters must be asked of the tokenizer, got both; leave away those of the learned pieces");
        assertThatThrownBy(() -> TokenSpec.of(new ByteTokenizer()).withVocabulary(300))
                .hasMessage(
                        "vocabulary and least count must be left away for a tokenizer that knows its symbols, got 300"
                                + " and 0");
        assertThatThrownBy(() -> TokenSpec.learned(false).withLeastCount(3))
                .hasMessage("least count must be left away for learned pieces, got 3; all of them are symbols");
    }
}
