package io.carousel.task.classify;

/** The sequence of an example: a text or numbers. */
public sealed interface ExampleInput {
    /** A text as it was read. */
    record Text(String text) implements ExampleInput {}

    /**
     * Rows of numbers.
     *
     * @param features F
     * @param values {@code [T, F]}, shared and not copied
     */
    record Numbers(int features, float[] values) implements ExampleInput {
        public Numbers {
            if (features < 1 || values.length == 0 || values.length % features != 0) {
                throw new IllegalArgumentException("numbers of an example must be rows of " + features
                        + " features, at least one, got " + values.length + " numbers");
            }
        }

        /** T: the number of time steps. */
        public int steps() {
            return values.length / features;
        }
    }
}
