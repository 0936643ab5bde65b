package io.carousel.task.anomaly;

import io.carousel.cell.StatePart;
import io.carousel.data.DataException;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.layer.State;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.optim.AdamW;
import io.carousel.task.FitOptions;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds anomalies in streams of numbers with a recurrent network that has learnt what is usual, in the five steps of its life.
 *
 * <pre>{@code
 * AnomalySpec spec = AnomalySpec.builder().build();                                  // define
 * TrainingPlan plan = AnomalyDetector.defaultPlan();                                 // compile
 * SeriesSet history = EventReader.builder().build().read(Path.of("history.csv"));
 * AnomalyDetector detector = AnomalyDetector.fit(history, spec, plan, FitOptions.defaults()).detector();
 * List<SeriesDetections> found = detector.predict(EventReader.builder().build().read(Path.of("today.csv")));
 * DetectorSession live = detector.session();                                         // or one event at a time
 * }</pre>
 *
 * <p>Immutable, safe for any number of threads.
 */
public final class AnomalyDetector {
    private final Model model;
    private final AnomalyEncoding encoding;
    private final AnomalyModel residuals;
    private final List<StatePart> parts;

    private AnomalyDetector(Model model, AnomalyEncoding encoding) {
        this.model = model;
        this.encoding = encoding;
        residuals = AnomalyEncoding.model(encoding.spec(), encoding.channels(), model.network());
        parts = DetectorSession.stateParts(residuals, encoding.spec().scorer());
    }

    static AnomalyDetector of(Model model, AnomalyEncoding encoding) {
        return new AnomalyDetector(model, encoding);
    }

    /**
     * The plan that suits most histories: at most 100 epochs of batches of 16, AdamW at 0.003 with decay 0.01, a clip norm of 1,
     * and an end after 10 epochs without a gain.
     */
    public static TrainingPlan defaultPlan() {
        return TrainingPlan.defaults()
                .withEpochs(100)
                .withBatchSize(16)
                .withShardSize(8)
                .withLearningRate(3e-3)
                .withOptimizer(new AdamW())
                .withWeightDecay(0.01)
                .withPatience(10);
    }

    /**
     * Learns what is usual from a history, which should have few anomalies.
     *
     * @param history numbers may be missing (NaN)
     * @throws io.carousel.data.DataException when it is too short, or lacks a channel
     */
    public static AnomalyFit fit(SeriesSet history, AnomalySpec spec, TrainingPlan plan, FitOptions options) {
        return new AnomalyTraining(history, spec, plan, options).run();
    }

    /** A stream of its own, before its first event. */
    public DetectorSession session() {
        return new DetectorSession(this, residuals, encoding);
    }

    /**
     * Scores all events of all series, each a stream from its first event on.
     *
     * @throws io.carousel.data.DataException when a channel is missing
     */
    public List<SeriesDetections> predict(SeriesSet set) {
        List<SeriesDetections> all = new ArrayList<>();
        for (Series series : set.list()) {
            all.add(SeriesDetections.of(session(), series, encoding.names()));
        }
        return all;
    }

    /**
     * Compares what is told of series with what a column says of them; events in a row that are anomalous are one anomaly.
     *
     * @param label the column that is 1 where an event is anomalous, and else 0
     * @throws DataException when a channel or the label is missing, or a label is something else
     */
    public AnomalyEvaluation evaluate(SeriesSet set, String label) {
        List<List<EventWindow>> windows = new ArrayList<>();
        for (Series series : set.list()) {
            double[] labels = series.column(label);
            List<EventWindow> known = new ArrayList<>();
            int first = -1;
            for (int t = 0; t < labels.length; t++) {
                if (labels[t] != 0 && labels[t] != 1) {
                    throw new DataException("label " + label + " of " + set.source() + " must be 0 or 1, got "
                            + (Double.isNaN(labels[t]) ? "a missing number" : labels[t]) + " at "
                            + series.time().label(t) + "; name another column");
                }
                first = labels[t] == 0 ? -1 : first < 0 ? t : first;
                if (first >= 0 && (t + 1 == labels.length || labels[t + 1] != 1)) {
                    known.add(new EventWindow(first, t));
                }
            }
            windows.add(known);
        }
        return evaluate(set, windows);
    }

    /**
     * Compares what is told of series with what is known of them.
     *
     * @param windows the known anomalies of each series, such as those of {@link AnomalyWindows}
     * @throws DataException when a channel is missing, or a window is outside of its series
     */
    public AnomalyEvaluation evaluate(SeriesSet set, List<List<EventWindow>> windows) {
        return AnomalyEvaluation.of(predict(set), windows);
    }

    /** What a stream remembers. */
    public List<StatePart> stateParts() {
        return parts;
    }

    /** Refuses a state that no stream of this detector can be in. */
    void require(State state) {
        if (!state.parts().equals(parts) || state.sequences() != 1) {
            throw new IllegalArgumentException("state must have the parts " + parts + " of 1 sequence, got "
                    + state.parts() + " of " + state.sequences() + "; use a state of the same detector");
        }
        for (StatePart part : parts) {
            for (float value : state.values(part.name())) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("state must be finite, got " + value + " in " + part.name()
                            + "; use one that was kept whole");
                }
            }
        }
    }

    /** The same detector with another threshold. */
    public AnomalyDetector withThreshold(double probability) {
        AnomalyEncoding other = encoding.withSpec(encoding.spec().withThreshold(probability));
        return new AnomalyDetector(model, other);
    }

    /** Writes the model as one file. */
    public void save(Path path) throws IOException {
        model.save(path);
    }

    /**
     * Reads a model.
     *
     * @throws FormatException if the file is no sound model of a detector
     */
    public static AnomalyDetector load(Path path) throws IOException {
        return of(Model.load(path), path.toString());
    }

    /**
     * The detector in a model.
     *
     * @param source the name that errors use
     * @throws FormatException if it is a model of another task, or damaged
     */
    public static AnomalyDetector of(Model model, String source) throws IOException {
        AnomalyEncoding encoding = Json.convert(model.task(), AnomalyEncoding.class, source);
        try {
            if (!AnomalyEncoding.network(encoding.spec(), encoding.channels().size())
                    .equals(model.spec())) {
                throw new FormatException(
                        source, "network must be the one that the task describes, got another; the file is damaged");
            }
            AnomalyDetector detector = new AnomalyDetector(model, encoding);
            detector.session(); // its moments can be factored
            return detector;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException(source, e.getMessage() + "; the file is damaged", e);
        }
    }

    /** The network, its weights and where they come from. */
    public Model model() {
        return model;
    }

    /** What was asked for. */
    public AnomalySpec spec() {
        return encoding.spec();
    }

    /** What was decided and learnt beside the weights. */
    public AnomalyEncoding encoding() {
        return encoding;
    }

    static ObjectNode task(AnomalyEncoding encoding) {
        return (ObjectNode) Json.tree(encoding);
    }
}
