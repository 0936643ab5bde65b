package io.carousel.task.anomaly;

import io.carousel.eval.AreaUnderCurve;
import java.util.Arrays;
import java.util.List;

/**
 * How well anomalies that are known were found.
 *
 * <p>A <i>window</i> is a run of events that are labelled anomalous; it is found when an anomaly is told in it. An anomaly that is told
 * outside of all windows is a false alarm, each counts. Events that were not scored are left out of the area.
 *
 * @param events all events
 * @param scored those that have a surprise
 * @param windows the runs of labelled events
 * @param found those in which an anomaly was told
 * @param alarms the anomalies that were told
 * @param falseAlarms those outside of all windows
 * @param area under the curve of the surprises of labelled events over those of the others; NaN where all or none are labelled
 * @param delay the mean number of events from the start of a window to its first anomaly; NaN where none was found
 */
public record AnomalyEvaluation(
        long events, long scored, int windows, int found, int alarms, int falseAlarms, double area, double delay) {

    /**
     * Compares what was told with what is known.
     *
     * @param labels of each event of each series, true where it is anomalous
     */
    static AnomalyEvaluation of(List<SeriesDetections> told, List<boolean[]> labels) {
        long events = 0;
        int windows = 0;
        int found = 0;
        int alarms = 0;
        int falseAlarms = 0;
        long delays = 0;
        int scored =
                told.stream().mapToInt(one -> one.count(EventOutcome.SCORED)).sum();
        double[] surprises = new double[scored];
        boolean[] positive = new boolean[scored];
        int at = 0;
        for (int s = 0; s < told.size(); s++) {
            SeriesDetections one = told.get(s);
            boolean[] known = labels.get(s);
            events += known.length;
            int start = -1;
            boolean open = false;
            for (int t = 0; t < known.length; t++) {
                if (known[t] && start < 0) {
                    start = t;
                    open = true;
                    windows++;
                } else if (!known[t]) {
                    start = -1;
                }
                if (one.anomalies()[t]) {
                    alarms++;
                    if (start < 0) {
                        falseAlarms++;
                    } else if (open) {
                        found++;
                        delays += t - start;
                        open = false;
                    }
                }
                if (!Double.isNaN(one.surprises()[t])) {
                    surprises[at] = one.surprises()[t];
                    positive[at++] = known[t];
                }
            }
        }
        double area = AreaUnderCurve.of(Arrays.copyOf(surprises, at), Arrays.copyOf(positive, at));
        return new AnomalyEvaluation(
                events,
                scored,
                windows,
                found,
                alarms,
                falseAlarms,
                area,
                found == 0 ? Double.NaN : (double) delays / found);
    }

    /** The share of right ones among the alarms; 0 where there are none. */
    public double precision() {
        return alarms == 0 ? 0 : (double) (alarms - falseAlarms) / alarms;
    }

    /** The share of the windows that were found; 0 where there are none. */
    public double recall() {
        return windows == 0 ? 0 : (double) found / windows;
    }

    /** The harmonic mean of precision and recall. */
    public double f1() {
        double sum = precision() + recall();
        return sum == 0 ? 0 : 2 * precision() * recall() / sum;
    }
}
