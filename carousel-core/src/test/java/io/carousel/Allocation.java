package io.carousel;

import java.lang.management.ManagementFactory;

/** Measures what a thread allocates. */
public final class Allocation {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private Allocation() {}

    /**
     * What one run allocates once it is warm, in bytes: runs rounds of {@code runs} until one of them stays within the limit,
     * for at most half a minute, because a busy machine compiles late; gives the least.
     */
    public static long whenWarm(Runnable work, int runs, long limit) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        long least = Long.MAX_VALUE;
        while (least > limit && System.nanoTime() < end) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < runs; i++) {
                work.run();
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / runs);
            Thread.sleep(5);
        }
        return least;
    }
}
