package io.carousel.tensor;

import java.nio.charset.StandardCharsets;

/**
 * A source of random numbers with named streams.
 *
 * <p>A stream is a pure function of the seed and the names that lead to it, never of what was drawn before, so adding a
 * layer moves no other number and a resumed run needs no saved state. Numbers come from SplitMix64. Not thread-safe: give
 * each thread its own stream.
 *
 * <p>Source: Steele, Lea, Flood, <i>Fast Splittable Pseudorandom Number Generators</i>, 2014.
 */
public final class Rng {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final int BLOCK = 64;

    private final long origin;
    private long state;

    private Rng(long origin) {
        this.origin = origin;
        this.state = origin;
    }

    public static Rng of(long seed) {
        return new Rng(mix(seed + GAMMA));
    }

    /** The stream of that name. */
    public Rng stream(String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return stream(hash);
    }

    /** The stream of that number. */
    public Rng stream(long index) {
        return new Rng(mix(origin ^ mix(index + GAMMA)));
    }

    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** A number from 0 to {@code bound - 1}, all equally likely. */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, got " + bound);
        }
        long limit = Long.MAX_VALUE - Long.MAX_VALUE % bound;
        long bits;
        do {
            bits = nextLong() >>> 1;
        } while (bits >= limit);
        return (int) (bits % bound);
    }

    /** A number in [0, 1). */
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1p-24f;
    }

    /**
     * Fills {@code into} with {@code chosen}, each with probability {@code rate}, or else {@code other}; draws as many
     * numbers, and chooses as {@code nextFloat() < rate} does.
     */
    public void choose(float rate, float chosen, float other, int count, float[] into, int offset) {
        long limit = (long) Math.ceil(rate * 0x1p24);
        int otherBits = Float.floatToRawIntBits(other);
        int difference = otherBits ^ Float.floatToRawIntBits(chosen);
        long[] steps = new long[BLOCK];
        long[] below = new long[BLOCK];
        for (int k = 0; k < BLOCK; k++) {
            steps[k] = (k + 1) * GAMMA;
        }
        for (int first = 0; first < count; first += BLOCK) {
            compare(steps, state + first * GAMMA, limit, below);
            int n = Math.min(BLOCK, count - first);
            for (int k = 0; k < n; k++) {
                int bits = otherBits ^ (difference & (int) below[k]);
                into[offset + first + k] = Float.intBitsToFloat(bits);
            }
        }
        state += count * GAMMA;
    }

    /**
     * {@code below[k]} becomes -1 where the first 24 bits of the number of state {@code start + steps[k]} are below the limit,
     * or else 0: {@link #mix} in a loop that the compiler turns into vector code, and without a branch, because which way it
     * goes cannot be foreseen.
     */
    private static void compare(long[] steps, long start, long limit, long[] below) {
        for (int k = 0; k < BLOCK; k++) {
            long z = steps[k] + start;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            z = z ^ (z >>> 31);
            below[k] = ((z >>> 40) - limit) >> 63;
        }
    }

    /** A number in [0, 1). */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** A number of the normal distribution with mean 0 and variance 1 (Box and Muller 1958; one of each pair). */
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
    }

    /** Puts the elements in random order (Fisher and Yates). */
    public void shuffle(int[] elements) {
        for (int i = elements.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swap = elements[i];
            elements[i] = elements[j];
            elements[j] = swap;
        }
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
