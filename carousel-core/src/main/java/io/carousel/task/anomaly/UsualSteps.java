package io.carousel.task.anomaly;

import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.data.TimeIndex;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How long it is from one event to the next, in the unit of their time stamps.
 *
 * @param step the median of the history, positive
 * @param longest what is longer is a gap; not less than the step
 */
public record UsualSteps(long step, long longest) {
    /** Without a choice, steps up to which there is no gap. */
    static final int STEPS = 10;
    /** Without a choice, this share of the steps of the history is none. */
    private static final double SHARE = 0.99;

    public UsualSteps {
        if (step < 1 || longest < step) {
            throw new IllegalArgumentException(
                    "usual step of a history must be positive and at most the longest that is no gap, got " + step
                            + " and " + longest);
        }
    }

    /**
     * The usual steps of a history.
     *
     * @param gap the most steps that are none, 0 where there are no gaps; null for {@value #STEPS}, or as many as 99 of 100
     *     steps of the history need
     * @return null where there are no gaps: without time stamps, or when so chosen
     */
    static @Nullable UsualSteps of(SeriesSet history, @Nullable Integer gap) {
        if (gap != null && gap == 0) {
            return null;
        }
        long[] steps = history.list().stream()
                .map(Series::time)
                .filter(time -> !time.rowNumbers())
                .flatMapToLong(UsualSteps::steps)
                .sorted()
                .toArray();
        if (steps.length == 0) {
            return null;
        }
        long step = steps[(steps.length - 1) / 2];
        long most = gap == null ? STEPS : gap;
        long longest = step > Long.MAX_VALUE / most ? Long.MAX_VALUE : step * most;
        return new UsualSteps(
                step, gap == null ? Math.max(longest, steps[(int) (SHARE * (steps.length - 1))]) : longest);
    }

    private static LongStream steps(TimeIndex time) {
        return IntStream.range(1, time.length()).mapToLong(row -> time.stamp(row) - time.stamp(row - 1));
    }

    /**
     * Whether there is a gap between two events.
     *
     * @param to after {@code from}
     */
    boolean gap(long from, long to) {
        long distance = to - from;
        return distance > longest || distance < 0; // below 0 it has no room in 64 bits
    }
}
