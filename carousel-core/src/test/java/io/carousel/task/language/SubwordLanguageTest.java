package io.carousel.task.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.task.FitOptions;
import io.carousel.text.BpeLearner;
import io.carousel.text.TextLines;
import io.carousel.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubwordLanguageTest {
    @TempDir
    Path folder;

    @Test
    void aModelOfPiecesKnowsEveryTextAndIsReadBack() throws IOException {
        Path text = Files.writeString(
                folder.resolve("novel.txt"), "the sky has turned grey\nthe sea has turned green\n".repeat(40));
        BpeLearner learner = new BpeLearner(false);
        TextLines.read(text, (line, number) -> learner.add(line));
        Tokenizer tokenizer = learner.learn(540);
        LanguageSpec spec = LanguageSpec.builder()
                .tokenizer(tokenizer)
                .hidden(16)
                .layers(1)
                .regularizers(LanguageRegularizers.variational(0.1, 0, 0.1).withWordDropout(0.1))
                .build();

        LanguageModel model = LanguageModel.fit(
                        LanguageData.of(text), spec, LanguageModel.defaultPlan().withEpochs(2), FitOptions.defaults())
                .model();
        Path file = folder.resolve("model.safetensors");
        model.save(file);
        LanguageModel back = LanguageModel.load(file);

        String odd = "\u6f22 caf\u00e9 \u2581!";
        assertThat(back.vocabulary().symbols()).containsAll(tokenizer.symbols());
        assertThat(back.score(odd).evaluation().unknown()).isZero();
        assertThat(back.score(odd).evaluation()).isEqualTo(model.score(odd).evaluation());
        String written = back.generate(
                        "the sky",
                        GenerationOptions.defaults().withTemperature(0).withLength(6))
                .text();
        assertThat(written).doesNotContain("\u2581", "<0x");
    }
}
