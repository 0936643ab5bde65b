package io.carousel.benchmarks.side;

import java.util.Map;

/** A prepared workload, to be run again and again. */
public interface Work extends AutoCloseable {
    /** Once what is timed: a training step, or an event. */
    void run() throws Exception;

    /**
     * What it computes, under names that are the same for all sides; asked for before the first {@link #run}. Empty where
     * there is nothing to compare.
     */
    Map<String, float[]> results() throws Exception;

    @Override
    default void close() {}
}
