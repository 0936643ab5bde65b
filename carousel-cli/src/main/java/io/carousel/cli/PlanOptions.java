package io.carousel.cli;

import io.carousel.data.SeriesSet;
import io.carousel.task.forecast.Forecaster;
import io.carousel.train.TrainingPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how to train. */
final class PlanOptions {
    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Most passes over the training part. Default: 60.",
            order = 12)
    private @Nullable Integer epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all random numbers; the same seed gives the same model, bit for bit. Default: 1.",
            order = 13)
    private @Nullable Long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads; they change the time, not the model. Default: one for each core.",
            order = 14)
    private @Nullable Integer threads;

    /** The plan of these options and of those for tuning, else the usual one for that much data. */
    TrainingPlan plan(TuningOptions tuning, SeriesSet set) {
        try {
            TrainingPlan plan = Forecaster.defaultPlan(set);
            plan = epochs == null ? plan : plan.withEpochs(epochs);
            plan = seed == null ? plan : plan.withSeed(seed);
            return tuning.apply(plan);
        } catch (IllegalArgumentException mistake) {
            throw new UserMistake(mistake.getMessage() + "; see carousel forecast fit --help");
        }
    }

    /** How many workers. */
    int threads() {
        if (threads == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        if (threads < 1) {
            throw new UserMistake(
                    "threads must be at least 1, got " + threads + "; leave --threads away for one for each core");
        }
        return threads;
    }
}
