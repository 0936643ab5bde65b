package io.carousel.task.language;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a fit: files in UTF-8, plain or compressed with gzip, of any size.
 *
 * @param training the text to learn
 * @param validation the text by which the best epoch is chosen; null: the last part of the other
 * @param share the part of the training text, by tokens, that validates when no file is given, in [0, 1); 0 for none
 */
public record LanguageData(Path training, @Nullable Path validation, double share) {
    public LanguageData {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("share of the text that validates must be in [0, 1), got " + share);
        }
    }

    /** A text whose last tenth validates. */
    public static LanguageData of(Path text) {
        return new LanguageData(text, null, 0.1);
    }

    /** The same with a text that validates. */
    public LanguageData withValidation(@Nullable Path text) {
        return new LanguageData(training, text, share);
    }

    /** The same, of which another part validates. */
    public LanguageData withShare(double part) {
        return new LanguageData(training, validation, part);
    }
}
