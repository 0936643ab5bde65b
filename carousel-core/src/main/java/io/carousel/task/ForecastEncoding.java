package io.carousel.task;

import io.carousel.data.Standardizer;
import java.util.List;

/**
 * All that a model must know beside its network to forecast; the {@code task} object of the model file.
 *
 * @param task always {@value #TASK}
 * @param spec as it was asked for
 * @param numbers as they were decided
 * @param transform how targets are prepared
 * @param ridge the shrinkage of the linear part
 * @param candidates the ways that were tried, best first; empty when nothing was to be chosen
 * @param splits which rows training saw
 * @param stages the course of the training
 * @param intervals the forecast quantiles of a network that gives none
 * @param stopped whether the training was ended early from outside
 * @param notes what one should know, one sentence each
 */
public record ForecastEncoding(
        String task,
        ForecastSpec spec,
        Numbers numbers,
        SeriesTransform transform,
        double ridge,
        List<TransformCandidate> candidates,
        List<SeriesSplit> splits,
        List<TrainingStage> stages,
        List<ErrorQuantile> intervals,
        boolean stopped,
        List<String> notes) {
    static final String TASK = "forecast";

    public ForecastEncoding {
        if (!task.equals(TASK)) {
            throw new IllegalArgumentException(
                    "task of the model must be " + TASK + ", got " + task + "; use the command of that task");
        }
        candidates = List.copyOf(candidates);
        splits = List.copyOf(splits);
        stages = List.copyOf(stages);
        intervals = List.copyOf(intervals);
        notes = List.copyOf(notes);
    }

    /**
     * Numbers taken from the training part.
     *
     * @param season rows of a season, 1 for none
     * @param window rows of the past that the network reads
     * @param center the mean of the target on its scale
     * @param scale what windows are divided by
     * @param floor what the size of a window's own steps is raised by
     * @param inputScales of each input, past inputs first
     */
    public record Numbers(
            int season, int window, double center, double scale, double floor, List<Standardizer> inputScales) {
        public Numbers {
            inputScales = List.copyOf(inputScales);
            if (season < 1 || window < 1 || !(scale > 0)) {
                throw new IllegalArgumentException(
                        "season, window and scale must be positive, got " + season + ", " + window + " and " + scale);
            }
            ForecastSpec.atMost("season", season, ForecastSpec.LONGEST);
            ForecastSpec.atMost("window", window, ForecastSpec.LONGEST);
        }

        Numbers withScale(double other) {
            return new Numbers(season, window, center, other, floor, inputScales);
        }
    }

    /**
     * How far above the point forecast a quantile lies.
     *
     * @param level the probability
     * @param offsets by step, in units of the window's divisor
     */
    public record ErrorQuantile(double level, List<Double> offsets) {
        public ErrorQuantile {
            offsets = List.copyOf(offsets);
        }
    }
}
