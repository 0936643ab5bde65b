package io.carousel.cli.generate;

import io.carousel.cli.command.PlanTuning;
import io.carousel.optim.Adam;
import io.carousel.optim.AveragedSgd;
import io.carousel.optim.Sgd;
import io.carousel.task.language.LanguageOutput;
import io.carousel.task.language.LanguageRegularizers;
import io.carousel.task.language.LanguageSpec;
import io.carousel.train.TrainingPlan;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for who wants to try more. */
final class TuningOptions extends PlanTuning {
    private static final int USUAL_SAMPLES = 1000;

    /** Update rules. */
    enum Rule {
        ADAM,
        SGD,
        AVERAGED
    }

    /** How symbols get their probabilities. */
    enum Output {
        SOFTMAX,
        ADAPTIVE,
        SAMPLED
    }

    @Option(
            names = "--embedding",
            paramLabel = "N",
            description = "Width of a token's row. Default: that of the layers.",
            order = 30)
    private @Nullable Integer embedding;

    @Option(
            names = "--untied",
            description = "Give the output weights of its own; left away, it shares those of the embedding.",
            order = 31)
    private boolean untied;

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description =
                    "How symbols get their probabilities, one of ${COMPLETION-CANDIDATES}; the last two cost less to "
                            + "train where symbols are very many, and adaptive is always untied. Default: softmax.",
            order = 31)
    private Output output = Output.SOFTMAX;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Of --output sampled: symbols that each target is scored against. Default: 1000.",
            order = 31)
    private @Nullable Integer samples;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Tokens between two updates, through which gradients flow back. Default: below.",
            order = 32)
    private @Nullable Integer steps;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            description = "Dropout of inputs, between layers and of outputs. Default: 0.2.",
            order = 33)
    private @Nullable Double dropout;

    @Option(names = "--variational", description = "Drop the same elements at all time steps of a chunk.", order = 34)
    private boolean variational;

    @Option(
            names = "--word-dropout",
            paramLabel = "P",
            description = "Drop whole tokens of the vocabulary. Default: 0.",
            order = 35)
    private double words;

    @Option(names = "--drop-connect", paramLabel = "P", description = "Drop recurrent weights. Default: 0.", order = 36)
    private double dropConnect;

    @Option(
            names = "--rule",
            paramLabel = "NAME",
            description = "Update rule, one of ${COMPLETION-CANDIDATES}; averaged is plain descent whose weights are "
                    + "averaged once the validation part no longer gains. Default: adam.",
            order = 39)
    private Rule rule = Rule.ADAM;

    void apply(LanguageSpec.Builder spec, boolean shortTokens) {
        double rate = dropout == null ? 0.2 : dropout;
        LanguageRegularizers regularizers =
                variational ? LanguageRegularizers.variational(rate, rate, rate) : LanguageRegularizers.dropout(rate);
        spec.regularizers(regularizers.withDropConnect(dropConnect).withWordDropout(words))
                .output(output())
                .tied(!untied && output != Output.ADAPTIVE)
                .steps(steps != null ? steps : shortTokens ? 100 : 35);
        if (embedding != null) {
            spec.embedding(embedding);
        }
    }

    private LanguageOutput output() {
        if (samples != null && output != Output.SAMPLED) {
            throw new IllegalArgumentException("--samples must stand beside --output sampled, got it beside "
                    + output.name().toLowerCase(Locale.ROOT));
        }
        return switch (output) {
            case SOFTMAX -> new LanguageOutput.Softmax();
            case ADAPTIVE -> new LanguageOutput.Adaptive();
            case SAMPLED -> new LanguageOutput.Sampled(samples == null ? USUAL_SAMPLES : samples);
        };
    }

    /** The usual plan with the rule that was asked for, and a rate that suits it. */
    TrainingPlan usual(TrainingPlan plan) {
        return switch (rule) {
            case ADAM -> plan.withOptimizer(new Adam());
            case SGD -> plan.withOptimizer(new Sgd(0, false)).withLearningRate(1);
            case AVERAGED ->
                plan.withOptimizer(new AveragedSgd())
                        .withSchedule(new io.carousel.optim.Schedule.Constant())
                        .withLearningRate(1);
        };
    }
}
