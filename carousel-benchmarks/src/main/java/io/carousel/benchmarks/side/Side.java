package io.carousel.benchmarks.side;

import java.util.Map;

/** One of those that are measured, in a process of its own. */
public interface Side {
    /** Versions and settings, as the page states them. */
    Map<String, String> about();

    /**
     * Makes everything that is not in the time: weights, inputs and buffers, by {@link Numbers}.
     *
     * @throws UnsupportedOperationException with the reason, when this side has no such thing
     */
    Work prepare(Workload workload) throws Exception;
}
