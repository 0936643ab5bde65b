package io.carousel.task;

/** The check that the specs of the tasks share. */
public final class Ranges {
    private Ranges() {}

    /** Refuses a value that is not from {@code least} to {@code most}, both included. */
    public static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be from " + least + " to " + most + ", got " + value);
        }
    }
}
