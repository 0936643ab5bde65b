package io.carousel.train;

import org.jspecify.annotations.Nullable;

/**
 * What one epoch did; holds no times, so that two runs of one plan have the same history.
 *
 * @param epoch from 1
 * @param steps the updates so far, over all epochs
 * @param learningRate of its last update
 * @param trainingLoss over the epoch's mini-batches, each before its update
 * @param validationLoss at the end of the epoch; null without validation examples
 * @param best whether no epoch before had a validation loss as low
 */
public record EpochReport(
        int epoch,
        long steps,
        double learningRate,
        double trainingLoss,
        @Nullable Double validationLoss,
        boolean best) {}
