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
            names = "--no-repeat",
            paramLabel = "N",
            description = "Write no N tokens in a row twice. Default: allowed.",
            order = 12)
    private int distinct;

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
            int width = temperature > 0 ? 1 : beam != null ? beam : Math.max(best, usual.beam());
            return new DecoderOptions(
                    width,
                    best,
                    usual.least(),
                    most == null ? usual.most() : most,
                    lengthPenalty == null ? usual.lengthPenalty() : lengthPenalty,
                    usual.coveragePenalty(),
                    distinct,
                    temperature,
                    usual.topK(),
                    usual.topP(),
                    seed);
        } catch (IllegalArgumentException mistake) {
            throw new UserMistake(mistake.getMessage() + "; see carousel translate predict --help");
        }
    }
}
