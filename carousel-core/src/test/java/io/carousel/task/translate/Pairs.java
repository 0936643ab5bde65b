package io.carousel.task.translate;

import io.carousel.task.FitOptions;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.TokenSpec;
import io.carousel.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/** Small pairs for tests: numbers in digits, and the same in words. */
final class Pairs {
    private static final List<String> WORDS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    private Pairs() {}

    /** All numbers below 100 of one or two digits, such as {@code 4 2} and {@code four two}. */
    static PairSet numbers() {
        List<TextPair> pairs = new ArrayList<>();
        for (int first = 0; first < 10; first++) {
            pairs.add(TextPair.of("" + first, WORDS.get(first)));
            for (int second = 0; second < 10; second++) {
                pairs.add(TextPair.of(first + " " + second, WORDS.get(first) + " " + WORDS.get(second)));
            }
        }
        return PairSet.of(pairs);
    }

    /** A network that learns in a blink. */
    static TranslateSpec.Builder tiny() {
        return TranslateSpec.builder()
                .source(TokenSpec.of(new SpaceTokenizer(false)))
                .target(TokenSpec.of(new SpaceTokenizer(false)))
                .hidden(24)
                .embedding(12)
                .dropout(0)
                .validation(0.1);
    }

    static TrainingPlan plan(int epochs) {
        return Translator.defaultPlan()
                .withEpochs(epochs)
                .withBatchSize(4)
                .withShardSize(4)
                .withLearningRate(0.01);
    }

    static TranslateFit fit(TranslateSpec spec, int epochs) {
        return Translator.fit(TranslateData.of(numbers()), spec, plan(epochs), FitOptions.defaults());
    }
}
