package io.carousel.task.forecast;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.carousel.eval.Scores;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good a forecast is on rows that training never saw, beside methods that need no training.
 *
 * <p>Prints as JSON without the backtests.
 *
 * @param metrics of the model
 * @param baselines of each naive method, by its name
 * @param examples how many forecasts were made, each of the whole horizon
 * @param beatsBestNaive whether the model's error is smaller than that of the best naive method by more than chance explains
 * @param bestNaive the naive method with the smallest error
 * @param decidedBy the measure that ranks them
 * @param confidence the probability that a gain like this is no chance, 0 to 1; 0.5 where the two are equal
 * @param verdict all this in plain words
 * @param errorByStep the mean absolute error of each step ahead, by method; the model is {@code network}
 * @param backtests the forecasts themselves, by series
 */
@JsonPropertyOrder({"metrics", "baselines", "examples", "beatsBestNaive"})
public record ForecastEvaluation(
        Scores metrics,
        Map<String, Scores> baselines,
        long examples,
        boolean beatsBestNaive,
        String bestNaive,
        String decidedBy,
        double confidence,
        String verdict,
        Map<String, List<Double>> errorByStep,
        @JsonIgnore List<SeriesBacktest> backtests) {
    /** The name of the model in {@link #errorByStep}. */
    public static final String NETWORK = "network";

    public ForecastEvaluation {
        backtests = List.copyOf(backtests);
    }

    /** The forecasts of one series. */
    public Optional<SeriesBacktest> backtest(String series) {
        return backtests.stream().filter(b -> b.series().equals(series)).findFirst();
    }
}
