package io.carousel.cli.command;

import io.carousel.train.TrainingPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how to train, of every task. */
public final class PlanOptions {
    @Option(
            names = "--epochs",
            paramLabel = "N",
            description =
                    "Most passes over the training part; it ends before when the validation part no longer gains. Default: below.",
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

    /**
     * A plan with what these options and those for tuning change of it.
     *
     * @param command to ask for help, such as {@code carousel forecast fit}
     */
    public TrainingPlan plan(TrainingPlan usual, PlanTuning tuning, String command) {
        try {
            TrainingPlan plan = epochs == null ? usual : usual.withEpochs(epochs);
            plan = seed == null ? plan : plan.withSeed(seed);
            return tuning.apply(plan);
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, command);
        }
    }

    /** How many workers. */
    public int threads() {
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
