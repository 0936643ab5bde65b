package io.carousel.task.lags;

import io.carousel.optim.Adam;
import io.carousel.optim.Schedule;
import io.carousel.train.TrainingPlan;

/**
 * The one setting for each family of problems, with which the results in {@code docs/lags.md} were made.
 *
 * <p>They were found on other seeds than those of the results: see there. All have Adam, the chrono initialisation, and a
 * learning rate that falls along half a cosine over the most sequences that the training may use, which are the paper's
 * mean number where it has one. Adam's numbers are the usual ones and the clip norm is 1, but for 2a: there each single
 * sequence is an update, and the gradient of the one step that matters is small beside that of all the others, so gradients
 * are cut short and Adam forgets within ten updates how large they were. In 2b the last symbol, the only one that can be
 * predicted, counts as much as ten sequences of the others.
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
        if (task instanceof FirstSymbolTask first && first.distractors()) {
            return setting(task, 64, 3 * task.span(), true, LagLoss.SQUARED, 4, 0.01)
                    .withInputBias(-3.0)
                    .withEndWeight(10 * first.lag());
        }
        if (task instanceof FirstSymbolTask) {
            LagSetting setting = setting(task, 64, 3 * task.span(), true, LagLoss.SQUARED, 1, 0.005);
            TrainingPlan plan = setting.plan().withClipNorm(0.1).withOptimizer(new Adam(0.9, 0.9, 1e-8));
            return setting.withInputBias(-3.0).withPlan(plan);
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
        return new LagSetting(hidden, span, null, shortcut, loss, 1, most, plan);
    }
}
