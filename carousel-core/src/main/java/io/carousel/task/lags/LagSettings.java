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

    private static final int HIDDEN = 16;

    private LagSettings() {}

    /** The setting for a problem. */
    public static LagSetting of(LagTask task) {
        if (task instanceof EmbeddedReberTask) {
            return setting(task, 2, 0.03, false, LagLoss.CROSS_ENTROPY, task.span());
        }
        if (task instanceof FirstSymbolTask) {
            return setting(task, 1, 0.01, true, LagLoss.SQUARED, 3 * task.span());
        }
        if (task instanceof TwoSequenceTask) {
            return setting(task, 16, 0.01, false, LagLoss.CROSS_ENTROPY, 4 * task.span());
        }
        return setting(task, 16, 0.01, false, LagLoss.CROSS_ENTROPY, task.span());
    }

    private static LagSetting setting(
            LagTask task, int batch, double learningRate, boolean shortcut, LagLoss loss, int span) {
        Long paper = task.paperSequences();
        int most = paper == null ? OTHERWISE : paper.intValue() / batch * batch;
        TrainingPlan plan = TrainingPlan.defaults()
                .withBatchSize(batch)
                .withShardSize(batch)
                .withLearningRate(learningRate)
                .withSchedule(new Schedule.CosineWithWarmUp(0, 0.05))
                .withClipNorm(1);
        return new LagSetting(HIDDEN, span, shortcut, loss, most, plan);
    }
}
