package io.carousel.cli.translate;

import io.carousel.cli.command.TokenKinds;
import io.carousel.text.TokenSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what both sides are cut into. */
final class SideOptions {
    private static final String NAMES = "words, characters, bytes, spaces, bpe";
    private static final TokenKinds FROM = new TokenKinds("--from", NAMES, "carousel translate fit");
    private static final TokenKinds TO = new TokenKinds("--to", NAMES, "carousel translate fit");
    private static final String WORDS = "words";

    @Option(
            names = "--from",
            paramLabel = "KIND",
            description =
                    "What sources are cut into: words, characters, bytes, spaces (what stands between spaces), bpe (pieces "
                            + "of words that are learned first), a .model file of SentencePiece, or a tokenizer of "
                            + "CAROUSEL_CLASSPATH with its options, such as icu-words:locale=th. Default: words, of a "
                            + "dictionary characters.",
            order = 7)
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "KIND",
            description = "The same of targets. Default: words, of a dictionary spaces.",
            order = 7)
    private @Nullable String to;

    @Option(names = "--lower-case", description = "Turn capitals into small letters on both sides.", order = 7)
    private boolean lowerCase;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            description = "Most symbols of a side; rarer tokens are unknown. Default: 50000, of bpe 4000.",
            order = 7)
    private @Nullable Integer vocabulary;

    @Option(
            names = "--least-count",
            paramLabel = "N",
            description =
                    "Tokens that training has less often are unknown. Default: 2 of words, else 1; bpe knows all.",
            order = 7)
    private @Nullable Integer leastCount;

    /** How sources become tokens. */
    TokenSpec source(boolean dictionary) {
        String kind = from != null ? from : dictionary ? "characters" : WORDS;
        return FROM.spec(kind, lowerCase, vocabulary, leastCount);
    }

    /** How targets become tokens. */
    TokenSpec target(boolean dictionary) {
        String kind = to != null ? to : dictionary ? "spaces" : WORDS;
        return TO.spec(kind, lowerCase, vocabulary, leastCount);
    }
}
