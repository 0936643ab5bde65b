package io.carousel.cli.report;

import io.carousel.cli.report.ForecastStory.Losses;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.ReportData.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page about anomalies tells, in plain lists.
 *
 * @param source where the events come from
 * @param subtitle one line about them
 * @param verdict how well known anomalies were found; null where none are known
 * @param timeLabel what time stamps are called
 * @param unit how they read
 * @param series what was found in each
 * @param leastSurprise from which on an event is an anomaly; NaN where the scorer decides by itself
 * @param trainings the course of the training; may be empty
 * @param provenance what was chosen and where the model comes from
 * @param footer one line at the end
 */
public record AnomalyStory(
        String source,
        String subtitle,
        @Nullable Verdict verdict,
        String timeLabel,
        Chart.Unit unit,
        List<Stream> series,
        double leastSurprise,
        List<Losses> trainings,
        List<Facts> provenance,
        String footer) {
    /** Copies the lists. */
    public AnomalyStory {
        series = List.copyOf(series);
        trainings = List.copyOf(trainings);
        provenance = List.copyOf(provenance);
    }

    /**
     * One series.
     *
     * @param name of the series; may be empty
     * @param x positions along the bottom
     * @param channels of the series
     * @param surprises of the events, NaN where one was not scored
     * @param anomalies those that were told, in order
     * @param known those that are known; may be empty
     */
    public record Stream(
            String name,
            double[] x,
            List<Channel> channels,
            double[] surprises,
            List<Anomaly> anomalies,
            List<Known> known) {
        /** Copies the lists. */
        public Stream {
            channels = List.copyOf(channels);
            anomalies = List.copyOf(anomalies);
            known = List.copyOf(known);
        }
    }

    /**
     * A channel of a series.
     *
     * @param name of the column
     * @param values as they were
     * @param expected by the model
     */
    public record Channel(String name, double[] values, double[] expected) {}

    /**
     * An event that was told.
     *
     * @param row in the arrays of its series
     * @param time as it is written
     * @param surprise of the event
     */
    public record Anomaly(int row, String time, double surprise) {}

    /**
     * An anomaly that is known.
     *
     * @param first row in the arrays of its series; below 0 where it began before what is shown
     * @param last row
     * @param from time of the first event, as it is written
     * @param to time of the last one
     * @param alarms the events in it that were told
     * @param found after how many events, in words, or that it was not
     */
    public record Known(int first, int last, String from, String to, int alarms, String found) {}
}
