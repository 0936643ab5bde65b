package io.carousel.train;

import java.util.List;

/**
 * What a training came to; the weights stand in the objective's parameters.
 *
 * @param history one report for each whole epoch
 * @param bestEpoch the epoch whose weights were kept, the one with the lowest validation loss; 0 without validation
 *     examples, where the last weights are kept, or when no epoch was finished
 * @param steps the updates made
 */
public record TrainingResult(List<EpochReport> history, Ending ending, int bestEpoch, long steps) {
    /** Why a training ended. */
    public enum Ending {
        /** All epochs of the plan were made. */
        COMPLETED,
        /** The validation loss did not fall for as many epochs as the plan's patience. */
        EARLY,
        /** {@link Trainer#stop} was called. */
        STOPPED
    }

    public TrainingResult {
        history = List.copyOf(history);
    }
}
