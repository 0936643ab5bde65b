package io.carousel.task.anomaly;

import io.carousel.data.DataException;
import io.carousel.eval.AreaUnderCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How well anomalies that are known were found.
 *
 * <p>A known anomaly is a window of events; it is found when an anomaly is told in it. An anomaly that is told outside of all windows
 * is a false alarm, each counts. Events that were not scored are left out of the area.
 *
 * @param events all events
 * @param scored those that have a surprise
 * @param known each known anomaly, in the order in which they were given
 * @param alarms the anomalies that were told
 * @param falseAlarms those outside of all windows
 * @param area under the curve of the surprises of events within windows over those of the others; NaN where all or none are within
 */
public record AnomalyEvaluation(
        long events, long scored, List<KnownAnomaly> known, int alarms, int falseAlarms, double area) {
    public AnomalyEvaluation {
        known = List.copyOf(known);
    }

    /**
     * Compares what was told with what is known.
     *
     * @param windows of each series
     * @throws DataException when these are of another number of series, or end after the last event
     */
    static AnomalyEvaluation of(List<SeriesDetections> told, List<List<EventWindow>> windows) {
        if (windows.size() != told.size()) {
            throw new DataException("known anomalies must be those of " + told.size() + " series, got " + windows.size()
                    + "; give a list for each");
        }
        long events = 0;
        int alarms = 0;
        int falseAlarms = 0;
        List<KnownAnomaly> known = new ArrayList<>();
        int scored =
                told.stream().mapToInt(one -> one.count(EventOutcome.SCORED)).sum();
        double[] surprises = new double[scored];
        boolean[] positive = new boolean[scored];
        int at = 0;
        for (int s = 0; s < told.size(); s++) {
            SeriesDetections one = told.get(s);
            int length = one.outcomes().size();
            boolean[] anomalous = new boolean[length];
            for (EventWindow window : windows.get(s)) {
                if (window.last() >= length) {
                    throw new DataException("window must end within the " + length + " events of its series, got "
                            + window + "; give rows from 0");
                }
                Arrays.fill(anomalous, window.first(), window.last() + 1, true);
                known.add(KnownAnomaly.of(s, window, one.anomalies()));
            }
            events += length;
            for (int t = 0; t < length; t++) {
                if (one.anomalies()[t]) {
                    alarms++;
                    falseAlarms += anomalous[t] ? 0 : 1;
                }
                if (!Double.isNaN(one.surprises()[t])) {
                    surprises[at] = one.surprises()[t];
                    positive[at++] = anomalous[t];
                }
            }
        }
        double area = AreaUnderCurve.of(Arrays.copyOf(surprises, at), Arrays.copyOf(positive, at));
        return new AnomalyEvaluation(events, scored, known, alarms, falseAlarms, area);
    }

    /** How many anomalies are known. */
    public int windows() {
        return known.size();
    }

    /** How many of these were found. */
    public int found() {
        return (int) known.stream().filter(KnownAnomaly::found).count();
    }

    /** The mean number of events from the start of an anomaly to what was told first in it; NaN where none was found. */
    public double delay() {
        return known.stream()
                .map(KnownAnomaly::delay)
                .filter(Objects::nonNull)
                .mapToInt(delay -> delay)
                .average()
                .orElse(Double.NaN);
    }

    /** The share of right ones among the alarms; 0 where there are none. */
    public double precision() {
        return alarms == 0 ? 0 : (double) (alarms - falseAlarms) / alarms;
    }

    /** The share of the known anomalies that were found; 0 where there are none. */
    public double recall() {
        return known.isEmpty() ? 0 : (double) found() / windows();
    }

    /** The harmonic mean of precision and recall. */
    public double f1() {
        double sum = precision() + recall();
        return sum == 0 ? 0 : 2 * precision() * recall() / sum;
    }
}
