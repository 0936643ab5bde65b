package io.carousel.data;

import java.util.Arrays;

/** Sums over a range of values, in their order, so that the same values give the same bits. */
final class Statistics {
    private Statistics() {}

    static void check(String what, double[] values, int from, int to) {
        if (from < 0 || from >= to || to > values.length) {
            throw new DataException(what + " must be fitted on at least one value, got rows " + from + " to " + to
                    + " of " + values.length);
        }
        for (int i = from; i < to; i++) {
            if (!Double.isFinite(values[i])) {
                throw new DataException(what + " must be fitted on finite values, got " + values[i] + " in row "
                        + (i + 1) + "; fill missing values first");
            }
        }
    }

    /** Whether all values are the same number. */
    static boolean constant(double[] values, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (values[i] != values[from]) {
                return false;
            }
        }
        return true;
    }

    static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    static double meanAbsolute(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs(values[i]);
        }
        return sum / (to - from);
    }

    /** The root of the mean squared distance from {@code mean}. */
    static double deviation(double[] values, int from, int to, double mean) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double distance = values[i] - mean;
            sum += distance * distance;
        }
        return Math.sqrt(sum / (to - from));
    }

    /** The quantile of sorted values, on the line between neighbours (the rule of R and NumPy). */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** A scale that can be divided by: 1 in place of 0 or of what is too large. */
    static double divisor(double scale) {
        return scale > 0 && Double.isFinite(1 / scale) && Double.isFinite(scale) ? scale : 1;
    }
}
