package io.carousel.task.tag;

import java.util.List;

/**
 * What a tagger makes of a sentence.
 *
 * @param sentence as it was given
 * @param taggings the best few, the best first; at least one
 * @param confidence for each word, the probability of its tag in the best, whatever the other words have
 */
public record TagPrediction(Sentence sentence, List<Tagging> taggings, List<Double> confidence) {
    public TagPrediction {
        taggings = List.copyOf(taggings);
        confidence = List.copyOf(confidence);
    }

    /** The best tagging. */
    public Tagging best() {
        return taggings.get(0);
    }

    /** The tags of the best tagging. */
    public List<String> tags() {
        return best().tags();
    }
}
