package io.carousel.cli.translate;

import io.carousel.cli.command.UserMistake;
import io.carousel.task.translate.DecoderOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How translations are searched for, or drawn. */
final class SearchOptions {
    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Keep the N most likely beginnings on the way; 1 takes the most likely token each time. "
                    + "Default: 5.",
            order = 10)
    private @Nullable Integer beam;

    @Option(
            names = "--length-penalty",
            paramLabel = "X",
            description = "Compare log p / ((5 + length) / 6)^X, so that short translations are not preferred. "
                    + "Default: 0.6.",
            order = 11)
    private @Nullable Double lengthPenalty;

    @Option(
            names = "--coverage-penalty",
            paramLabel = "X",
            description =
                    "Add X times the sum of log min(1, attention) of each source token, so that none is left out. "
                            + "Default: 0.",
            order = 11)
    private @Nullable Double coveragePenalty;

    @Option(
            names = "--no-repeat",
            paramLabel = "N",
            description = "Write no N tokens in a row twice. Default: allowed.",
            order = 12)
    private int distinct;

    @Option(
            names = "--least-tokens",
            paramLabel = "N",
            description = "Let no translation end before it has so many tokens. Default: 0.",
            order = 13)
    private @Nullable Integer least;

    @Option(
            names = "--most-tokens",
            paramLabel = "N",
            description = "Cut translations that have not ended by then. Default: the longest of the training.",
            order = 13)
    private @Nullable Integer most;

    @Option(
            names = "--temperature",
            paramLabel = "X",
            description = "Draw tokens at random instead: 1 as the model says, below 1 likely ones more often. "
                    + "Default: 0, nothing is drawn.",
            order = 14)
    private double temperature;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            description = "With --temperature: draw from the N most likely tokens only.",
            order = 14)
    private @Nullable Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "With --temperature: draw from the fewest tokens that together have this probability.",
            order = 14)
    private @Nullable Double topP;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of what is drawn; the same seed draws the same. Default: 1.",
            order = 14)
    private long seed = 1;

    /**
     * The options of a decoder.
     *
     * @param usual what stands where nothing was given
     * @param best how many translations of a source are wanted
     */
    DecoderOptions options(DecoderOptions usual, int best) {
        try {
            if (temperature > 0 && beam != null && beam > 1) {
                throw new UserMistake("--beam must not be given with --temperature; a search draws nothing");
            }
            if (temperature == 0 && (topK != null || topP != null)) {
                throw new UserMistake(
                        "--top-k and --top-p must be given with --temperature; without it nothing is drawn");
            }
            int width = temperature > 0 ? 1 : beam != null ? beam : Math.max(best, usual.beam());
            return new DecoderOptions(
                    width,
                    best,
                    least == null ? usual.least() : least,
                    most == null ? usual.most() : most,
                    lengthPenalty == null ? usual.lengthPenalty() : lengthPenalty,
                    coveragePenalty == null ? usual.coveragePenalty() : coveragePenalty,
                    distinct,
                    temperature,
                    topK == null ? usual.topK() : topK,
                    topP == null ? usual.topP() : topP,
                    seed);
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel translate predict");
        }
    }
}
