package io.carousel.task;

import io.carousel.train.EpochReport;
import java.util.List;

/**
 * One training among those that a fit is made of.
 *
 * @param name such as {@code member 1} or {@code member 1, all data}
 * @param epochs one report for each
 * @param bestEpoch whose weights were kept, 0 where the network did not improve on its linear part
 * @param startLoss the validation loss of the linear part alone; null where nothing was validated
 */
public record TrainingStage(
        String name,
        List<EpochReport> epochs,
        int bestEpoch,
        @org.jspecify.annotations.Nullable Double startLoss) {
    public TrainingStage {
        epochs = List.copyOf(epochs);
    }
}
