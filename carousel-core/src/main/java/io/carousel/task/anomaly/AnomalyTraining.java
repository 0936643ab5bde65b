package io.carousel.task.anomaly;

import io.carousel.data.DataException;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.data.Sha256;
import io.carousel.data.TimeIndex;
import io.carousel.layer.Network;
import io.carousel.model.Model;
import io.carousel.model.Provenance;
import io.carousel.task.FitOptions;
import io.carousel.task.FitRun;
import io.carousel.task.TrainingStage;
import io.carousel.tensor.Rng;
import io.carousel.train.Objective;
import io.carousel.train.TrainingPlan;
import io.carousel.train.TrainingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One fit from history to model: hold the last part out, scale, train, look at the distances of what was held out. */
final class AnomalyTraining {
    private static final int FEWEST_EVENTS = 20;
    /** From so many series on, some are held out whole. */
    private static final int MANY_SERIES = 10;

    private static final double QUIET_SHARE = 0.3;
    private static final int LEAST_QUIET = 10;
    private static final int MOST_QUIET = 200;

    private final SeriesSet history;
    private final AnomalySpec spec;
    private final TrainingPlan plan;
    private final FitOptions options;
    private final @Nullable UsualSteps steps;
    private final List<String> notes = new ArrayList<>();

    AnomalyTraining(SeriesSet history, AnomalySpec spec, TrainingPlan plan, FitOptions options) {
        this.history = history;
        this.spec = spec;
        this.plan = plan;
        this.options = options;
        steps = UsualSteps.of(history, spec.gap());
    }

    /** One series without a gap, as rows of numbers, and from where on it is held out. */
    private record Rows(double[][] values, int heldOut) {
        double[][] learnt() {
            return Arrays.copyOf(values, heldOut);
        }

        double[][] held() {
            return Arrays.copyOfRange(values, heldOut, values.length);
        }

        Rows part(int from, int to) {
            return new Rows(Arrays.copyOfRange(values, from, to), Math.max(0, Math.min(heldOut, to) - from));
        }
    }

    AnomalyFit run() {
        long start = System.nanoTime();
        notes.addAll(history.notes());
        List<String> channels = spec.channels().isEmpty() ? history.columns() : spec.channels();
        if (channels.size() > AnomalyEncoding.MOST_CHANNELS) {
            throw new DataException("channels must be at most " + AnomalyEncoding.MOST_CHANNELS + ", got "
                    + channels.size() + "; name those that matter");
        }
        List<Rows> raw = rows(channels);
        List<ChannelScale> scales = scales(channels, raw);
        List<Rows> scaled = raw.stream().map(rows -> scaled(rows, scales)).toList();
        Network network =
                Network.create(AnomalyEncoding.network(spec, channels.size()), Rng.of(plan.seed()).stream("weights"));
        Objective learnt = objective(network, scaled.stream().map(Rows::learnt).toList(), scales);
        if (learnt == null) {
            throw new DataException(history.source() + " must have "
                    + (spec.source() == ResidualSource.FORECAST
                            ? "two events after each other"
                            : spec.window() + " events after each other, those of a window,")
                    + " without a missing number to learn from, got none; give a longer history");
        }
        Objective judged = objective(network, scaled.stream().map(Rows::held).toList(), scales);
        if (judged == null) {
            notes.add("the part that was held out is too short to choose an epoch; the last one was kept");
        }
        FitRun run = FitRun.begin(options, digest(scaled), spec, plan);
        options.listener().stage("training", 1, 1);
        TrainingResult result = run.train(plan, "training", learnt, judged);
        boolean stopped = run.stopped();
        if (stopped) {
            notes.add(FitRun.STOPPED);
        }
        int best = judged == null ? result.history().size() : result.bestEpoch();
        List<TrainingStage> stages = List.of(new TrainingStage("training", result.history(), best, null));
        AnomalyEncoding encoding = encoding(network, scales, scaled, stages, stopped);
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        Provenance provenance = Provenance.ofFit(history.source(), history.sha256(), spec, plan, plan.seed(), wallTime);
        Model model = Model.of(network, AnomalyDetector.task(encoding), provenance);
        run.end();
        return new AnomalyFit(AnomalyDetector.of(model, encoding), stages, stopped, notes, wallTime);
    }

    // ---------------------------------------------------------------- data

    private List<Rows> rows(List<String> channels) {
        List<Rows> all = new ArrayList<>();
        int series = history.size();
        int heldSeries = series < MANY_SERIES ? 0 : (int) Math.max(1, Math.round(series * spec.validation()));
        long events = 0;
        for (int s = 0; s < series; s++) {
            Series one = history.list().get(s);
            List<double[]> columns = channels.stream().map(one::column).toList();
            double[][] values = new double[one.length()][channels.size()];
            for (int t = 0; t < values.length; t++) {
                for (int c = 0; c < channels.size(); c++) {
                    values[t][c] = columns.get(c)[t];
                }
            }
            int heldOut = heldSeries > 0
                    ? (s < series - heldSeries ? values.length : 0)
                    : values.length - (int) Math.round(values.length * spec.validation());
            all.addAll(parts(new Rows(values, heldOut), one.time()));
            events += values.length;
        }
        int gaps = all.size() - series;
        if (gaps > 0 && steps != null) {
            notes.add(gaps + " of " + events + " events of the history came more than " + steps.longest() / steps.step()
                    + " usual steps of time after the one before; each began its stream anew");
        }
        if (events < FEWEST_EVENTS) {
            throw new DataException(history.source() + " must have at least " + FEWEST_EVENTS
                    + " events to learn from, got " + events + "; give a longer history");
        }
        return all;
    }

    /** A series cut at its gaps: what is across one is neither learnt nor usual. */
    private List<Rows> parts(Rows rows, TimeIndex time) {
        List<Rows> parts = new ArrayList<>();
        int from = 0;
        for (int t = 1; t < time.length(); t++) {
            if (steps != null && !time.rowNumbers() && steps.gap(time.stamp(t - 1), time.stamp(t))) {
                parts.add(rows.part(from, t));
                from = t;
            }
        }
        parts.add(rows.part(from, time.length()));
        return parts;
    }

    /** Mean and deviations of what is learnt from; a channel that never changes keeps its distances as they are. */
    private List<ChannelScale> scales(List<String> channels, List<Rows> rows) {
        List<ChannelScale> scales = new ArrayList<>();
        for (int c = 0; c < channels.size(); c++) {
            double sum = 0;
            long count = 0;
            double changes = 0;
            long changeCount = 0;
            for (Rows one : rows) {
                for (int t = 0; t < one.heldOut; t++) {
                    double value = one.values[t][c];
                    if (Double.isNaN(value)) {
                        continue;
                    }
                    sum += value;
                    count++;
                    if (t > 0 && !Double.isNaN(one.values[t - 1][c])) {
                        double change = value - one.values[t - 1][c];
                        changes += change * change;
                        changeCount++;
                    }
                }
            }
            if (count == 0) {
                throw new DataException("channel " + channels.get(c) + " of " + history.source()
                        + " must have numbers to learn from, got none; leave it out");
            }
            double mean = sum / count;
            double squares = 0;
            for (Rows one : rows) {
                for (int t = 0; t < one.heldOut; t++) {
                    double value = one.values[t][c];
                    squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
                }
            }
            double deviation = divisor(Math.sqrt(squares / count), mean);
            double change = divisor(Math.sqrt(changes / Math.max(1, changeCount)) / deviation, 1);
            if (squares == 0) {
                notes.add("channel " + channels.get(c) + " never changes in what was learnt from");
            }
            scales.add(new ChannelScale(channels.get(c), mean, deviation, change));
        }
        return scales;
    }

    /** A scale that can be divided by: 1 in place of 0, and of what is nothing beside the numbers themselves. */
    private static double divisor(double scale, double beside) {
        return scale > 1e-9 * Math.abs(beside) && Double.isFinite(1 / scale) && Double.isFinite(scale) ? scale : 1;
    }

    private static Rows scaled(Rows rows, List<ChannelScale> scales) {
        double[][] values = new double[rows.values.length][scales.size()];
        for (int t = 0; t < values.length; t++) {
            for (int c = 0; c < values[t].length; c++) {
                values[t][c] = scales.get(c).scale(rows.values[t][c]);
            }
        }
        return new Rows(values, rows.heldOut);
    }

    private @Nullable Objective objective(Network network, List<double[][]> histories, List<ChannelScale> scales) {
        return switch (spec.source()) {
            case FORECAST -> ForecastResiduals.objective(network, histories, scales, plan.batchSize());
            case RECONSTRUCTION -> ReconstructionResiduals.objective(network, histories, spec.window());
        };
    }

    private String digest(List<Rows> rows) {
        if (options.checkpoints() == null) {
            return "";
        }
        Sha256 digest = new Sha256();
        for (Rows one : rows) {
            digest.add(one.values.length + " " + one.heldOut);
            for (double[] row : one.values) {
                digest.add(row);
            }
        }
        return digest.hex();
    }

    // ---------------------------------------------------------------- what is usual

    /**
     * Runs over the whole history, and takes the residuals of what was held out, or of all where that has hardly any; as with a
     * stream, without those of its warm-up.
     */
    private AnomalyEncoding encoding(
            Network network,
            List<ChannelScale> scales,
            List<Rows> scaled,
            List<TrainingStage> stages,
            boolean stopped) {
        AnomalyModel model = AnomalyEncoding.model(spec, scales, network);
        int warmUp = Math.max(spec.warmUp(), model.warmUp());
        List<double[]> held = new ArrayList<>();
        List<double[]> all = new ArrayList<>();
        long events = 0;
        long heldOut = 0;
        for (Rows rows : scaled) {
            AnomalyModel.Run run = model.run();
            double[] expected = new double[scales.size()];
            for (int t = 0; t < rows.values.length; t++) {
                double[] residuals = new double[scales.size()];
                run.step(rows.values[t], residuals, expected);
                boolean whole = true;
                for (double residual : residuals) {
                    whole &= !Double.isNaN(residual);
                }
                if (whole && t >= warmUp) {
                    all.add(residuals);
                    if (t >= rows.heldOut) {
                        held.add(residuals);
                    }
                }
            }
            events += rows.values.length;
            heldOut += rows.values.length - rows.heldOut;
        }
        if (all.isEmpty()) {
            throw new DataException(history.source() + " must have events whose numbers are all there, got none that "
                    + "can be expected; give a longer history");
        }
        List<double[]> usual = held.size() < FEWEST_EVENTS ? all : held;
        List<Double> moments = ResidualDistance.moments(usual, scales.size());
        ResidualDistance distance = new ResidualDistance(scales.size(), moments);
        double[] distances = usual.stream().mapToDouble(distance::of).toArray();
        return new AnomalyEncoding(
                AnomalyEncoding.TASK,
                spec,
                history.list().stream().noneMatch(series -> series.time().rowNumbers()),
                scales,
                moments,
                UsualDistances.of(distances),
                quiet(events),
                events,
                heldOut,
                stages,
                stopped,
                notes,
                steps);
    }

    private int quiet(long events) {
        Integer asked = spec.quiet();
        return asked != null
                ? asked
                : (int) Math.max(LEAST_QUIET, Math.min(MOST_QUIET, Math.round(QUIET_SHARE * events / history.size())));
    }
}
