package io.carousel.task.tag;

import io.carousel.text.WordVectors;
import org.jspecify.annotations.Nullable;

/**
 * What a tagger learns from.
 *
 * @param training sentences with tags
 * @param validation sentences that choose the best epoch; null: a part of the training sentences, as the spec says
 * @param vectors pretrained rows of words; null for none. A word of the vocabulary gets the vector of its own form or, if
 *     there is none, that of the first word of the file that is the same in small letters
 */
public record TagData(
        SentenceSet training,
        @Nullable SentenceSet validation,
        @Nullable WordVectors vectors) {
    /** Training sentences alone. */
    public static TagData of(SentenceSet training) {
        return new TagData(training, null, null);
    }

    /** The same with validation sentences of their own. */
    public TagData withValidation(@Nullable SentenceSet sentences) {
        return new TagData(training, sentences, vectors);
    }

    /** The same with pretrained rows of words. */
    public TagData withVectors(@Nullable WordVectors file) {
        return new TagData(training, validation, file);
    }
}
