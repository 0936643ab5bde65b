package io.carousel.cli.encode;

import io.carousel.cli.command.PlanTuning;
import io.carousel.task.classify.NumberScaling;
import io.carousel.task.encode.EncodeSpec;
import io.carousel.text.TokenSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for who wants to try more; left away, a default by the kind and number of the examples stands in their place. */
final class TuningOptions extends PlanTuning {
    @Option(
            names = "--conditioned",
            negatable = true,
            description = "Whether a decoder reads what came in the time step before. Default: of texts.",
            order = 30)
    private @Nullable Boolean conditioned;

    @Option(
            names = "--reversed",
            negatable = true,
            description = "Whether sequences are made again from their end. Default: they are.",
            order = 30)
    private @Nullable Boolean reversed;

    @Option(
            names = "--divergence",
            paramLabel = "X",
            description = "What the divergence of variational vectors counts in the end. Default: 1.",
            order = 31)
    private @Nullable Double divergence;

    @Option(
            names = "--divergence-epochs",
            paramLabel = "N",
            description = "Epochs over which it grows from 0. Default: a quarter.",
            order = 31)
    private @Nullable Integer divergenceEpochs;

    @Option(
            names = "--embedding",
            paramLabel = "N",
            description = "Width of the row that stands for a token. Default: 64, 32 for characters.",
            order = 32)
    private @Nullable Integer embedding;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            description = "Most different tokens. Default: 50000, 4000 of bpe.",
            order = 32)
    private @Nullable Integer vocabulary;

    @Option(
            names = "--least-count",
            paramLabel = "N",
            description = "How often a token must be there in training to be known later. Default: 1, 2 for words.",
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

    @Option(names = "--dropout", paramLabel = "P", description = "Dropout in the decoders. Default: 0.", order = 34)
    private @Nullable Double dropout;

    @Option(
            names = "--validation-share",
            paramLabel = "P",
            description = "Share of the examples that chooses the epoch, 0 for none. Default: 0.1; 0.2 of few.",
            order = 36)
    private @Nullable Double validationShare;

    /** Whether texts are numbered in another way than usual. */
    boolean changesTexts() {
        return vocabulary != null || leastCount != null;
    }

    /** Sets what was given of the numbering of texts. */
    TokenSpec apply(TokenSpec text) {
        TokenSpec changed = vocabulary == null ? text : text.withVocabulary(vocabulary);
        return leastCount == null ? changed : changed.withLeastCount(leastCount);
    }

    /** Sets what was given. */
    void apply(EncodeSpec.Builder spec) {
        spec.scaling(scaling).conditioned(conditioned);
        if (reversed != null) {
            spec.reversed(reversed);
        }
        if (divergence != null) {
            spec.divergence(divergence);
        }
        if (divergenceEpochs != null) {
            spec.divergenceEpochs(divergenceEpochs);
        }
        if (embedding != null) {
            spec.embedding(embedding);
        }
        if (longest != null) {
            spec.longest(longest);
        }
        if (dropout != null) {
            spec.dropout(dropout);
        }
        if (validationShare != null) {
            spec.validation(validationShare);
        }
    }
}
