package io.carousel.task.anomaly;

/**
 * Events that follow each other in a series, such as those of a known anomaly.
 *
 * @param first row, from 0
 * @param last row, included
 */
public record EventWindow(int first, int last) {
    public EventWindow {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException(
                    "window must begin at row 0 or later and not end before it begins, got rows " + first + " to "
                            + last);
        }
    }

    /** How many events there are. */
    public int events() {
        return last - first + 1;
    }

    /** Whether a row lies within. */
    public boolean holds(int row) {
        return row >= first && row <= last;
    }
}
