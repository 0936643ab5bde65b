package io.carousel.task.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextSideTest {
    private static final List<String> TEXTS = List.of("The cat sat.", "The cat ran.", "A dog sat. Été\u0301!");

    private static TextSide learn(SideSpec spec) {
        return TextSide.learn(spec, TEXTS, "sources");
    }

    @Test
    void wordsSeenOnceAreUnknownSoThatTheUnknownIsLearnt() {
        TextSide side = learn(SideSpec.of(TextLevel.WORDS));

        assertThat(side.vocabulary().symbols()).containsExactly("<unk>", "<eos>", ".", "The", "cat", "sat");
        assertThat(side.closed(side.tokens("The dog sat"))).containsExactly(3, 0, 5, TextSide.END_NUMBER);
        assertThat(side.unknown(side.tokens("A dog, a cat"))).containsExactly("A", "dog", ",", "a");
    }

    @Test
    void smallLettersTheLeastCountAndTheSizeAreAsAskedFor() {
        TextSide side = learn(SideSpec.of(TextLevel.SPACES)
                .withLowerCase(true)
                .withLeastCount(1)
                .withVocabulary(4));

        assertThat(side.vocabulary().symbols()).containsExactly("<unk>", "<eos>", "the", "cat");
    }

    @Test
    void aTokenThatLooksLikeTheEndIsUnknownAndEndsNothing() {
        TextSide side = TextSide.learn(SideSpec.of(TextLevel.SPACES), List.of("a <eos> b"), "sources");

        assertThat(side.closed(side.tokens("a <eos> b"))).containsExactly(2, 0, 3, TextSide.END_NUMBER);
        assertThat(side.unknown(side.tokens("a <eos> b"))).containsExactly("<eos>");
    }

    @Test
    void anEmptyTextIsItsEnd() {
        assertThat(learn(SideSpec.of(TextLevel.WORDS)).closed(List.of())).containsExactly(TextSide.END_NUMBER);
    }

    @Test
    void subwordsKnowEveryTextAndGiveItBack() {
        TextSide side = learn(SideSpec.of(TextLevel.SUBWORDS).withVocabulary(600));
        String strange = "Ω 日本 zebra";

        assertThat(side.unknown(side.tokens(strange))).isEmpty();
        assertThat(side.tokenizer().text(side.tokens(strange))).isEqualTo(strange);
    }

    @ParameterizedTest
    @EnumSource(TextLevel.class)
    void aSideReadsBackEqual(TextLevel level) throws FormatException {
        TextSide side = learn(SideSpec.of(level));

        assertThat(Json.read(Json.write(side), TextSide.class, "side")).isEqualTo(side);
    }

    @Test
    void aVocabularyWithoutTheEndIsRefused() {
        Vocabulary vocabulary = Vocabulary.of(List.of("<unk>", "a", "<eos>"));

        assertThatThrownBy(() -> new TextSide(new CharacterTokenizer(false), vocabulary))
                .hasMessage("symbol 1 of a vocabulary must be <eos>, got a");
    }

    @Test
    void textsWithoutTokensTeachNothing() {
        assertThatThrownBy(() -> TextSide.learn(SideSpec.of(TextLevel.WORDS), List.of(" "), "sources"))
                .isInstanceOf(DataException.class)
                .hasMessage("sources must have at least one token, got none; check the texts");
    }

    @Test
    void impossibleSidesAreRefused() {
        assertThatThrownBy(() -> SideSpec.of(TextLevel.WORDS).withVocabulary(2))
                .hasMessage(
                        "symbols of a vocabulary of words must be from 3 to 100000, or 0 for the usual number, got 2");
        assertThatThrownBy(() -> SideSpec.of(TextLevel.SUBWORDS).withVocabulary(500))
                .hasMessage(
                        "symbols of a vocabulary of subwords must be from 514 to 100000, or 0 for the usual number, "
                                + "got 500");
        assertThatThrownBy(() -> SideSpec.of(TextLevel.SPACES).withLeastCount(-1))
                .hasMessage("least count of a token must be positive, or 0 for the usual one, got -1");
    }
}
