package io.carousel.cli.translate;

import io.carousel.task.translate.SideSpec;
import io.carousel.task.translate.TextLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what both sides are cut into. */
final class SideOptions {
    @Option(
            names = "--from",
            paramLabel = "TOKENS",
            description =
                    "What sources are cut into: words, characters, spaces (what stands between spaces), or subwords "
                            + "(pieces of words that are learned first). Default: words, of a dictionary characters.",
            order = 7)
    private @Nullable TextLevel from;

    @Option(
            names = "--to",
            paramLabel = "TOKENS",
            description = "The same of targets. Default: words, of a dictionary spaces.",
            order = 7)
    private @Nullable TextLevel to;

    @Option(names = "--lower-case", description = "Turn capitals into small letters on both sides.", order = 7)
    private boolean lowerCase;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            description = "Most symbols of a side; rarer tokens are unknown. Default: 50000, of subwords 4000.",
            order = 7)
    private @Nullable Integer vocabulary;

    @Option(
            names = "--least-count",
            paramLabel = "N",
            description = "Tokens that training has less often are unknown. Default: 2 of words, else 1.",
            order = 7)
    private @Nullable Integer leastCount;

    /** The side of the sources. */
    SideSpec source(boolean dictionary) {
        return side(from == null ? dictionary ? TextLevel.CHARACTERS : TextLevel.WORDS : from);
    }

    /** The side of the targets. */
    SideSpec target(boolean dictionary) {
        return side(to == null ? dictionary ? TextLevel.SPACES : TextLevel.WORDS : to);
    }

    private SideSpec side(TextLevel level) {
        SideSpec side = SideSpec.of(level).withLowerCase(lowerCase);
        side = vocabulary == null ? side : side.withVocabulary(vocabulary);
        return leastCount == null ? side : side.withLeastCount(leastCount);
    }
}
