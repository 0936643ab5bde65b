package io.carousel.benchmarks.ledger;

import java.util.Map;

/**
 * Whether two libraries computed the same function, up to rounding.
 *
 * <p>A result is a path of at most {@code n} roundings, each within {@code 2^-24} of a number no larger than the largest of
 * its array. Were they all in one direction, it could be off by {@code n 2^-24}; as they are not, it is by no more than
 *
 * <pre>{@code
 * λ √n 2^-24      but with a probability of 2 exp(-λ²/2)
 * }</pre>
 *
 * <p>With {@code λ = 8}, for both sides together {@code 2 λ √n 2^-24}, one element in 10^13 may lie farther apart by chance.
 *
 * <p>Source: Higham and Mary, <i>A New Approach to Probabilistic Rounding Error Analysis</i>, 2019.
 */
final class Comparison {
    private static final double LAMBDA = 8;

    private Comparison() {}

    /**
     * How far results lie apart.
     *
     * @param share the largest difference over all arrays, as a share of what rounding explains: at most 1 for the same function
     * @param apart the largest difference of two elements
     */
    record Difference(double share, double apart) {
        /** Nothing was compared, or nothing differs. */
        static final Difference NONE = new Difference(0, 0);

        private Difference or(Difference other) {
            return new Difference(Math.max(share, other.share), Math.max(apart, other.apart));
        }
    }

    /**
     * The difference over all arrays.
     *
     * @param roundings n, those on the longest path
     * @throws IllegalArgumentException when names or sizes differ
     */
    static Difference difference(Map<String, float[]> expected, Map<String, float[]> actual, double roundings) {
        if (!expected.keySet().equals(actual.keySet())) {
            throw new IllegalArgumentException("results must be " + expected.keySet() + ", got " + actual.keySet());
        }
        Difference worst = Difference.NONE;
        for (Map.Entry<String, float[]> entry : expected.entrySet()) {
            float[] other = actual.getOrDefault(entry.getKey(), new float[0]);
            if (other.length != entry.getValue().length) {
                throw new IllegalArgumentException(
                        entry.getKey() + " must have " + entry.getValue().length + " numbers, got " + other.length);
            }
            worst = worst.or(difference(entry.getValue(), other, roundings));
        }
        return worst;
    }

    private static Difference difference(float[] expected, float[] actual, double roundings) {
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            double distance = Math.abs((double) expected[i] - actual[i]);
            apart = Math.max(apart, Double.isFinite(distance) ? distance : Double.MAX_VALUE);
        }
        if (apart == 0) {
            return Difference.NONE;
        }
        double bound = 2 * LAMBDA * Math.sqrt(roundings) * 0x1p-24 * largest;
        return new Difference(bound == 0 ? Double.MAX_VALUE : apart / bound, apart);
    }
}
