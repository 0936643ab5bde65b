package io.carousel;

import java.io.IOException;

/** What a process does that another is about to kill. */
public final class Doomed {
    private Doomed() {}

    /** Waits for the end, so that the work is not done before a slow killer comes; ends by itself when the killer is gone. */
    public static void awaitKill() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // The killer is gone, too.
        }
        Runtime.getRuntime().halt(1);
    }
}
