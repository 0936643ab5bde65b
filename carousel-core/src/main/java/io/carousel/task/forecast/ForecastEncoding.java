package io.carousel.task.forecast;

import io.carousel.data.Standardizer;
import io.carousel.task.TrainingStage;
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

    /** Beyond these, a forecast could not be told from zero or from infinity after a product or two. */
    private static final double SMALLEST = 1e-150;

    private static final double LARGEST = 1e150;

    public ForecastEncoding {
        if (!task.equals(TASK)) {
            throw new IllegalArgumentException(
                    "task of the model must be " + TASK + ", got " + task + "; use the command of that task");
        }
        within("ridge", ridge, 0, LARGEST);
        candidates = List.copyOf(candidates);
        splits = List.copyOf(splits);
        stages = List.copyOf(stages);
        intervals = List.copyOf(intervals);
        notes = List.copyOf(notes);
    }

    private static void within(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) { // also NaN
            throw new IllegalArgumentException(what + " must be in [" + least + ", " + most + "], got " + value
                    + "; bring the target nearer to 1 by another unit");
        }
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
            if (season < 1 || window < 1) {
                throw new IllegalArgumentException(
                        "season and window must be positive, got " + season + " and " + window);
            }
            ForecastSpec.atMost("season", season, ForecastSpec.LONGEST);
            ForecastSpec.atMost("window", window, ForecastSpec.LONGEST);
            within("center", center, -LARGEST, LARGEST);
            within("scale", scale, SMALLEST, LARGEST);
            within("floor", floor, 0, LARGEST);
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
            if (!(level > 0 && level < 1)) {
                throw new IllegalArgumentException("level of a quantile must be in (0, 1), got " + level);
            }
            for (double offset : offsets) {
                within("offset of quantile " + level, offset, -LARGEST, LARGEST);
            }
        }
    }
}
