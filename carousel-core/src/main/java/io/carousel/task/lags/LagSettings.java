package io.carousel.task.lags;

import io.carousel.optim.Schedule;
import io.carousel.train.TrainingPlan;

/**
 * The one setting for each family of problems, with which the results in {@code docs/lags.md} were made.
 *
 * <p>They were found on other seeds than those of the results: see there. All have Adam (0.9, 0.999), a clip norm of 1,
 * the chrono initialisation for the length of the sequences, and a learning rate that falls along half a cosine over the
 * most sequences that the training may use, which are the paper's mean number where it has one.
 */
public final class LagSettings {
    /** The most sequences for a problem of which the paper has no figure. */
    private static final int OTHERWISE = 500_000;

    private LagSettings() {}

    /** The setting for a problem. */
    public static LagSetting of(LagTask task) {
        if (task instanceof EmbeddedReberTask) {
            return setting(task, 32, 2 * task.span(), false, LagLoss.SQUARED, 2, 0.01);
        }
        if (task instanceof FirstSymbolTask) {
            return setting(task, 16, 3 * task.span(), true, LagLoss.SQUARED, 1, 0.01);
        }
        // A few numbers among a thousand must be told from noise that is almost alike: longer spans let less of it in.
        int span = task instanceof TwoSequenceTask ? 4 * task.span() : task.span();
        return setting(task, 16, span, false, LagLoss.CROSS_ENTROPY, 16, 0.01);
    }

    private static LagSetting setting(
            LagTask task, int hidden, int span, boolean shortcut, LagLoss loss, int batch, double learningRate) {
        Long paper = task.paperSequences();
        int most = paper == null ? OTHERWISE : paper.intValue() / batch * batch;
        TrainingPlan plan = TrainingPlan.defaults()
                .withBatchSize(batch)
                .withShardSize(batch)
                .withLearningRate(learningRate)
                .withSchedule(new Schedule.CosineWithWarmUp(0, 0.05))
                .withClipNorm(1);
        return new LagSetting(hidden, span, shortcut, loss, most, plan);
    }
}
