package io.carousel.task.forecast;

import org.jspecify.annotations.Nullable;

/**
 * A way of preparing the target that was tried.
 *
 * @param transform the way
 * @param ridge the shrinkage of the linear part with which it did best
 * @param score the error of the linear part over the rows that chose, relative to copying the last value
 * @param networkScore the error of the network with its first member on the validation rows, in units of the series' own
 *     steps; null where the linear part had already decided, and where a forecast was not finite
 */
public record TransformCandidate(
        SeriesTransform transform,
        double ridge,
        double score,
        @Nullable Double networkScore) {
    TransformCandidate withNetworkScore(double judged) {
        return new TransformCandidate(transform, ridge, score, judged);
    }
}
