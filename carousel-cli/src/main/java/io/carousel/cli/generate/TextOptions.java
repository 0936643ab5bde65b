package io.carousel.cli.generate;

import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.TokenKinds;
import io.carousel.task.StopSignal;
import io.carousel.text.BpeLearner;
import io.carousel.text.TextLines;
import io.carousel.text.Tokenizer;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a text is cut into tokens. */
final class TextOptions {
    private static final TokenKinds KINDS =
            new TokenKinds("--tokens", "characters, bytes, words, spaces, bpe", "carousel generate fit");

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

    /**
     * The tokenizer; that of pieces is learned from the text.
     *
     * @param stop ends the learning
     */
    Tokenizer tokenizer(Path text, StopSignal stop) {
        return tokens.toLowerCase(Locale.ROOT).equals(TokenKinds.LEARNED)
                ? learned(text, stop)
                : KINDS.of(tokens, lowerCase);
    }

    private Tokenizer learned(Path text, StopSignal stop) {
        Runnable check = () -> stop.requireNotStopped("it was learning pieces of words");
        BpeLearner learner = new BpeLearner(lowerCase);
        TextLines.readParts(text, PART, (part, ended) -> {
            check.run();
            learner.add(part);
        });
        return learner.learn((vocabulary == null ? USUAL_PIECES : vocabulary) - SPECIAL, check);
    }
}
