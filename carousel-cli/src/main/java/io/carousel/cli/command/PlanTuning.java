package io.carousel.cli.command;

import io.carousel.train.TrainingPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to train, for who wants to try more: part of each task's group of options for tuning. */
public abstract class PlanTuning {
    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "First learning rate. Default: below.",
            order = 40)
    private @Nullable Double learningRate;

    @Option(names = "--batch", paramLabel = "N", description = "Examples of one update. Default: below.", order = 41)
    private @Nullable Integer batch;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Epochs without a gain on the validation part before training ends, 0 for never. "
                    + "Default: below.",
            order = 42)
    private @Nullable Integer patience;

    /** A plan with what was given. */
    TrainingPlan apply(TrainingPlan plan) {
        TrainingPlan tuned = learningRate == null ? plan : plan.withLearningRate(learningRate);
        tuned = batch == null ? tuned : tuned.withBatchSize(batch);
        return patience == null ? tuned : tuned.withPatience(patience);
    }
}
