package io.carousel.cli.generate;

import io.carousel.cli.command.UserMistake;
import io.carousel.task.language.GenerationOptions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a text is written. */
final class WritingOptions {
    @Option(names = "--prompt", paramLabel = "TEXT", description = "The text to go on with. Default: none.", order = 1)
    private @Nullable String prompt;

    @Option(names = "--length", paramLabel = "N", description = "Most tokens to write. Default: 200.", order = 2)
    private @Nullable Integer length;

    @Option(
            names = "--temperature",
            paramLabel = "X",
            description = "Below 1 likely tokens become likelier, 0 always takes the most likely one. Default: 1.",
            order = 3)
    private @Nullable Double temperature;

    @Option(names = "--top-k", paramLabel = "N", description = "Draw from the N most likely tokens only.", order = 4)
    private @Nullable Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Draw from the fewest tokens that together have this probability.",
            order = 5)
    private @Nullable Double topP;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Draw nothing, but search for the most likely text, keeping N on the way.",
            order = 6)
    private @Nullable Integer beam;

    @Option(
            names = "--length-penalty",
            paramLabel = "X",
            description = "Of a search: compare log p / length^X. Default: 1.",
            order = 7)
    private @Nullable Double lengthPenalty;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the random numbers; the same seed gives the same text. Default: 1.",
            order = 8)
    private @Nullable Long seed;

    @Option(
            names = "--stop",
            paramLabel = "SYMBOL",
            description = "End before this symbol, such as <eos> where tokens are words.",
            order = 9)
    private @Nullable String stop;

    /** Whether any of these was given. */
    boolean given() {
        return Stream.of(prompt, length, temperature, topK, topP, beam, lengthPenalty, seed, stop)
                .anyMatch(option -> option != null);
    }

    String prompt() {
        return prompt == null ? "" : prompt;
    }

    GenerationOptions options() {
        try {
            GenerationOptions usual = GenerationOptions.defaults();
            int width = beam == null ? 1 : beam;
            return new GenerationOptions(
                    length == null ? 200 : length,
                    temperature == null ? usual.temperature() : temperature,
                    topK == null ? usual.topK() : topK,
                    topP == null ? usual.topP() : topP,
                    width,
                    lengthPenalty != null ? lengthPenalty : width > 1 ? 1 : 0,
                    seed == null ? usual.seed() : seed,
                    stop == null ? null : stop.equals("\\n") ? "\n" : stop,
                    usual.unknown());
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel generate predict");
        }
    }
}
