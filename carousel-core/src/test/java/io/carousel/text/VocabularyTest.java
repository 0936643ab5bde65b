package io.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.model.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    @Test
    void symbolsStandInTheOrderOfTheirCountsAndThenOfTheirFirstAppearance() {
        VocabularyBuilder builder = new VocabularyBuilder().specials("<eos>");
        builder.add(List.of("b", "a", "c", "a", "<eos>", "d", "d"));

        assertThat(builder.total()).isEqualTo(7);
        assertThat(builder.build(1, 100).symbols()).containsExactly("<unk>", "<eos>", "a", "d", "b", "c");
        assertThat(builder.build(2, 100).symbols()).containsExactly("<unk>", "<eos>", "a", "d");
        assertThat(builder.build(1, 3).symbols()).containsExactly("<unk>", "<eos>", "a");
    }

    @Test
    void anUnknownTokenHasTheNumberZero() {
        Vocabulary vocabulary = Vocabulary.of(List.of("<unk>", "sky", "grey"));

        assertThat(vocabulary.numbers(List.of("grey", "green", "sky", "<unk>"))).containsExactly(2, 0, 1, 0);
        assertThat(vocabulary.symbol(2)).isEqualTo("grey");
        assertThat(vocabulary.contains("green")).isFalse();
        assertThatThrownBy(() -> vocabulary.symbol(3)).hasMessage("number of a symbol must be from 0 to 2, got 3");
    }

    @Test
    void aVocabularyIsReadBackFromJson() throws IOException {
        Vocabulary vocabulary = Vocabulary.of(List.of("<unk>", "\u00e9", "\"", " "));
        assertThat(Json.read(Json.write(vocabulary), Vocabulary.class, "test")).isEqualTo(vocabulary);
    }

    @Test
    void aListThatIsNoVocabularyIsRefused() {
        assertThatThrownBy(() -> Vocabulary.of(List.of()))
                .hasMessage("first symbol of a vocabulary must be <unk>, got no symbols");
        assertThatThrownBy(() -> Vocabulary.of(List.of("sky")))
                .hasMessage("first symbol of a vocabulary must be <unk>, got sky");
        assertThatThrownBy(() -> Vocabulary.of(List.of("<unk>", "sky", "sky")))
                .hasMessage("symbols of a vocabulary must be different and not empty, got \"sky\" twice");
        assertThatThrownBy(() -> Vocabulary.of(List.of("<unk>", "")))
                .hasMessage("symbols of a vocabulary must be different and not empty, got an empty one");
        assertThatThrownBy(() -> new VocabularyBuilder().specials("<eos>").build(1, 1))
                .hasMessage("symbols of a vocabulary must be at least the 2 special ones, got 1");
    }

    @Test
    void rareTokensAreForgottenBeforeMemoryIs() {
        VocabularyBuilder builder = new VocabularyBuilder();
        List<String> frequent = List.of("sky", "sky", "sky");
        builder.add(frequent);
        List<String> rare = new ArrayList<>();
        for (int i = 0; i < VocabularyBuilder.MOST; i++) {
            rare.add(Integer.toString(i));
        }
        builder.add(rare);

        assertThat(builder.different()).isLessThanOrEqualTo(VocabularyBuilder.MOST);
        assertThat(builder.build(2, 10).symbols()).containsExactly("<unk>", "sky");
    }
}
