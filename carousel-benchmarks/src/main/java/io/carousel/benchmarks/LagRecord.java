package io.carousel.benchmarks;

import io.carousel.task.lags.LagResult;
import org.jspecify.annotations.Nullable;

/**
 * One training on a long-time-lag problem, as kept in {@code docs/lags.jsonl}.
 *
 * @param part {@code paper}, {@code longer}, {@code contrast} or {@code variants}
 * @param lag the problem's first parameter
 * @param detail its second
 * @param result what came out
 * @param commit of the code
 * @param machine threads and JDK
 */
record LagRecord(
        String part, @Nullable Integer lag, @Nullable Integer detail, LagResult result, String commit, String machine) {
    /** Whether another record is of the same training. */
    boolean replaces(LagRecord other) {
        return key().equals(other.key());
    }

    private String key() {
        return part + " " + result.task() + " " + lag + " " + detail + " " + result.cell() + " " + result.seed();
    }
}
