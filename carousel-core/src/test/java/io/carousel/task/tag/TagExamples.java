package io.carousel.task.tag;

import io.carousel.layer.Direction;
import io.carousel.task.FitOptions;
import io.carousel.tensor.Rng;
import io.carousel.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/** Sentences of a made-up language in which the word after tells what a name is. */
final class TagExamples {
    private static final List<String> NAMES = List.of("Teddy", "Rosa", "Ada", "Max", "Ina", "Bo");
    private static final List<String> PERSONS = List.of("was", "spoke", "laughed");
    private static final List<String> THINGS = List.of("bears", "cars", "dolls");

    private TagExamples() {}

    /** {@code Teddy Roosevelt was here} has a person, {@code Teddy bears are here} a product. */
    static List<Sentence> sentences(int count, long seed) {
        Rng rng = Rng.of(seed);
        List<Sentence> sentences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = NAMES.get(rng.nextInt(NAMES.size()));
            boolean person = rng.nextInt(2) == 0;
            List<String> words = new ArrayList<>(List.of("yesterday", name));
            List<String> tags = new ArrayList<>(List.of("O", person ? "B-PER" : "B-PRO"));
            if (person) {
                if (rng.nextInt(2) == 0) {
                    words.add("Roosevelt" + rng.nextInt(3));
                    tags.add("I-PER");
                }
                words.add(PERSONS.get(rng.nextInt(PERSONS.size())));
                tags.add("O");
            } else {
                words.add(THINGS.get(rng.nextInt(THINGS.size())));
                tags.add("I-PRO");
            }
            words.add("here");
            tags.add("O");
            sentences.add(Sentence.of(words).withTags(tags));
        }
        return sentences;
    }

    static TagData data() {
        return TagData.of(SentenceSet.of(sentences(120, 1)));
    }

    /** A small network that learns this in a second. */
    static TagSpec.Builder spec() {
        return TagSpec.builder()
                .wordSize(8)
                .characterSize(5)
                .characterOutputs(6)
                .mostCharacters(6)
                .capitals(false)
                .suffixes(List.of())
                .hidden(8)
                .direction(Direction.BIDIRECTIONAL)
                .dropout(0.1);
    }

    static TrainingPlan plan() {
        return SequenceTagger.defaultPlan().withEpochs(12).withLearningRate(0.02);
    }

    static SequenceTagger tagger() {
        return SequenceTagger.fit(data(), spec().build(), plan(), FitOptions.defaults())
                .tagger();
    }
}
