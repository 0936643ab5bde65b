package io.carousel.task.language;

import io.carousel.data.DataException;
import io.carousel.data.TokenFile;
import io.carousel.text.ByteTokenizer;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.TextLines;
import io.carousel.text.Tokenizer;
import io.carousel.text.Vocabulary;
import io.carousel.text.VocabularyBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Texts as token numbers: the tokens of each line, and one that ends it, also the last.
 *
 * <p>What ends a line is a line feed where tokens are characters or bytes, and else {@value #LINE_END}. Immutable.
 */
final class TextCode {
    /** What ends a line where tokens are words or pieces of words. */
    static final String LINE_END = "<eos>";

    /** Characters of a line that are cut into tokens at once, so that a text without lines takes little memory. */
    private static final int PART = 1 << 16;

    private final Tokenizer tokenizer;
    private final Vocabulary vocabulary;
    private final int lineEnd;

    TextCode(Tokenizer tokenizer, Vocabulary vocabulary) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        String symbol = lineEnd(tokenizer);
        if (!vocabulary.contains(symbol)) {
            throw new IllegalArgumentException("vocabulary must have \"" + (symbol.equals("\n") ? "\\n" : symbol)
                    + "\", the symbol that ends a line, got " + vocabulary + " without");
        }
        lineEnd = vocabulary.number(symbol);
    }

    /** The symbol that ends a line. */
    static String lineEnd(Tokenizer tokenizer) {
        if (tokenizer instanceof CharacterTokenizer) {
            return "\n";
        }
        return tokenizer instanceof ByteTokenizer ? "0a" : LINE_END;
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    int lineEnd() {
        return lineEnd;
    }

    // ---------------------------------------------------------------- files

    /**
     * What a first reading of a file finds.
     *
     * @param sha256 of the file; null when it was not read
     */
    record Counted(Vocabulary vocabulary, @Nullable String sha256) {}

    /**
     * The vocabulary of a file: all that the tokenizer knows or, where any token may come, the frequent ones, in the order of
     * their counts. What the tokenizer knows is counted only where the output wants what is frequent first.
     *
     * @param eachLine is run for each line, and may throw to end the reading
     */
    static Counted count(Path text, LanguageSpec spec, Runnable eachLine) {
        Tokenizer tokenizer = spec.tokenizer();
        String end = lineEnd(tokenizer);
        List<String> known = tokenizer.symbols();
        if (!known.isEmpty()) {
            Set<String> symbols = new LinkedHashSet<>(List.of(Vocabulary.UNKNOWN, end));
            symbols.addAll(known);
            if (symbols.size() > LanguageSpec.MOST_SYMBOLS) {
                throw new DataException("symbols of the tokenizer must be at most " + LanguageSpec.MOST_SYMBOLS
                        + ", got " + symbols.size() + "; use a smaller one");
            }
            if (!spec.output().wantsFrequentFirst()) {
                return new Counted(Vocabulary.of(List.copyOf(symbols)), null);
            }
            VocabularyBuilder builder = new VocabularyBuilder().specials(end);
            String sha256 = count(text, tokenizer, builder, eachLine);
            Set<String> ordered =
                    new LinkedHashSet<>(builder.build(1, symbols.size()).symbols());
            ordered.retainAll(symbols);
            ordered.addAll(symbols);
            return new Counted(Vocabulary.of(List.copyOf(ordered)), sha256);
        }
        VocabularyBuilder builder = new VocabularyBuilder().specials(end);
        String sha256 = count(text, tokenizer, builder, eachLine);
        return new Counted(builder.build(spec.knownFrom(), spec.vocabulary()), sha256);
    }

    private static String count(Path text, Tokenizer tokenizer, VocabularyBuilder builder, Runnable eachLine) {
        return TextLines.readParts(text, PART, (part, ended) -> {
            eachLine.run();
            builder.add(tokenizer.tokens(part));
        });
    }

    /**
     * A text in a file of token numbers.
     *
     * @param unknown how many of the tokens are {@code <unk>}
     */
    record Encoded(TokenFile file, String sha256, long unknown) implements AutoCloseable {
        @Override
        public void close() {
            file.close();
        }
    }

    /**
     * Encodes a file; the caller closes the result.
     *
     * @param eachLine is run for each line, and may throw to end the reading, of which then nothing stays
     */
    Encoded encode(Path text, Runnable eachLine) {
        String[] sha256 = new String[1];
        long[] unknown = new long[1];
        TokenFile file = TokenFile.write(
                vocabulary.size(),
                sink -> sha256[0] = read(text, line -> {
                    eachLine.run();
                    for (int number : line.numbers) {
                        unknown[0] += number == 0 ? 1 : 0;
                        sink.token(number);
                    }
                }));
        return new Encoded(file, sha256[0], unknown[0]);
    }

    /**
     * A line of a text, or a part of a long one.
     *
     * @param characters with the line end
     * @param tokens with that which ends the line
     * @param numbers of the tokens
     */
    record Line(long characters, List<String> tokens, int[] numbers) {}

    /** Takes the lines of a text. */
    interface LineSink {
        void line(Line line);
    }

    /** Reads a file line by line and returns its SHA-256. */
    String read(Path text, LineSink sink) {
        return TextLines.readParts(text, PART, (part, ended) -> sink.line(line(part, ended)));
    }

    private Line line(String text, boolean ended) {
        List<String> tokens = new ArrayList<>(tokenizer.tokens(text));
        int characters = text.codePointCount(0, text.length());
        if (ended) {
            tokens.add(vocabulary.symbol(lineEnd));
        }
        return new Line(ended ? characters + 1L : characters, tokens, vocabulary.numbers(tokens));
    }

    // ---------------------------------------------------------------- texts in memory

    /** The lines of a text, the last of which is ended, too. */
    List<Line> lines(String text) {
        List<String> parts = split(text);
        if (parts.get(parts.size() - 1).isEmpty()) {
            parts.remove(parts.size() - 1);
        }
        return parts.stream().map(part -> line(part, true)).toList();
    }

    /** The tokens of a text that goes on: its last line is not ended. */
    List<String> open(String text) {
        List<String> tokens = new ArrayList<>();
        List<String> parts = split(text);
        for (int i = 0; i < parts.size(); i++) {
            tokens.addAll(tokenizer.tokens(parts.get(i)));
            if (i < parts.size() - 1) {
                tokens.add(vocabulary.symbol(lineEnd));
            }
        }
        return tokens;
    }

    private static List<String> split(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int point = text.codePointAt(i);
                if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                    throw new DataException("text must be whole characters, got half of a surrogate pair at " + i
                            + "; it was cut inside a character");
                }
                i++;
            }
        }
        return new ArrayList<>(List.of(text.split("\r\n|\r|\n", -1)));
    }

    /** The tokens that the vocabulary does not have, each once. */
    List<String> unknown(List<String> tokens) {
        Set<String> unknown = new LinkedHashSet<>();
        for (String token : tokens) {
            if (!vocabulary.contains(token)) {
                unknown.add(token);
            }
        }
        return List.copyOf(unknown);
    }
}
