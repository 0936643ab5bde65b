package io.carousel.eval;

import java.util.stream.IntStream;

/**
 * From which rows to forecast when a method is judged on rows {@code from} to before {@code to}: each forecast sees all
 * rows before its origin, and its targets lie whole in the part that is judged.
 *
 * <p>Source: Tashman, <i>Out-of-sample tests of forecasting accuracy</i>, 2000.
 *
 * @param from the first row of the part, and the first origin
 * @param to the row after the last one of the part
 * @param horizon how many rows each forecast has
 * @param stride rows from one origin to the next
 */
public record RollingOrigin(int from, int to, int horizon, int stride) {
    /** Checks that there is a row before the first origin and that one forecast fits. */
    public RollingOrigin {
        if (from < 1 || horizon < 1 || stride < 1) {
            throw new IllegalArgumentException("a rolling origin must start at row 1 or later with a positive horizon"
                    + " and stride, got " + from + ", " + horizon + " and " + stride);
        }
        if (to - from < horizon) {
            throw new IllegalArgumentException("the part that is judged must have at least " + horizon
                    + " rows, one horizon, got " + (to - from) + "; make it longer or the horizon shorter");
        }
    }

    /** How many forecasts there are. */
    public int count() {
        return (to - from - horizon) / stride + 1;
    }

    /** The first target row of each forecast, ascending. */
    public int[] origins() {
        return IntStream.range(0, count()).map(i -> from + i * stride).toArray();
    }
}
