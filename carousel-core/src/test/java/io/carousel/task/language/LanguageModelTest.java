package io.carousel.task.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.task.FitOptions;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.SpaceTokenizer;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelTest {
    @TempDir
    static Path folder;

    private static Path text;
    private static LanguageModel model;

    @BeforeAll
    static void fit() throws IOException {
        text = Files.writeString(folder.resolve("text.txt"), LanguageTexts.weather(400));
        LanguageSpec spec = LanguageTexts.tiny(new SpaceTokenizer(false)).build();
        model = LanguageModel.fit(LanguageData.of(text), spec, LanguageTexts.plan(), FitOptions.defaults())
                .model();
    }

    @Test
    void foreseesATextLikeTheOneItLearntFrom() {
        LanguageEvaluation evaluation = model.evaluate(text);

        assertThat(evaluation.perplexity()).isLessThan(3);
        assertThat(evaluation.unknown()).isZero();
        assertThat(evaluation.characters()).isEqualTo(text.toFile().length());
    }

    @Test
    void theSurprisesOfAllTokensAddUpToTheEvaluation() {
        List<TokenSurprise> surprises = new ArrayList<>();

        LanguageEvaluation evaluation = model.evaluate(text, surprises::add);

        assertThat(evaluation).isEqualTo(model.evaluate(text));
        assertThat(surprises).hasSize((int) evaluation.tokens());
        double bits = 0;
        for (TokenSurprise each : surprises) {
            bits += each.bits();
        }
        // the two sums have n terms each, of which every one is rounded
        assertThat(bits / evaluation.tokens())
                .isCloseTo(evaluation.bitsPerToken(), within(4 * evaluation.tokens() * 0x1p-53 * bits));
    }

    @Test
    void writesTheSameTextForTheSameSeedPieceByPiece() {
        List<String> pieces = new ArrayList<>();
        GenerationOptions options = GenerationOptions.defaults().withLength(20).withSeed(7);

        GeneratedText first = model.generate("it is", options, token -> pieces.add(token.text()));

        assertThat(String.join("", pieces)).isEqualTo(first.text());
        assertThat(first.text()).startsWith(" ");
        assertThat(first.tokens()).hasSize(20);
        assertThat(model.generate("it is", options)).isEqualTo(first);
        assertThat(model.generate("it is", options.withSeed(8))).isNotEqualTo(first);
    }

    @Test
    void ranksWhatFillsAGap() {
        List<RankedText> ranked = model.rank("when it rains i …", List.of("swim", "stay home", "sing"));

        assertThat(ranked.get(0).filling()).isEqualTo("stay home");
        assertThat(ranked.get(0).share()).isGreaterThan(0.5);
        assertThat(ranked.get(1).unknown()).isNotEmpty();
    }

    @Test
    void comesBackFromItsFile() throws IOException {
        Path file = folder.resolve("model.carousel");
        model.save(file);

        LanguageModel loaded = LanguageModel.load(file);

        assertThat(loaded.encoding()).isEqualTo(model.encoding());
        assertThat(loaded.evaluate(text)).isEqualTo(model.evaluate(text));
    }

    @Test
    void charactersKeepTheirLineFeeds() throws IOException {
        TrainingPlan plan = LanguageTexts.plan().withEpochs(2);
        LanguageSpec spec = LanguageTexts.tiny(new CharacterTokenizer(false)).build();

        LanguageModel characters = LanguageModel.fit(LanguageData.of(text), spec, plan, FitOptions.defaults())
                .model();

        assertThat(characters.vocabulary().symbols()).contains("\n").doesNotContain("<eos>");
        LanguageEvaluation evaluation = characters.evaluate(text);
        assertThat(evaluation.tokens()).isEqualTo(evaluation.characters());
    }
}
