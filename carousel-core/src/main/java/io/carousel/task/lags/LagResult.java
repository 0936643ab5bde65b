package io.carousel.task.lags;

import org.jspecify.annotations.Nullable;

/**
 * What a training on a long-time-lag problem came to.
 *
 * @param task the problem's name
 * @param experiment its number in the paper
 * @param description the problem with its numbers
 * @param cell the cell's name
 * @param hidden H
 * @param weights the number of weights
 * @param seed of weights and sequences
 * @param solved whether the paper's criterion was met when the training ended
 * @param sequences the training sequences used: until the criterion was met, or all that the setting allows
 * @param seconds of training, looking at samples included
 * @param errors the wrong ones among the {@code tested} sequences
 * @param tested the fresh sequences that the trained network was tested on
 * @param meanError their mean error
 * @param meanSquaredError of all their outputs
 * @param paperSequences the mean number of training sequences that the paper's LSTM used; null for other parameters
 * @param stopped whether it was stopped from outside before it was solved or over
 */
public record LagResult(
        String task,
        String experiment,
        String description,
        String cell,
        int hidden,
        int weights,
        long seed,
        boolean solved,
        long sequences,
        double seconds,
        int errors,
        int tested,
        double meanError,
        double meanSquaredError,
        @Nullable Long paperSequences,
        boolean stopped) {}
