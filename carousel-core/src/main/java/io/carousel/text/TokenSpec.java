package io.carousel.text;

import org.jspecify.annotations.Nullable;

/**
 * How texts become tokens, and which of these are symbols of a vocabulary with {@code <unk>} and {@code <eos>}: see
 * {@link TokenCode}.
 *
 * @param tokenizer cuts the texts; null for pieces of words, which are learned from the texts first ({@link BpeLearner})
 * @param lowerCase whether such pieces are in small letters; a tokenizer says that itself
 * @param vocabulary V at most; 0: 50,000, and 4,000 of learned pieces
 * @param leastCount tokens that the texts have less often are unknown; 0: 2 of words, so that a model learns what to do with an
 *     unknown one, else 1
 */
public record TokenSpec(@Nullable Tokenizer tokenizer, boolean lowerCase, int vocabulary, int leastCount) {
    /** The largest vocabulary: a model file must hold its list. */
    private static final int MOST_SYMBOLS = 100_000;

    /** The smallest vocabulary of learned pieces, of which 256 are bytes. */
    private static final int LEAST_PIECES = 514;

    public TokenSpec {
        if (tokenizer != null && lowerCase) {
            throw new IllegalArgumentException(
                    "small letters must be asked of the tokenizer, got both; leave away those of the learned pieces");
        }
        if ((vocabulary != 0 || leastCount != 0) && tokenizer != null && knowsItsSymbols(tokenizer)) {
            throw new IllegalArgumentException(
                    "vocabulary and least count must be left away for a tokenizer that knows its" + " symbols, got "
                            + vocabulary + " and " + leastCount);
        }
        if (tokenizer == null && leastCount != 0) {
            throw new IllegalArgumentException("least count must be left away for learned pieces, got " + leastCount
                    + "; all of them are symbols");
        }
        int least = tokenizer == null ? LEAST_PIECES : 3;
        if (vocabulary != 0 && (vocabulary < least || vocabulary > MOST_SYMBOLS)) {
            throw new IllegalArgumentException(
                    "symbols of a vocabulary" + (tokenizer == null ? " of learned pieces" : "")
                            + " must be from " + least + " to " + MOST_SYMBOLS + ", or 0 for the usual number, got "
                            + vocabulary);
        }
        if (leastCount < 0) {
            throw new IllegalArgumentException(
                    "least count of a token must be positive, or 0 for the usual one, got " + leastCount);
        }
    }

    /** What a tokenizer cuts, with the usual vocabulary. */
    public static TokenSpec of(Tokenizer tokenizer) {
        return new TokenSpec(tokenizer, false, 0, 0);
    }

    /** Pieces of words that are learned from the texts first, with the usual vocabulary. */
    public static TokenSpec learned(boolean lowerCase) {
        return new TokenSpec(null, lowerCase, 0, 0);
    }

    /** The same with another size of the vocabulary. */
    public TokenSpec withVocabulary(int symbols) {
        return new TokenSpec(tokenizer, lowerCase, symbols, leastCount);
    }

    /** The same with another least count. */
    public TokenSpec withLeastCount(int count) {
        return new TokenSpec(tokenizer, lowerCase, vocabulary, count);
    }

    /** Whether its vocabulary may have another size: where the tokenizer does not know its symbols, or is to be learned. */
    public boolean sizes() {
        return tokenizer == null || !knowsItsSymbols(tokenizer);
    }

    /** Whether its vocabulary is counted in the texts, so that rare tokens may be unknown. */
    public boolean counts() {
        return tokenizer != null && sizes();
    }

    private static boolean knowsItsSymbols(Tokenizer tokenizer) {
        return !tokenizer.symbols().isEmpty();
    }

    /** V at most. */
    int mostSymbols() {
        return vocabulary > 0 ? vocabulary : tokenizer == null ? 4_000 : 50_000;
    }

    /** How often the texts must have a token for it to be known. */
    int knownFrom() {
        return leastCount > 0 ? leastCount : tokenizer instanceof WordTokenizer ? 2 : 1;
    }
}
