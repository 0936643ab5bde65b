package io.carousel.task.encode;

import io.carousel.task.classify.Example;
import io.carousel.task.classify.ExampleSet;
import io.carousel.tensor.Rng;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.TokenSpec;
import io.carousel.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/** Made-up sequences that a small network learns in a second. */
final class Sequences {
    private Sequences() {}

    /** Waves of two features, each of one phase and one of two frequencies. */
    static ExampleSet waves(int count, int steps, long seed) {
        Rng rng = Rng.of(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean fast = rng.nextInt(2) == 1;
            double phase = 6 * rng.nextDouble();
            float[][] rows = new float[steps][];
            for (int t = 0; t < steps; t++) {
                double angle = phase + t * (fast ? 0.8 : 0.4);
                rows[t] = new float[] {(float) (5 + StrictMath.sin(angle)), (float) (0.1 * StrictMath.cos(angle))};
            }
            examples.add(Example.numbers("w" + i, rows, fast ? "fast" : "slow"));
        }
        return ExampleSet.ofNumbers("waves", List.of("x", "y"), examples);
    }

    /** Texts of one to three of the letters a to d. */
    static ExampleSet letters(int count, long seed) {
        Rng rng = Rng.of(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + rng.nextInt(3);
            for (int c = 0; c < length; c++) {
                text.append((char) ('a' + rng.nextInt(4)));
            }
            examples.add(Example.text("t" + i, text.toString()));
        }
        return ExampleSet.ofTexts("letters", examples);
    }

    static EncodeSpec.Builder small() {
        return EncodeSpec.builder().hidden(12).size(4);
    }

    static EncodeSpec.Builder ofLetters() {
        return small().text(TokenSpec.of(new CharacterTokenizer(false))).embedding(6);
    }

    static TrainingPlan epochs(int count) {
        return TrainingPlan.defaults()
                .withEpochs(count)
                .withBatchSize(16)
                .withShardSize(4)
                .withLearningRate(0.01);
    }
}
