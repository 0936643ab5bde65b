package io.carousel.task.translate;

import org.jspecify.annotations.Nullable;

/**
 * What a translator learns from.
 *
 * @param training pairs to learn
 * @param validation pairs that choose the best epoch; null: a part of the training sources, as the spec says
 */
public record TranslateData(PairSet training, @Nullable PairSet validation) {
    /** Training pairs alone. */
    public static TranslateData of(PairSet training) {
        return new TranslateData(training, null);
    }

    /** The same with validation pairs of their own. */
    public TranslateData withValidation(@Nullable PairSet pairs) {
        return new TranslateData(training, pairs);
    }
}
