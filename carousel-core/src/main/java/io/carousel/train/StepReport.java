package io.carousel.train;

/**
 * What one update did.
 *
 * @param epoch from 1
 * @param step from 1, over all epochs
 * @param totalSteps the updates of the whole plan, or the most it can come to where examples are read in chunks
 * @param loss of the mini-batch, before the update
 * @param gradientNorm before any clipping
 * @param learningRate as scheduled
 * @param sequencesPerSecond of this update; a chunk counts as its share of a sequence
 */
public record StepReport(
        int epoch,
        long step,
        long totalSteps,
        double loss,
        double gradientNorm,
        double learningRate,
        double sequencesPerSecond) {}
