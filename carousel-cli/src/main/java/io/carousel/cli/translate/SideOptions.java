package io.carousel.cli.translate;

import io.carousel.cli.command.TokenKinds;
import io.carousel.cli.command.UserMistake;
import io.carousel.task.translate.TranslateSpec;
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

    /** Sets how both sides become tokens; what concerns a vocabulary, for those sides that have none of their own. */
    void apply(TranslateSpec.Builder spec, boolean dictionary) {
        TokenSpec source = FROM.spec(from != null ? from : dictionary ? "characters" : WORDS, lowerCase);
        TokenSpec target = TO.spec(to != null ? to : dictionary ? "spaces" : WORDS, lowerCase);
        require("--vocabulary", vocabulary, source.sizes() || target.sizes());
        require("--least-count", leastCount, source.counts() || target.counts());
        spec.source(numbered(source)).target(numbered(target));
    }

    private static void require(String option, @Nullable Integer given, boolean used) {
        if (given != null && !used) {
            throw new UserMistake(option + " must be left away where no side takes it, got " + given
                    + "; the tokens of both sides are symbols as they are");
        }
    }

    private TokenSpec numbered(TokenSpec side) {
        TokenSpec sized = vocabulary != null && side.sizes() ? side.withVocabulary(vocabulary) : side;
        return leastCount != null && side.counts() ? sized.withLeastCount(leastCount) : sized;
    }
}
