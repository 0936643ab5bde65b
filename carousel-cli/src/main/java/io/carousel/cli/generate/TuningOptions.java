package io.carousel.cli.generate;

import io.carousel.cli.command.PlanTuning;
import io.carousel.optim.Adam;
import io.carousel.optim.AveragedSgd;
import io.carousel.optim.Sgd;
import io.carousel.task.language.LanguageRegularizers;
import io.carousel.task.language.LanguageSpec;
import io.carousel.train.TrainingPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for who wants to try more. */
final class TuningOptions extends PlanTuning {
    /** Update rules. */
    enum Rule {
        ADAM,
        SGD,
        AVERAGED
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
                .tied(!untied)
                .steps(steps != null ? steps : shortTokens ? 100 : 35);
        if (embedding != null) {
            spec.embedding(embedding);
        }
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
