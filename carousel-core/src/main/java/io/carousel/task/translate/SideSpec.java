package io.carousel.task.translate;

import java.util.Objects;

/**
 * How one side of a pair is read. Text is in the composed form of Unicode.
 *
 * @param level what it is cut into
 * @param lowerCase whether capitals become small letters
 * @param vocabulary V at most, with {@code <unk>} and {@code <eos>}; 0: 50,000, and 4,000 of subwords
 * @param leastCount tokens that training has less often are unknown, of subwords none; 0: 2 of words, so that the model learns
 *     what to do with an unknown one, else 1
 */
public record SideSpec(TextLevel level, boolean lowerCase, int vocabulary, int leastCount) {
    /** The largest vocabulary: a model file must hold its list. */
    static final int MOST_SYMBOLS = 100_000;

    /** The smallest vocabulary of subwords, of which 256 are bytes. */
    private static final int LEAST_PIECES = 514;

    public SideSpec {
        Objects.requireNonNull(level, "level");
        int least = level == TextLevel.SUBWORDS ? LEAST_PIECES : 3;
        if (vocabulary != 0 && (vocabulary < least || vocabulary > MOST_SYMBOLS)) {
            throw new IllegalArgumentException("symbols of a vocabulary of " + name(level) + " must be from " + least
                    + " to " + MOST_SYMBOLS + ", or 0 for the usual number, got " + vocabulary);
        }
        if (leastCount < 0) {
            throw new IllegalArgumentException(
                    "least count of a token must be positive, or 0 for the usual one, got " + leastCount);
        }
    }

    private static String name(TextLevel level) {
        return level.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** A side with the usual vocabulary and its capitals. */
    public static SideSpec of(TextLevel level) {
        return new SideSpec(level, false, 0, 0);
    }

    /** The same in small letters, or not. */
    public SideSpec withLowerCase(boolean lower) {
        return new SideSpec(level, lower, vocabulary, leastCount);
    }

    /** The same with another size of the vocabulary. */
    public SideSpec withVocabulary(int symbols) {
        return new SideSpec(level, lowerCase, symbols, leastCount);
    }

    /** The same with another least count. */
    public SideSpec withLeastCount(int count) {
        return new SideSpec(level, lowerCase, vocabulary, count);
    }

    /** V at most. */
    int mostSymbols() {
        return vocabulary > 0 ? vocabulary : level == TextLevel.SUBWORDS ? 4_000 : 50_000;
    }

    /** How often training must have a token for it to be known. */
    int knownFrom() {
        return leastCount > 0 ? leastCount : level == TextLevel.WORDS ? 2 : 1;
    }
}
