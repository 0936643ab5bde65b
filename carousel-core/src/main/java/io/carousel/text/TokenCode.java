package io.carousel.text;

import io.carousel.data.DataException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts as token numbers. Symbol 0 is what is unknown and symbol 1 is {@value #END}, which ends a text and stands
 * before the first token that a decoder writes; a text that has that symbol in it has an unknown token there.
 *
 * @param tokenizer cuts the text
 * @param vocabulary the symbols
 */
public record TokenCode(Tokenizer tokenizer, Vocabulary vocabulary) {
    /** What ends a text. */
    public static final String END = "<eos>";

    /** The number of {@link #END}. */
    public static final int END_NUMBER = 1;

    /** Symbols that no tokenizer gives. */
    private static final int SPECIAL = 2;

    public TokenCode {
        if (vocabulary.number(END) != END_NUMBER) {
            throw new IllegalArgumentException("symbol " + END_NUMBER + " of a vocabulary must be " + END + ", got "
                    + (vocabulary.size() > END_NUMBER ? vocabulary.symbol(END_NUMBER) : "none"));
        }
    }

    /**
     * What texts come to.
     *
     * @throws DataException when they have no token
     */
    public static TokenCode learn(TokenSpec spec, List<String> texts, String name) {
        Tokenizer tokenizer = tokenizer(spec, texts);
        VocabularyBuilder builder = new VocabularyBuilder().specials(END);
        texts.forEach(text -> builder.add(tokenizer.tokens(text)));
        if (builder.total() == 0) {
            throw new DataException(name + " must have at least one token, got none; check the texts");
        }
        List<String> known = tokenizer.symbols();
        if (known.isEmpty()) {
            return new TokenCode(tokenizer, builder.build(spec.knownFrom(), spec.mostSymbols()));
        }
        Set<String> symbols = new LinkedHashSet<>(List.of(Vocabulary.UNKNOWN, END));
        symbols.addAll(known);
        return new TokenCode(tokenizer, Vocabulary.of(List.copyOf(symbols)));
    }

    private static Tokenizer tokenizer(TokenSpec spec, List<String> texts) {
        Tokenizer given = spec.tokenizer();
        if (given != null) {
            return given;
        }
        BpeLearner learner = new BpeLearner(spec.lowerCase());
        texts.forEach(learner::add);
        return learner.learn(spec.mostSymbols() - SPECIAL);
    }

    /** The tokens of a text. */
    public List<String> tokens(String text) {
        return tokenizer.tokens(text);
    }

    /** Whether a capital is the same token as its small letter. */
    public boolean ignoresCase() {
        return tokens("A").equals(tokens("a"));
    }

    /** The numbers of tokens, without that which ends them; 0 for what is unknown. */
    public int[] numbers(List<String> tokens) {
        int[] numbers = vocabulary.numbers(tokens);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = numbers[i] == END_NUMBER ? 0 : numbers[i];
        }
        return numbers;
    }

    /** The numbers of the tokens of a text, and that which ends it. */
    public int[] closed(List<String> tokens) {
        int[] numbers = numbers(tokens);
        int[] closed = Arrays.copyOf(numbers, numbers.length + 1);
        closed[numbers.length] = END_NUMBER;
        return closed;
    }

    /** Those of some tokens that the vocabulary does not have, each once. */
    public List<String> unknown(List<String> tokens) {
        return tokens.stream()
                .filter(token -> !vocabulary.contains(token) || token.equals(END))
                .distinct()
                .toList();
    }
}
