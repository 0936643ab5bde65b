package io.carousel.task.classify;

import io.carousel.tensor.Rng;
import io.carousel.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/** Made-up examples that a small network learns in a second. */
final class Samples {
    private static final List<String> GOOD = List.of("good", "fine", "great", "lovely");
    private static final List<String> BAD = List.of("bad", "dull", "poor", "awful");
    private static final List<String> OTHER = List.of("the", "a", "film", "story", "is", "was", "and", "of");

    private Samples() {}

    /** Texts of a few words, of which one says whether they are {@code good} or {@code bad}. */
    static ExampleSet moods(int count, long seed) {
        Rng rng = Rng.of(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean good = rng.nextInt(2) == 1;
            List<String> words = new ArrayList<>();
            int length = 2 + rng.nextInt(6);
            for (int w = 0; w < length; w++) {
                words.add(OTHER.get(rng.nextInt(OTHER.size())));
            }
            words.set(rng.nextInt(length), (good ? GOOD : BAD).get(rng.nextInt(4)));
            examples.add(Example.text("m" + i, String.join(" ", words), good ? "good" : "bad"));
        }
        return ExampleSet.ofTexts("moods", examples);
    }

    /** Texts of which each may speak of {@code film}, of {@code music}, of both or of neither. */
    static ExampleSet topics(int count, long seed) {
        Rng rng = Rng.of(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = new ArrayList<>(List.of("we", "saw", "it", "then"));
            List<String> labels = new ArrayList<>();
            if (rng.nextInt(2) == 1) {
                words.set(rng.nextInt(2), rng.nextInt(2) == 1 ? "camera" : "actor");
                labels.add("film");
            }
            if (rng.nextInt(3) == 1) {
                words.set(2 + rng.nextInt(2), rng.nextInt(2) == 1 ? "violin" : "song");
                labels.add("music");
            }
            examples.add(Example.text("t" + i, String.join(" ", words), labels.toArray(String[]::new)));
        }
        return ExampleSet.ofTexts("topics", examples);
    }

    /** Waves of two features and of several lengths, slow ones and fast ones. */
    static ExampleSet waves(int count, long seed) {
        Rng rng = Rng.of(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = rng.nextInt(2);
            double phase = 6 * rng.nextDouble();
            float[][] rows = new float[12 + rng.nextInt(5)][];
            for (int t = 0; t < rows.length; t++) {
                double angle = phase + t * (kind == 1 ? 1.5 : 0.5);
                rows[t] = new float[] {
                    (float) (5 + StrictMath.sin(angle) + 0.1 * rng.nextGaussian()), (float) StrictMath.cos(angle)
                };
            }
            examples.add(Example.numbers("w" + i, rows, kind == 1 ? "fast" : "slow"));
        }
        return ExampleSet.ofNumbers("waves", List.of("x", "y"), examples);
    }

    static ClassifySpec.Builder small() {
        return ClassifySpec.builder().hidden(12).embedding(8).members(2);
    }

    static TrainingPlan quick() {
        return TrainingPlan.defaults()
                .withEpochs(12)
                .withBatchSize(16)
                .withShardSize(4)
                .withLearningRate(0.01)
                .withPatience(4);
    }
}
