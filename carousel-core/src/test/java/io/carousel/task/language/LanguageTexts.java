package io.carousel.task.language;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.model.Provenance;
import io.carousel.tensor.Rng;
import io.carousel.text.Tokenizer;
import io.carousel.text.Vocabulary;
import io.carousel.train.TrainingPlan;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Small texts and models of them, for tests. */
final class LanguageTexts {
    static final List<String> SENTENCES = List.of(
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
    static LanguageSpec.Builder tiny(Tokenizer tokenizer) {
        return LanguageSpec.builder()
                .tokenizer(tokenizer)
                .leastCount(1)
                .hidden(16)
                .layers(1)
                .steps(10)
                .regularizers(LanguageRegularizers.NONE);
    }

    static TrainingPlan plan() {
        return LanguageModel.defaultPlan()
                .withEpochs(15)
                .withBatchSize(8)
                .withShardSize(4)
                .withLearningRate(0.02);
    }

    /** A model that has learnt nothing, whose weights are large enough that its probabilities differ. */
    static LanguageModel random(LanguageSpec spec, String... symbols) {
        Vocabulary vocabulary = Vocabulary.of(List.of(symbols));
        Network network = LanguageNetwork.create(spec, symbols.length, Rng.of(11));
        LanguageEncoding encoding =
                new LanguageEncoding(LanguageEncoding.TASK, spec, vocabulary, 0, List.of(), false, List.of());
        Provenance provenance =
                Provenance.of("none", "none", Json.object(), 11, Kernels.best().name(), Duration.ZERO);
        return LanguageModel.of(Model.of(network, (ObjectNode) Json.tree(encoding), provenance), encoding);
    }
}
