package io.carousel.benchmarks.side;

import java.util.Arrays;

/**
 * The numbers that all sides start from: each array has a name, and its elements come from a generator seeded by that name and
 * {@link #SEED}.
 *
 * <p>Source: Steele, Lea and Flood, <i>Fast Splittable Pseudorandom Number Generators</i>, 2014 (SplitMix64).
 */
public final class Numbers {
    /** Of all that is drawn. */
    public static final long SEED = 1997;

    /** The limit of the first weights of a word model, as in Zaremba, Sutskever and Vinyals, 2014. */
    public static final double WORD_SCALE = 0.1;

    /** Chunks of a word model's text, after which it begins anew. */
    public static final int UPDATES = 64;

    /** Updates of a word model after which its losses and weights are compared. */
    public static final int COMPARED_UPDATES = 3;

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    private Numbers(String name) {
        state = SEED;
        for (int i = 0; i < name.length(); i++) {
            state = mix(state ^ name.charAt(i)) + GOLDEN;
        }
    }

    /** Uniform in (-bound, bound). */
    public static float[] uniform(String name, int count, double bound) {
        Numbers numbers = new Numbers(name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double unit = ((numbers.next() >>> 40) + 0.5) * 0x1p-24;
            values[i] = (float) ((2 * unit - 1) * bound);
        }
        return values;
    }

    /** Weights as PyTorch draws them: uniform within one over the root of the hidden size. */
    public static float[] weight(String name, int count, int hiddenSize) {
        return uniform(name, count, 1 / Math.sqrt(hiddenSize));
    }

    /** Whole numbers from {@code from} to {@code to}, both among them. */
    public static int[] whole(String name, int count, int from, int to) {
        Numbers numbers = new Numbers(name);
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = from + (int) Long.remainderUnsigned(numbers.next(), to - from + 1L);
        }
        return values;
    }

    /** The lengths of a ragged batch, the longest first. */
    public static int[] lengths(int sequences, int shortest, int longest) {
        int[] ascending = whole("lengths", sequences, shortest, longest);
        Arrays.sort(ascending);
        int[] lengths = new int[sequences];
        for (int i = 0; i < sequences; i++) {
            lengths[i] = ascending[sequences - 1 - i];
        }
        return lengths;
    }

    /**
     * The text of {@link #UPDATES} chunks of B streams and T time steps: tokens with the frequencies of Zipf's law, {@code P(v)}
     * proportional to {@code 1 / (v + 1)}, one more than they read, so that each has one that comes next.
     */
    public static int[] tokens(int streams, int timeSteps, int vocabulary) {
        double[] sums = new double[vocabulary];
        double sum = 0;
        for (int v = 0; v < vocabulary; v++) {
            sum += 1.0 / (v + 1);
            sums[v] = sum;
        }
        Numbers numbers = new Numbers("tokens");
        int[] tokens = new int[streams * timeSteps * UPDATES + 1];
        for (int i = 0; i < tokens.length; i++) {
            double unit = (numbers.next() >>> 11) * 0x1p-53;
            int place = Arrays.binarySearch(sums, sum * unit);
            tokens[i] = Math.min(vocabulary - 1, place < 0 ? -place - 1 : place + 1);
        }
        return tokens;
    }

    private long next() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
