package io.carousel.data;

/**
 * Which rows of a series are the input and which the targets of an example.
 *
 * <pre>{@code
 * example i:  input    rows origin(i) - steps .. origin(i) - 1
 *             targets  rows origin(i) .. origin(i) + horizon - 1
 *             origin(i) = steps + i stride
 * }</pre>
 *
 * @param steps rows of input
 * @param horizon rows of targets
 * @param stride rows from one example to the next
 */
public record Window(int steps, int horizon, int stride) {
    /** Checks that all are positive. */
    public Window {
        if (steps < 1 || horizon < 1 || stride < 1) {
            throw new DataException("a window must have positive steps, horizon and stride, got " + steps + ", "
                    + horizon + " and " + stride);
        }
    }

    /** An example at every row. */
    public static Window of(int steps, int horizon) {
        return new Window(steps, horizon, 1);
    }

    /** How many examples lie whole in {@code rows} rows. */
    public int examples(int rows) {
        long spare = (long) rows - steps - horizon;
        return spare < 0 ? 0 : (int) (spare / stride) + 1;
    }

    /** The first target row of an example. */
    public int origin(int example) {
        return Math.addExact(steps, Math.multiplyExact(example, stride));
    }

    /** The first input row of an example. */
    public int inputFrom(int example) {
        return origin(example) - steps;
    }

    /** The row after the last target of an example. */
    public int targetTo(int example) {
        return origin(example) + horizon;
    }

    /** A copy of the input rows of an example. */
    public double[] input(double[] values, int example) {
        return java.util.Arrays.copyOfRange(values, inputFrom(example), checked(values, example) - horizon);
    }

    /** A copy of the target rows of an example. */
    public double[] target(double[] values, int example) {
        return java.util.Arrays.copyOfRange(values, origin(example), checked(values, example));
    }

    private int checked(double[] values, int example) {
        if (example < 0 || example >= examples(values.length)) {
            throw new DataException("an example must be one of the " + examples(values.length) + " of " + values.length
                    + " rows, got " + example);
        }
        return targetTo(example);
    }
}
