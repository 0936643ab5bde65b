package io.carousel.task.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far usual events are from what was expected: a summary of the distances of events that training did not learn from.
 *
 * @param count of the events
 * @param mean of their distances
 * @param deviation of their distances
 * @param logMean of log(1 + distance)
 * @param logDeviation of log(1 + distance)
 * @param quantiles of their distances at even levels from 0 to 1, ascending
 * @param tailScale β: the mean excess of the distances above the quantile of level {@link #TAIL}; positive
 */
public record UsualDistances(
        long count,
        double mean,
        double deviation,
        double logMean,
        double logDeviation,
        List<Double> quantiles,
        double tailScale) {
    /** From this level on the distribution is taken to fall off exponentially. */
    public static final double TAIL = 0.95;

    private static final int LEVELS = 201;

    public UsualDistances {
        quantiles = List.copyOf(quantiles);
        if (count < 1) {
            throw new IllegalArgumentException("usual distances must be of at least one event, got " + count);
        }
        requireSize("mean", mean);
        requireSize("deviation", deviation);
        requireSize("mean of the logarithm", logMean);
        requireSize("deviation of the logarithm", logDeviation);
        if (!(tailScale > 0) || Double.isInfinite(tailScale)) {
            throw new IllegalArgumentException(
                    "tail scale of usual distances must be positive and finite, got " + tailScale);
        }
        if (quantiles.size() != LEVELS) {
            throw new IllegalArgumentException(
                    "quantiles of usual distances must be " + LEVELS + ", got " + quantiles.size());
        }
        double before = 0;
        for (double quantile : quantiles) {
            if (!(quantile >= before) || Double.isInfinite(quantile)) {
                throw new IllegalArgumentException(
                        "quantiles of usual distances must ascend from 0 on and be finite, got " + quantile + " after "
                                + before);
            }
            before = quantile;
        }
    }

    private static void requireSize(String what, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    what + " of usual distances must be finite and not negative, got " + value);
        }
    }

    /**
     * The summary of some distances.
     *
     * @param distances at least one, finite, not negative
     */
    public static UsualDistances of(double[] distances) {
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        double[] logarithms = Arrays.stream(sorted).map(StrictMath::log1p).toArray();
        double mean = mean(sorted);
        double logMean = mean(logarithms);
        List<Double> quantiles = new ArrayList<>();
        for (int i = 0; i < LEVELS; i++) {
            quantiles.add(quantile(sorted, i / (LEVELS - 1.0)));
        }
        double from = quantile(sorted, TAIL);
        double excess = 0;
        int beyond = 0;
        for (double distance : sorted) {
            if (distance > from) {
                excess += distance - from;
                beyond++;
            }
        }
        double scale = beyond == 0 ? 0 : excess / beyond;
        double least = Math.max(Float.MIN_NORMAL, 1e-6 * mean);
        return new UsualDistances(
                sorted.length,
                mean,
                deviation(sorted, mean),
                logMean,
                deviation(logarithms, logMean),
                quantiles,
                Math.max(scale, least));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }

    private static double quantile(double[] sorted, double level) {
        double place = level * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
