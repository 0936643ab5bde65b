package io.carousel;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what a thread allocates. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Only a failure takes that long; processor time, because a busy machine may give us little of it for minutes. */
    private static final long PATIENCE_NANOS = 300_000_000_000L;

    private Allocation() {}

    /**
     * What one run allocates once it is warm, in bytes: runs rounds of {@code runs} until one of them stays within the limit,
     * for at most five minutes of processor time; gives the least.
     */
    public static long whenWarm(Runnable work, int runs, long limit) throws InterruptedException {
        return whenWarm(() -> {}, work, runs, limit);
    }

    /**
     * The same for work so long that the compiler would be told too late of what it calls seldom: a method has to be called
     * hundreds of times.
     *
     * @param practice is done many times before each round, and is not measured: short work that calls the same methods
     */
    public static long whenWarm(Runnable practice, Runnable work, int runs, long limit) throws InterruptedException {
        long end = SYSTEM.getProcessCpuTime() + PATIENCE_NANOS;
        long least = Long.MAX_VALUE;
        while (least > limit && SYSTEM.getProcessCpuTime() < end) {
            for (int i = 0; i < 10 * runs; i++) {
                practice.run();
            }
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
