package io.carousel.task.anomaly;

import io.carousel.data.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was found in one series, event by event.
 *
 * @param series as it was given
 * @param channels the watched columns
 * @param outcomes what became of each event
 * @param surprises NaN where an event was not scored; shared and not copied
 * @param standing whether the surprise stands out of those shortly before it; shared and not copied
 * @param anomalies whether each is one; shared and not copied
 * @param expected of each channel, by event, NaN where nothing was; shared and not copied
 */
public record SeriesDetections(
        Series series,
        List<String> channels,
        List<EventOutcome> outcomes,
        double[] surprises,
        boolean[] standing,
        boolean[] anomalies,
        double[][] expected) {
    public SeriesDetections {
        channels = List.copyOf(channels);
        outcomes = List.copyOf(outcomes);
    }

    /** Feeds a session, which may have a past, all events of a series. */
    static SeriesDetections of(DetectorSession session, Series series, List<String> channels) {
        int length = series.length();
        List<double[]> columns = new ArrayList<>();
        channels.forEach(channel -> columns.add(series.column(channel)));
        List<EventOutcome> outcomes = new ArrayList<>(Collections.nCopies(length, EventOutcome.SCORED));
        double[] surprises = new double[length];
        boolean[] standing = new boolean[length];
        boolean[] anomalies = new boolean[length];
        double[][] expected = new double[channels.size()][length];
        double[] values = new double[channels.size()];
        boolean numbered = series.time().rowNumbers();
        for (int t = 0; t < length; t++) {
            for (int c = 0; c < values.length; c++) {
                values[c] = columns.get(c)[t];
            }
            outcomes.set(
                    t,
                    numbered ? session.step(values) : session.step(series.time().stamp(t), values));
            surprises[t] = session.surprise();
            standing[t] = session.standsOut();
            anomalies[t] = session.anomaly();
            for (int c = 0; c < values.length; c++) {
                expected[c][t] = session.expected(c);
            }
        }
        return new SeriesDetections(series, channels, outcomes, surprises, standing, anomalies, expected);
    }

    /** How many events came to an outcome. */
    public int count(EventOutcome outcome) {
        return Collections.frequency(outcomes, outcome);
    }

    /** How many anomalies there are. */
    public int anomalyCount() {
        int count = 0;
        for (boolean anomaly : anomalies) {
            count += anomaly ? 1 : 0;
        }
        return count;
    }

    @Override
    public String toString() {
        return series + ", " + anomalyCount() + " anomalies";
    }
}
