package io.carousel.cli.generate;

import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.UserMistake;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which texts are to be scored. */
final class ScoringOptions {
    @Option(
            names = "--score",
            paramLabel = "FILE",
            description = "Say how likely each line of this file is, the likeliest by bits per character first.",
            order = 20)
    private @Nullable Path score;

    @Option(
            names = "--fill",
            paramLabel = "TEXT",
            description = "A text with a gap, written as ___ or …, whose fillings are to be ranked.",
            order = 21)
    private @Nullable String fill;

    @Option(
            names = "--with",
            paramLabel = "A,B",
            split = ",",
            description = "The fillings. Default: the ten likeliest tokens, where the gap is at the end.",
            order = 22)
    private @Nullable List<String> fillings;

    boolean given() {
        return score != null || fill != null || fillings != null;
    }

    void check() {
        if (score != null && (fill != null || fillings != null)) {
            throw new UserMistake("--score and --fill must not be given together; call the command twice");
        }
        if (fillings != null && fill == null) {
            throw new UserMistake(
                    "--with must stand beside --fill, got no text with a gap; add --fill \"the sky is ___\"");
        }
        if (score != null) {
            Inputs.check("--score", score);
        }
    }

    @Nullable
    Path score() {
        return score;
    }

    @Nullable
    String fill() {
        return fill;
    }

    @Nullable
    List<String> fillings() {
        return fillings;
    }
}
