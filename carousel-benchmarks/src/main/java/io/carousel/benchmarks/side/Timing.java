package io.carousel.benchmarks.side;

import java.util.Arrays;
import java.util.Locale;

/**
 * The times of many calls that followed each other, in nanoseconds.
 *
 * @param calls how many
 * @param mean over all of them
 * @param p50 the middle one
 * @param p99 exceeded by one in a hundred
 * @param allocated bytes that the calling thread allocated on the heap of the JVM, for each call
 */
public record Timing(long calls, double mean, double p50, double p99, double allocated) {
    /** Of the first {@code count} of these times, which are sorted on the way. */
    static Timing of(long[] nanos, int count, double allocated) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += nanos[i];
        }
        Arrays.sort(nanos, 0, count);
        return new Timing(
                count, (double) total / count, quantile(nanos, count, 0.5), quantile(nanos, count, 0.99), allocated);
    }

    private static double quantile(long[] sorted, int count, double share) {
        return sorted[Math.min(count - 1, (int) (share * count))];
    }

    /** The words that {@link #parse} reads. */
    public String words() {
        return String.format(
                Locale.ROOT, "calls=%d mean=%.1f p50=%.1f p99=%.1f allocated=%.3f", calls, mean, p50, p99, allocated);
    }

    /** Reads {@link #words}. */
    public static Timing parse(String words) {
        double[] values = new double[5];
        String[] names = {"calls", "mean", "p50", "p99", "allocated"};
        String[] parts = words.trim().split(" +", -1);
        for (int i = 0; i < names.length; i++) {
            if (parts.length != names.length || !parts[i].startsWith(names[i] + "=")) {
                throw new IllegalArgumentException(
                        "timing must read calls=… mean=… p50=… p99=… allocated=…, got " + words);
            }
            values[i] = Double.parseDouble(parts[i].substring(names[i].length() + 1));
        }
        return new Timing((long) values[0], values[1], values[2], values[3], values[4]);
    }
}
