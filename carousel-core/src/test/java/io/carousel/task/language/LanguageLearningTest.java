package io.carousel.task.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.SharedData;
import io.carousel.optim.Schedule;
import io.carousel.task.FitOptions;
import io.carousel.tensor.Rng;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.SpaceTokenizer;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageLearningTest {
    @TempDir
    private Path folder;

    /**
     * A line is one of five sentences, all equally likely, so nobody can foresee it better than with log 5 = 1.609 nats a line;
     * what stands between is certain.
     */
    @Test
    void reachesTheEntropyOfItsSourceOnATextThatItHasNotSeen() throws IOException {
        Path learnt = Files.writeString(folder.resolve("learnt.txt"), LanguageTexts.weather(1500));
        StringBuilder other = new StringBuilder();
        Rng rng = Rng.of(99);
        for (int i = 0; i < 400; i++) {
            other.append(LanguageTexts.SENTENCES.get(rng.nextInt(5))).append('\n');
        }
        Path unseen = Files.writeString(folder.resolve("unseen.txt"), other);

        LanguageEvaluation evaluation = LanguageModel.fit(
                        LanguageData.of(learnt),
                        LanguageTexts.tiny(new SpaceTokenizer(false)).build(),
                        LanguageTexts.plan(),
                        FitOptions.defaults())
                .model()
                .evaluate(unseen);

        // the mean of 400 draws of which each costs log 5 needs no bound for chance, the rest is what was not learnt
        assertThat(evaluation.nats() / 400).isBetween(StrictMath.log(5) - 0.02, StrictMath.log(5) + 0.08);
    }

    /** What is carried on: the second half of a line repeats what the first half said, 4 tokens before. */
    @Test
    void remembersOverTheEndsOfChunks() throws IOException {
        Rng rng = Rng.of(5);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 3000; line++) {
            String word = rng.nextInt(2) == 0 ? "left" : "right";
            text.append(word).append(" and then again ").append(word).append('\n');
        }
        Path file = Files.writeString(folder.resolve("text.txt"), text);
        LanguageSpec spec = LanguageTexts.tiny(new SpaceTokenizer(false))
                .steps(7)
                .tied(false)
                .build();
        TrainingPlan plan = LanguageTexts.plan()
                .withEpochs(4)
                .withLearningRate(0.01)
                .withPatience(0)
                .withSchedule(new Schedule.Constant());

        LanguageEvaluation evaluation = LanguageModel.fit(LanguageData.of(file), spec, plan, FitOptions.defaults())
                .model()
                .evaluate(file);

        // log 2 = 0.693 for the first word; one that forgot it would pay for the second, too
        assertThat(evaluation.nats() / 3000).isBetween(0.68, 0.8);
    }

    @Test
    @Tag("slow")
    void learnsToWriteLikeShakespeare() throws IOException {
        String text;
        try (GZIPInputStream bytes =
                new GZIPInputStream(Files.newInputStream(SharedData.file("tinyshakespeare/input.txt.gz")))) {
            text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
        Path learnt = Files.writeString(folder.resolve("learnt.txt"), text.substring(0, 300_000));
        Path unseen = Files.writeString(folder.resolve("unseen.txt"), text.substring(300_000, 330_000));
        LanguageSpec spec = LanguageSpec.builder()
                .tokenizer(new CharacterTokenizer(false))
                .hidden(96)
                .layers(1)
                .embedding(32)
                .tied(false)
                .regularizers(LanguageRegularizers.NONE)
                .steps(50)
                .build();

        LanguageModel model = LanguageModel.fit(
                        LanguageData.of(learnt),
                        spec,
                        LanguageModel.defaultPlan().withEpochs(4).withLearningRate(8e-3),
                        FitOptions.defaults().withThreads(2))
                .model();

        // a model of the frequencies of letters alone has 3.3 nats
        assertThat(model.evaluate(unseen).natsPerToken()).isLessThan(2);
    }
}
