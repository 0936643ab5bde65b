package io.carousel.task.lags;

/**
 * One sequence of a long-time-lag problem.
 *
 * @param inputs one row for each time step
 * @param targets what to train on: one row of outputs for each time step, or one for the end of the sequence
 * @param truth what an output is judged by, rows as in {@code targets}; the same array where nothing disturbs the targets
 */
public record LagSequence(Inputs inputs, float[][] targets, float[][] truth) {
    public LagSequence {
        if (targets.length != 1 && targets.length != inputs.length()) {
            throw new IllegalArgumentException("targets must have 1 row or one for each of " + inputs.length()
                    + " time steps, got " + targets.length);
        }
        if (truth.length != targets.length) {
            throw new IllegalArgumentException(
                    "truth must have as many rows as targets, " + targets.length + ", got " + truth.length);
        }
    }

    /** A sequence that is judged by the targets it is trained on. */
    public LagSequence(Inputs inputs, float[][] targets) {
        this(inputs, targets, targets);
    }

    /** T: the number of time steps. */
    public int length() {
        return inputs.length();
    }

    /** The rows of the input. */
    public sealed interface Inputs permits Symbols, Values {
        /** T: the number of time steps. */
        int length();

        /** F: the width of a row. */
        int width();

        /** Writes the row of a time step to {@code to[offset]} and the F - 1 places after it. */
        void write(int timeStep, float[] to, int offset);
    }

    /**
     * Symbols, each a row with a one at its own place and zeros elsewhere.
     *
     * @param symbols from 0 to {@code width - 1}
     * @param width F
     */
    public record Symbols(int[] symbols, int width) implements Inputs {
        @Override
        public int length() {
            return symbols.length;
        }

        @Override
        public void write(int timeStep, float[] to, int offset) {
            java.util.Arrays.fill(to, offset, offset + width, 0);
            to[offset + symbols[timeStep]] = 1;
        }
    }

    /**
     * Numbers.
     *
     * @param values {@code [T, F]}
     * @param width F
     */
    public record Values(float[] values, int width) implements Inputs {
        @Override
        public int length() {
            return values.length / width;
        }

        @Override
        public void write(int timeStep, float[] to, int offset) {
            System.arraycopy(values, timeStep * width, to, offset, width);
        }
    }
}
