package io.carousel.task.anomaly;

import org.jspecify.annotations.Nullable;

/**
 * An anomaly that is known, and how it was found.
 *
 * @param series the place of its series in the set, from 0
 * @param window its events
 * @param alarms the anomalies that were told in it
 * @param delay the events from its first one to the first alarm; null where none was told
 */
public record KnownAnomaly(
        int series,
        EventWindow window,
        int alarms,
        @Nullable Integer delay) {
    static KnownAnomaly of(int series, EventWindow window, boolean[] told) {
        int alarms = 0;
        Integer delay = null;
        for (int row = window.first(); row <= window.last(); row++) {
            if (told[row]) {
                delay = delay == null ? Integer.valueOf(row - window.first()) : delay;
                alarms++;
            }
        }
        return new KnownAnomaly(series, window, alarms, delay);
    }

    /** Whether an anomaly was told in it. */
    public boolean found() {
        return delay != null;
    }
}
