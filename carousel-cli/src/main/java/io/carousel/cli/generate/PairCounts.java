package io.carousel.cli.generate;

import java.util.Arrays;

/**
 * How often tokens and pairs of them were seen: what a model without a network knows.
 *
 * <pre>{@code
 * unigram  p(w) = (c(w) + 1) / (N + V)
 * bigram   p(w | h) = max(c(h w) - D, 0) / c(h) + D n(h) / c(h) q(w)        q(w) = (n(w) + 1) / (pairs + V)
 * }</pre>
 *
 * <p>with D = 0.75, n(h) the different tokens after h, and n(w) those before w: interpolated Kneser-Ney, which is the best
 * that pairs are known to give. Source: Kneser, Ney, <i>Improved backing-off for m-gram language modeling</i>, 1995.
 */
final class PairCounts {
    /** The most tokens that are counted, so that memory is bounded. */
    static final int MOST = 8_000_000;

    private static final double DISCOUNT = 0.75;

    private final int symbols;
    private final long[] counts;
    private final long[] asFirst;
    private final int[] after;
    private final int[] before;
    private long[] pairs = new long[1024];
    private int[] pairCounts = {};
    private int size;
    private int total;
    private int previous;
    private boolean sorted;

    /**
     * Counts of nothing yet.
     *
     * @param symbols V
     * @param lineEnd the token that stands before the first
     */
    PairCounts(int symbols, int lineEnd) {
        this.symbols = symbols;
        counts = new long[symbols];
        asFirst = new long[symbols];
        after = new int[symbols];
        before = new int[symbols];
        previous = lineEnd;
    }

    /** Counts a token; those beyond {@value #MOST} are not counted. */
    void add(int token) {
        if (size == MOST) {
            return;
        }
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, Math.min(MOST, 2 * size));
        }
        pairs[size++] = key(previous, token);
        total++;
        counts[token]++;
        asFirst[previous]++;
        previous = token;
    }

    /** How many were counted. */
    int tokens() {
        return total;
    }

    private static long key(int first, int second) {
        return ((long) first << 32) | second;
    }

    private void sort() {
        if (sorted) {
            return;
        }
        Arrays.sort(pairs, 0, size);
        int[] found = new int[size];
        int different = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || pairs[i] != pairs[different - 1]) {
                pairs[different] = pairs[i];
                after[(int) (pairs[i] >>> 32)]++;
                before[(int) pairs[i]]++;
                different++;
            }
            found[different - 1]++;
        }
        pairs = Arrays.copyOf(pairs, different);
        pairCounts = Arrays.copyOf(found, different);
        sorted = true;
    }

    /** The surprise of a token by its frequency alone, in nats. */
    double unigram(int token) {
        sort();
        return -StrictMath.log((counts[token] + 1.0) / (tokens() + symbols));
    }

    /** The surprise of a token after another, in nats. */
    double bigram(int first, int token) {
        sort();
        double lower = (before[token] + 1.0) / (pairs.length + (double) symbols);
        if (asFirst[first] == 0) {
            return -StrictMath.log(lower);
        }
        int place = Arrays.binarySearch(pairs, key(first, token));
        double seen = place < 0 ? 0 : Math.max(0, pairCounts[place] - DISCOUNT);
        return -StrictMath.log((seen + DISCOUNT * after[first] * lower) / asFirst[first]);
    }
}
