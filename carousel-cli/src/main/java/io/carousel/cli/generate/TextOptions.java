package io.carousel.cli.generate;

import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.UserMistake;
import io.carousel.text.BpeLearner;
import io.carousel.text.ByteTokenizer;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.ProvidedTokenizer;
import io.carousel.text.SentencePieceFile;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.TextLines;
import io.carousel.text.Tokenizer;
import io.carousel.text.WordTokenizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a text is cut into tokens. */
final class TextOptions {
    /** The symbols that are learned where nobody says how many. */
    private static final int USUAL_PIECES = 4000;

    /** Lines are learned from in parts of at most so many characters. */
    private static final int PART = 1 << 16;

    /** Symbols of a vocabulary that are no pieces: {@code <unk>} and the end of a line. */
    private static final int SPECIAL = 2;

    @Option(
            names = "--tokens",
            paramLabel = "KIND",
            description =
                    "What the text is cut into: characters, bytes, words, spaces (what stands between spaces), bpe "
                            + "(pieces of words that are learned first), a .model file of SentencePiece, or a tokenizer of "
                            + "CAROUSEL_CLASSPATH with its options, such as icu-words:locale=th. Default: characters.",
            order = 1)
    private String tokens = "characters";

    @Option(names = "--lower-case", description = "Turn capitals into small letters.", order = 2)
    private boolean lowerCase;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            description = "Most symbols; rarer tokens are unknown. Default: 50000, of bpe 4000.",
            order = 3)
    private @Nullable Integer vocabulary;

    @Option(
            names = "--least-count",
            paramLabel = "N",
            description = "Tokens that the text has less often are unknown. Default: 1.",
            order = 4)
    private @Nullable Integer leastCount;

    @Option(
            names = "--validation",
            paramLabel = "TEXT",
            description = "The text that chooses the best epoch. Default: the last tenth of the text.",
            order = 5)
    private @Nullable Path validation;

    @Nullable
    Path validation() {
        return validation == null ? null : Inputs.check("validation", validation);
    }

    @Nullable
    Integer vocabulary() {
        return vocabulary;
    }

    @Nullable
    Integer leastCount() {
        return leastCount;
    }

    /** Whether tokens are so short that chunks should have more of them. */
    boolean shortTokens() {
        return tokens.equals("characters") || tokens.equals("bytes");
    }

    /** The tokenizer; that of pieces is learned from the text. */
    Tokenizer tokenizer(Path text) {
        return switch (tokens.toLowerCase(Locale.ROOT)) {
            case "characters" -> new CharacterTokenizer(lowerCase);
            case "words" -> new WordTokenizer(lowerCase);
            case "spaces" -> new SpaceTokenizer(lowerCase);
            case "bytes" -> asItIs(new ByteTokenizer());
            case "bpe" -> learned(text);
            default -> {
                boolean file = tokens.endsWith(".model") || tokens.endsWith(".model.gz");
                yield asItIs(
                        file
                                ? SentencePieceFile.read(Inputs.check("SentencePiece model", Path.of(tokens)))
                                : provided());
            }
        };
    }

    /** A tokenizer that a module on the class path brings: its name, and after a colon its options. */
    private Tokenizer provided() {
        int colon = tokens.indexOf(':');
        Map<String, String> options = new LinkedHashMap<>();
        if (colon >= 0) {
            for (String option : tokens.substring(colon + 1).split(",", -1)) {
                int equals = option.indexOf('=');
                if (equals < 1 || options.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
                    throw new UserMistake("options in --tokens must be NAME=VALUE, each once, with commas between, got "
                            + tokens + "; write such as icu-words:locale=th,lowerCase=true");
                }
            }
        }
        try {
            return new ProvidedTokenizer(colon < 0 ? tokens : tokens.substring(0, colon), null, options);
        } catch (IllegalArgumentException mistake) {
            String why = String.valueOf(mistake.getMessage());
            int remedy = why.indexOf("; ");
            throw new UserMistake(
                    "--tokens must be characters, bytes, words, spaces, bpe, a .model file of SentencePiece or"
                            + " a tokenizer of CAROUSEL_CLASSPATH, got " + tokens + ": "
                            + (remedy < 0 ? why : why.substring(0, remedy)) + "; see carousel generate fit --help");
        }
    }

    private Tokenizer asItIs(Tokenizer tokenizer) {
        if (lowerCase) {
            throw new UserMistake("--lower-case must not be given with --tokens " + tokens
                    + ", which takes a text as it is; leave it away");
        }
        return tokenizer;
    }

    private Tokenizer learned(Path text) {
        BpeLearner learner = new BpeLearner(lowerCase);
        TextLines.readParts(text, PART, (part, ended) -> learner.add(part));
        return learner.learn((vocabulary == null ? USUAL_PIECES : vocabulary) - SPECIAL);
    }
}
