package io.carousel.task;

/** The checks that the specs of the tasks share. */
public final class Ranges {
    private Ranges() {}

    /** Refuses a value that is not from {@code least} to {@code most}, both included. */
    public static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be from " + least + " to " + most + ", got " + value);
        }
    }

    /** Refuses a value that is not from 0 to below 1. */
    public static void rate(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(what + " must be in [0, 1), got " + value);
        }
    }
}
