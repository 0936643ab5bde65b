package io.carousel.benchmarks;

import io.carousel.task.anomaly.EventWindow;
import java.util.List;

/**
 * One file of the Numenta Anomaly Benchmark.
 *
 * @param name such as {@code realTraffic/speed_7578.csv}
 * @param stamps milliseconds since 1970 of each row
 * @param values of each row; shared and not copied
 * @param windows the rows of each window in which an anomaly may be found
 */
record NabFile(String name, long[] stamps, double[] values, List<EventWindow> windows) {
    NabFile {
        windows = List.copyOf(windows);
    }

    int rows() {
        return values.length;
    }

    /** How many rows at the start are for learning, and not judged: 15 %, at most those of a file of 5000 rows. */
    int probation() {
        return (int) Math.min(Math.floor(0.15 * rows()), 0.15 * 5000);
    }
}
