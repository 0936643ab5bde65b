package io.carousel.cli.report;

import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.ReportData.Facts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page about a forecast tells, in plain arrays.
 *
 * @param target the column that is forecast
 * @param source where the numbers come from
 * @param horizon how many steps ahead
 * @param timeLabel what the time axis is called
 * @param unit how the time axis reads
 * @param series one entry for each series of the file
 * @param scores the evaluation on the part that training never saw, if there was one
 * @param trainings the course of each training that the model is made of; may be empty
 * @param provenance what was chosen and where the model comes from
 * @param footer one line at the end
 */
public record ForecastStory(
        String target,
        String source,
        int horizon,
        String timeLabel,
        Unit unit,
        List<SeriesStory> series,
        @Nullable Scores scores,
        List<Losses> trainings,
        List<Facts> provenance,
        String footer) {
    /** Copies the lists. */
    public ForecastStory {
        series = List.copyOf(series);
        trainings = List.copyOf(trainings);
        provenance = List.copyOf(provenance);
    }

    /**
     * One series and its future.
     *
     * @param name of the series
     * @param time of the past values and then of the forecast
     * @param past measured values, NaN where missing
     * @param forecast the forecast; past and forecast together are as long as {@code time}
     * @param intervals around the forecast, widest first
     * @param testFrom the time of the first row that training never saw, NaN when it saw all
     * @param backtest forecasts of the part that training never saw, if there was an evaluation
     */
    public record SeriesStory(
            String name,
            double[] time,
            double[] past,
            double[] forecast,
            List<Interval> intervals,
            double testFrom,
            @Nullable Backtest backtest) {
        /** Copies the list. */
        public SeriesStory {
            intervals = List.copyOf(intervals);
        }
    }

    /**
     * Where a value lies with a stated probability.
     *
     * @param level the probability, 0 to 1
     * @param low lower edges
     * @param high upper edges
     */
    public record Interval(double level, double[] low, double[] high) {}

    /**
     * What would have been forecast, beside what came.
     *
     * @param time of each value
     * @param actual what came
     * @param network what the network said, NaN between two forecasts
     * @param intervals around it, widest first
     * @param baselines what each naive method said, by name
     */
    public record Backtest(
            double[] time,
            double[] actual,
            double[] network,
            List<Interval> intervals,
            Map<String, double[]> baselines) {
        /** Copies the list. */
        public Backtest {
            intervals = List.copyOf(intervals);
        }
    }

    /**
     * How good the network is, beside the naive methods.
     *
     * @param examples how many forecasts were scored
     * @param metrics the network's scores by the name of the metric, in the order to show
     * @param baselines the same of each naive method, by name
     * @param beatsBestNaive whether the network is better than every naive method
     * @param bestNaive the name of the best naive method
     * @param decidedBy the metric that decides
     * @param verdict whether the network beats the best naive method, in plain words
     * @param errorByStep mean absolute error of each step ahead, by method; the network's name is {@link #NETWORK}
     */
    public record Scores(
            long examples,
            Map<String, Double> metrics,
            Map<String, Map<String, Double>> baselines,
            boolean beatsBestNaive,
            String bestNaive,
            String decidedBy,
            String verdict,
            Map<String, double[]> errorByStep) {
        /** What the network is called beside the naive methods. */
        public static final String NETWORK = "network";
    }

    /**
     * The course of one training.
     *
     * @param name what was trained
     * @param training mean loss of each epoch
     * @param validation the same on the validation part, NaN where it was not measured
     * @param bestEpoch the epoch, from 1, whose weights were kept; 0 for none
     */
    public record Losses(String name, double[] training, double[] validation, int bestEpoch) {}
}
