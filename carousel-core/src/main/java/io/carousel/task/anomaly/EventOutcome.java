package io.carousel.task.anomaly;

/** What became of an event. */
public enum EventOutcome {
    /** It has a surprise. */
    SCORED,
    /** It was taken, and is among the first of its stream, of which nothing can be expected yet. */
    WARMING_UP,
    /** It was taken, and begins its stream anew: it came so long after the one before that nothing can be expected of it. */
    AFTER_GAP,
    /** It was taken, and no watched channel has a number; what was expected stands in their place. */
    MISSING,
    /** It has the time stamp of the event before, and was not taken. */
    DUPLICATE,
    /** It has a time stamp before that of the event before, and was not taken. */
    LATE;

    /** Whether the stream went on with the event. */
    public boolean taken() {
        return this != DUPLICATE && this != LATE;
    }
}
