package io.carousel.cli.classify;

import io.carousel.cli.command.PlanTuning;
import io.carousel.task.CharacterReader;
import io.carousel.task.classify.ClassifySpec;
import io.carousel.task.classify.NumberScaling;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for who wants to try more; left away, a default by the kind and number of the examples stands in their place. */
final class TuningOptions extends PlanTuning {
    @Option(
            names = "--members",
            paramLabel = "N",
            description = "Networks trained from different first weights and averaged. Default: below.",
            order = 30)
    private @Nullable Integer members;

    @Option(
            names = "--embedding",
            paramLabel = "N",
            description =
                    "Width of the row that stands for a token. Default: that of --vectors, or 128 for words, 32 for "
                            + "characters.",
            order = 31)
    private @Nullable Integer embedding;

    @Option(
            names = "--characters",
            paramLabel = "READER",
            description = "What reads the characters of each token beside its row: none, recurrent or convolution. "
                    + "Default: none.",
            order = 31)
    private CharacterReader characters = CharacterReader.NONE;

    @Option(names = "--frozen-words", description = "Keep the vectors of words as they are in --vectors.", order = 31)
    private boolean frozenWords;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            description = "Most different tokens. Default: 50000.",
            order = 32)
    private @Nullable Integer vocabulary;

    @Option(
            names = "--least-count",
            paramLabel = "N",
            description = "How often a token must be there in training to be known later. "
                    + "Default: 1; 2 for words of many examples.",
            order = 32)
    private @Nullable Integer leastCount;

    @Option(
            names = "--longest",
            paramLabel = "N",
            description = "Most time steps: longer texts are cut, longer numbers refused. Default: 2000.",
            order = 33)
    private @Nullable Integer longest;

    @Option(
            names = "--scaling",
            paramLabel = "KIND",
            description = "How numbers are scaled: features, all alike, sequences each by itself, none. "
                    + "Default: features; of images all.",
            order = 33)
    private @Nullable NumberScaling scaling;

    @Option(
            names = "--token-dropout",
            paramLabel = "P",
            description = "Share of tokens that training hides. Default: 0.1 of words, 0.05 of characters.",
            order = 34)
    private @Nullable Double tokenDropout;

    @Option(
            names = "--input-dropout",
            paramLabel = "P",
            description = "Dropout before the recurrent layers. Default: 0.5 for words, else 0.1.",
            order = 34)
    private @Nullable Double inputDropout;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            description = "Dropout after the recurrent layers. Default: 0.5 for words, else 0.3.",
            order = 34)
    private @Nullable Double dropout;

    @Option(
            names = "--smoothing",
            paramLabel = "P",
            description = "How much of its target a label leaves to the others. Default: 0.",
            order = 35)
    private @Nullable Double smoothing;

    @Option(
            names = "--validation-share",
            paramLabel = "P",
            description = "Share of the examples that chooses and calibrates, 0 for none. Default: 0.1; 0.2 of few.",
            order = 36)
    private @Nullable Double validationShare;

    /** Sets what was given. */
    void apply(ClassifySpec.Builder spec) {
        spec.scaling(scaling).frozenWords(frozenWords).characters(characters);
        if (members != null) {
            spec.members(members);
        }
        if (embedding != null) {
            spec.embedding(embedding);
        }
        if (vocabulary != null) {
            spec.vocabulary(vocabulary);
        }
        if (leastCount != null) {
            spec.leastCount(leastCount);
        }
        if (longest != null) {
            spec.longest(longest);
        }
        if (tokenDropout != null) {
            spec.tokenDropout(tokenDropout);
        }
        if (inputDropout != null) {
            spec.inputDropout(inputDropout);
        }
        if (dropout != null) {
            spec.dropout(dropout);
        }
        if (smoothing != null) {
            spec.smoothing(smoothing);
        }
        if (validationShare != null) {
            spec.validation(validationShare);
        }
    }
}
