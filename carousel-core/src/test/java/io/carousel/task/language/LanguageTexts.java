package io.carousel.task.language;

import io.carousel.tensor.Rng;
import io.carousel.text.Tokenizer;
import io.carousel.train.TrainingPlan;
import java.util.List;

/** Small texts and models of them, for tests. */
final class LanguageTexts {
    private static final List<String> SENTENCES = List.of(
            "when it rains i stay home",
            "when it snows i stay home",
            "when the sun shines i go out",
            "it is cold and the sky has turned grey",
            "it is warm and the sky has turned blue");

    private LanguageTexts() {}

    /** Lines of a few sentences in a random order. */
    static String weather(int lines) {
        Rng rng = Rng.of(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(SENTENCES.get(rng.nextInt(SENTENCES.size()))).append('\n');
        }
        return text.toString();
    }

    /** A small network that learns them in a second. */
    static LanguageSpec tinySpec(Tokenizer tokenizer) {
        return LanguageSpec.builder()
                .tokenizer(tokenizer)
                .hidden(16)
                .layers(1)
                .steps(10)
                .regularizers(LanguageRegularizers.NONE)
                .build();
    }

    static TrainingPlan plan() {
        return LanguageModel.defaultPlan()
                .withEpochs(15)
                .withBatchSize(8)
                .withShardSize(4)
                .withLearningRate(0.02);
    }
}
