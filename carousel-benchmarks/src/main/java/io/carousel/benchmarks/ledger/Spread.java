package io.carousel.benchmarks.ledger;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The middle of several measurements, and the middles of the halves below and above it.
 *
 * @param lower the first quartile
 * @param upper the third quartile
 */
record Spread(double median, double lower, double upper) {
    /** Of at least one value; between two values lies the line through them. */
    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values must not be empty; measure at least one round");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75));
    }

    /** Of what each of some things says. */
    static <T> Spread of(Iterable<T> things, ToDoubleFunction<T> value) {
        DoubleStream.Builder values = DoubleStream.builder();
        things.forEach(thing -> values.add(value.applyAsDouble(thing)));
        return of(values.build().toArray());
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The root of the product of as many numbers. */
    static double geometricMean(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += StrictMath.log(value);
        }
        return StrictMath.exp(sum / values.length);
    }
}
