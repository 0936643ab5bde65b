package io.carousel.task;

/**
 * A way of preparing the target that was tried.
 *
 * @param transform the way
 * @param ridge the shrinkage of the linear part with which it did best
 * @param score its error over the rows that chose, relative to copying the last value; the smallest was taken
 */
public record TransformCandidate(SeriesTransform transform, double ridge, double score) {}
