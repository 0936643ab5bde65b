package io.carousel.cli.command;

import io.carousel.text.ByteTokenizer;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.ProvidedTokenizer;
import io.carousel.text.SentencePieceFile;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.TokenSpec;
import io.carousel.text.Tokenizer;
import io.carousel.text.WordTokenizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The tokenizers that an option such as {@code --tokens} names.
 *
 * @param option such as {@code --tokens}
 * @param names what a command takes beside files and tokenizers of the class path, such as {@code words, bytes}
 * @param command whose help tells more
 */
public record TokenKinds(String option, String names, String command) {
    /** Pieces of words that are learned first. */
    public static final String LEARNED = "bpe";

    /**
     * The tokenizer of a kind: {@code characters}, {@code words}, {@code spaces}, {@code bytes}, a file of SentencePiece, or
     * one of the class path with its options.
     *
     * @param lowerCase whether capitals become small letters
     */
    public Tokenizer of(String kind, boolean lowerCase) {
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "characters" -> new CharacterTokenizer(lowerCase);
            case "words" -> new WordTokenizer(lowerCase);
            case "spaces" -> new SpaceTokenizer(lowerCase);
            case "bytes" -> asItIs(kind, lowerCase, new ByteTokenizer());
            default -> {
                boolean file = kind.endsWith(".model") || kind.endsWith(".model.gz");
                yield asItIs(
                        kind,
                        lowerCase,
                        file
                                ? SentencePieceFile.read(Inputs.check("SentencePiece model", Path.of(kind)))
                                : provided(kind));
            }
        };
    }

    /** The same as how texts become tokens, which may be {@value #LEARNED}, too. */
    public TokenSpec spec(String kind, boolean lowerCase) {
        return kind.equalsIgnoreCase(LEARNED) ? TokenSpec.learned(lowerCase) : TokenSpec.of(of(kind, lowerCase));
    }

    private Tokenizer asItIs(String kind, boolean lowerCase, Tokenizer tokenizer) {
        if (lowerCase) {
            throw new UserMistake("--lower-case must not be given with " + option + " " + kind
                    + ", which takes a text as it is; leave it away");
        }
        return tokenizer;
    }

    /** A tokenizer that a module on the class path brings: its name, and after a colon its options. */
    private Tokenizer provided(String kind) {
        int colon = kind.indexOf(':');
        Map<String, String> options = new LinkedHashMap<>();
        if (colon >= 0) {
            for (String pair : kind.substring(colon + 1).split(",", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 1 || options.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                    throw new UserMistake(
                            "options in " + option + " must be NAME=VALUE, each once, with commas between, got " + kind
                                    + "; write such as icu-words:locale=th,lowerCase=true");
                }
            }
        }
        try {
            return new ProvidedTokenizer(colon < 0 ? kind : kind.substring(0, colon), null, options);
        } catch (IllegalArgumentException mistake) {
            String why = String.valueOf(mistake.getMessage());
            int remedy = why.indexOf("; ");
            throw new UserMistake(option + " must be " + names + ", a .model file of SentencePiece or"
                    + " a tokenizer of CAROUSEL_CLASSPATH, got " + kind + ": "
                    + (remedy < 0 ? why : why.substring(0, remedy)) + "; see " + command + " --help");
        }
    }
}
