package io.carousel.train;

import io.carousel.optim.Plateau;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a training stands, apart from its weights: all that a resumed run has to know.
 *
 * @param epoch the one at work, from 1
 * @param batches its mini-batches that are done, or their chunks where they are read in chunks
 * @param steps the updates so far
 * @param lossSum over the epoch's batches so far
 * @param weight over the epoch's batches so far
 * @param bestLoss the lowest validation loss; null before the first
 * @param bestEpoch the epoch that had it, or 0
 * @param history one report for each whole epoch
 * @param ending why it ended; null when there is more to do
 */
record Progress(
        int epoch,
        int batches,
        long steps,
        double lossSum,
        double weight,
        Plateau plateau,
        @Nullable Double bestLoss,
        int bestEpoch,
        List<EpochReport> history,
        TrainingResult.@Nullable Ending ending) {
    static final Progress START = new Progress(1, 0, 0, 0, 0, Plateau.START, null, 0, List.of(), null);

    Progress {
        history = List.copyOf(history);
    }

    Progress afterStep(double stepLossSum, double stepWeight) {
        return after(1, stepLossSum, stepWeight);
    }

    /** After a chunk without targets, for which there was no update. */
    Progress afterChunkWithoutTargets() {
        return after(0, 0, 0);
    }

    private Progress after(int updates, double stepLossSum, double stepWeight) {
        return new Progress(
                epoch,
                batches + 1,
                steps + updates,
                lossSum + stepLossSum,
                weight + stepWeight,
                plateau,
                bestLoss,
                bestEpoch,
                history,
                ending);
    }

    /** After the epoch's validation, whose loss is null when there are no examples for it. */
    Progress afterEpoch(TrainingPlan plan, double learningRate, @Nullable Double validationLoss) {
        boolean better = validationLoss != null && (bestLoss == null || validationLoss < bestLoss);
        int newBestEpoch = better ? epoch : bestEpoch;
        List<EpochReport> reports = new ArrayList<>(history);
        reports.add(new EpochReport(epoch, steps, learningRate, lossSum / weight, validationLoss, better));
        TrainingResult.Ending end = null;
        if (epoch == plan.epochs()) {
            end = TrainingResult.Ending.COMPLETED;
        } else if (validationLoss != null && plan.patience() > 0 && epoch - newBestEpoch >= plan.patience()) {
            end = TrainingResult.Ending.EARLY;
        }
        return new Progress(
                epoch + 1,
                0,
                steps,
                0,
                0,
                validationLoss == null ? plateau : plan.schedule().after(plateau, validationLoss),
                better ? validationLoss : bestLoss,
                newBestEpoch,
                reports,
                end);
    }
}
