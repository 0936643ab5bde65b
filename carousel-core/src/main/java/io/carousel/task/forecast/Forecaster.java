package io.carousel.task.forecast;

import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.optim.AdamW;
import io.carousel.task.FitOptions;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Forecasts series with a recurrent network, in the five steps of its life.
 *
 * <pre>{@code
 * ForecastSpec spec = ForecastSpec.builder("Passengers").horizon(12).build();     // define
 * TrainingPlan plan = Forecaster.defaultPlan(set);                                  // compile
 * Forecaster forecaster = Forecaster.fit(set, spec, plan, FitOptions.defaults()).forecaster();
 * ForecastEvaluation evaluation = forecaster.evaluate(set);
 * List<Forecast> future = forecaster.predict(set);
 * }</pre>
 *
 * <p>The network is a sum of a linear autoregression, solved in closed form, and of LSTMs that learn what it leaves over.
 * An LSTM that does not help on the validation part stays out of the sum. Source of the idea: Lai et al., <i>Modeling
 * Long- and Short-Term Temporal Patterns with Deep Neural Networks</i>, 2018. Immutable, safe for any number of threads.
 */
public final class Forecaster {
    private static final int MANY_ROWS = 5_000;

    private final Model model;
    private final ForecastEncoding encoding;

    private Forecaster(Model model, ForecastEncoding encoding) {
        this.model = model;
        this.encoding = encoding;
    }

    static Forecaster of(Model model, ForecastEncoding encoding) {
        return new Forecaster(model, encoding);
    }

    /** {@link #defaultPlan()}, with batches of 128 in shards of 32 and a rate of 0.002 from 5000 rows on. */
    public static TrainingPlan defaultPlan(SeriesSet set) {
        long rows = set.list().stream().mapToLong(Series::length).sum();
        return rows < MANY_ROWS
                ? defaultPlan()
                : defaultPlan().withBatchSize(128).withShardSize(32).withLearningRate(2e-3);
    }

    /**
     * The plan that suits most series: at most 60 epochs of batches of 32, AdamW at 0.001 with decay 0.01, a clip norm of 1,
     * and an end after 8 epochs without a gain.
     */
    public static TrainingPlan defaultPlan() {
        return TrainingPlan.defaults()
                .withEpochs(60)
                .withOptimizer(new AdamW())
                .withWeightDecay(0.01)
                .withPatience(8);
    }

    /**
     * Chooses how to prepare the target, trains, and puts the model together; the rows of the test part are not looked at.
     *
     * @throws io.carousel.data.DataException when the series are too short, have holes, or lack a column
     */
    public static ForecastFit fit(SeriesSet set, ForecastSpec spec, TrainingPlan plan, FitOptions options) {
        return new ForecastTraining(set, spec, plan, options).run();
    }

    /**
     * Forecasts, from every row that it can, the rows that training never saw, and compares with naive methods.
     *
     * <p>Of the file that the model was trained on these are the rows of the test part. Of another file they are the rows
     * after the last time stamp that training saw of the series of that name; without time stamps, the rows after as many
     * as training saw; and all rows of a series that training did not have. A file of one series is taken as the later
     * state of the one series of the model, whatever its name.
     *
     * @throws io.carousel.data.DataException when there are no such rows
     */
    public ForecastEvaluation evaluate(SeriesSet set) {
        return new Backtest(model, encoding).evaluate(set);
    }

    /**
     * Forecasts the rows after each series.
     *
     * <p>Future inputs are read from rows after the last one that has a target; there must be one row for each step.
     *
     * @throws io.carousel.data.DataException when a series is too short or future inputs are missing
     */
    public List<Forecast> predict(SeriesSet set) {
        return new FuturePredictor(model, encoding).predict(set);
    }

    /**
     * What the network reads before a forecast, to look into it with {@code io.carousel.inspect}.
     *
     * @param lastRow the last row that is known, from 0
     * @throws io.carousel.data.DataException when the rows before are too few, or future inputs after it are missing
     */
    public ForecastWindow window(Series series, int lastRow) {
        if (lastRow < 0) {
            throw new IllegalArgumentException("last row must not be negative, got " + lastRow);
        }
        return ForecastWindow.of(encoding, series, lastRow);
    }

    /**
     * The last window of a series: of future inputs, the last one after which all are given.
     *
     * @throws io.carousel.data.DataException when the series is too short
     */
    public ForecastWindow lastWindow(Series series) {
        return ForecastWindow.of(encoding, series, -1);
    }

    /** Writes the model as one file. */
    public void save(Path path) throws IOException {
        model.save(path);
    }

    /**
     * Reads a model.
     *
     * @throws io.carousel.model.FormatException if the file is no sound model of a forecast
     */
    public static Forecaster load(Path path) throws IOException {
        return of(Model.load(path), path.toString());
    }

    /**
     * The forecaster in a model.
     *
     * @param source the name that errors use
     * @throws io.carousel.model.FormatException if it is a model of another task, or damaged
     */
    public static Forecaster of(Model model, String source) throws IOException {
        ForecastEncoding encoding = Json.convert(model.task(), ForecastEncoding.class, source);
        EncodingCheck.check(model, encoding, source);
        return new Forecaster(model, encoding);
    }

    /** The network, its weights and where they come from. */
    public Model model() {
        return model;
    }

    /** What was asked for. */
    public ForecastSpec spec() {
        return encoding.spec();
    }

    /** What was decided, and how. */
    public ForecastEncoding encoding() {
        return encoding;
    }

    static ObjectNode task(ForecastEncoding encoding) {
        return (ObjectNode) Json.tree(encoding);
    }
}
