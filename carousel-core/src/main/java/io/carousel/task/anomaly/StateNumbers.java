package io.carousel.task.anomaly;

import io.carousel.layer.State;

/** Reads whole numbers of a state, which may come from anywhere. */
final class StateNumbers {
    private StateNumbers() {}

    /**
     * A count.
     *
     * @param index of the number in its part
     * @throws IllegalArgumentException when it is no whole number from 0 to {@code most}
     */
    static int count(State state, String part, int index, int most) {
        float value = state.values(part)[index];
        if (!(value >= 0 && value <= most) || value != (int) value) {
            throw new IllegalArgumentException(
                    "number " + index + " of " + part + " in a state must be a whole number from 0 to " + most
                            + ", got " + value + "; use one that was kept whole");
        }
        return (int) value;
    }
}
