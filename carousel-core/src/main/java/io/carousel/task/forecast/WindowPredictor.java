package io.carousel.task.forecast;

import io.carousel.autograd.Tape;
import io.carousel.data.DataException;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.loss.LossSpec;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;

/** Forecasts from windows: runs the network, and reads its outputs back to the units of the series. */
final class WindowPredictor {
    private static final int BATCH = 64;

    private final Network network;
    private final ForecastSpec spec;
    private final LossSpec loss;
    private final WindowEncoder encoder;
    private final List<ForecastEncoding.ErrorQuantile> intervals;
    private final List<Double> levels;
    private final Tape tape;

    WindowPredictor(
            Network network, ForecastSpec spec, WindowEncoder encoder, List<ForecastEncoding.ErrorQuantile> intervals) {
        this.network = network;
        this.spec = spec;
        this.loss = spec.trainingLoss();
        this.encoder = encoder;
        this.intervals = intervals;
        this.levels = levels(spec, intervals);
        this.tape = new Tape(Kernels.best(), new Workspace());
    }

    private static List<Double> levels(ForecastSpec spec, List<ForecastEncoding.ErrorQuantile> intervals) {
        if (spec.trainingLoss() instanceof io.carousel.loss.QuantileLoss quantiles) {
            return quantiles.levels();
        }
        return needsIntervals(spec)
                ? intervals.stream().map(ForecastEncoding.ErrorQuantile::level).toList()
                : spec.quantiles();
    }

    /** Whether quantiles must come from errors on the validation part, because the loss gives none. */
    static boolean needsIntervals(ForecastSpec spec) {
        LossSpec loss = spec.trainingLoss();
        return spec.mode() == ForecastMode.RECURSIVE
                || spec.quantiles().stream().anyMatch(level -> !loss.gives(level));
    }

    /**
     * A forecast of one window.
     *
     * @param point by step
     * @param quantiles by level, then by step
     */
    @SuppressWarnings("ArrayRecordComponent") // is read once and never compared
    record Result(double[] point, double[][] quantiles) {}

    /** The levels of the quantiles, ascending. */
    List<Double> quantileLevels() {
        return levels;
    }

    /**
     * The forecasts of all windows, each of the whole horizon.
     *
     * @throws DataException when one is not finite
     */
    List<Result> predict(WindowSet windows) {
        List<Result> results = predictAny(windows);
        for (int w = 0; w < windows.size(); w++) {
            Result result = results.get(w);
            requireFinite(windows, w, result.point());
            for (double[] quantile : result.quantiles()) {
                requireFinite(windows, w, quantile);
            }
        }
        return results;
    }

    private static void requireFinite(WindowSet windows, int w, double[] values) {
        for (int h = 0; h < values.length; h++) {
            if (!Double.isFinite(values[h])) {
                throw notFinite(windows.series(w).source(), windows.origin(w), h, values[h]);
            }
        }
    }

    /** What to say of a forecast that is no number of use. */
    static DataException notFinite(TargetSeries series, int origin, int step, double value) {
        return new DataException("forecast of series '" + series.name() + "', step " + (step + 1) + " after "
                + series.time().label(origin - 1) + ", must be finite, got " + value
                + "; check the rows before for values far from those of the training, or fit without a log");
    }

    /** The same for a network that may be no good: numbers that are not finite are given as they are. */
    List<Result> predictAny(WindowSet windows) {
        List<Result> results = new ArrayList<>(windows.size());
        for (int from = 0; from < windows.size(); from += BATCH) {
            WindowSet part = windows.slice(from, Math.min(from + BATCH, windows.size()));
            results.addAll(spec.mode() == ForecastMode.DIRECT ? direct(part) : recursive(part));
        }
        return results;
    }

    private List<Result> direct(WindowSet windows) {
        Tensor raw = raw(windows);
        int horizon = spec.horizon();
        int outputs = loss.outputs();
        List<Result> results = new ArrayList<>();
        for (int w = 0; w < windows.size(); w++) {
            double[] scaled = new double[horizon];
            double[][] quantiles = new double[levels.size()][horizon];
            WindowEncoder.Frame frame = encoder.frame(windows.series(w), windows.origin(w));
            for (int h = 0; h < horizon; h++) {
                int at = raw.offset() + (w * horizon + h) * outputs;
                scaled[h] = frame.decode(h, loss.point(raw.data(), at));
                for (int q = 0; q < quantiles.length; q++) {
                    if (intervals.isEmpty()) {
                        quantiles[q][h] = decode(frame.decode(h, loss.quantile(levels.get(q), raw.data(), at)));
                    }
                }
            }
            results.add(result(frame, scaled, quantiles));
        }
        return results;
    }

    /** Decodes points, and adds the quantiles that come from errors. */
    private Result result(WindowEncoder.Frame frame, double[] scaled, double[][] quantiles) {
        double divisor = frame.divisor();
        double[] point = new double[scaled.length];
        for (int h = 0; h < point.length; h++) {
            point[h] = decode(scaled[h]);
            for (int q = 0; q < intervals.size(); q++) {
                quantiles[q][h] =
                        decode(scaled[h] + divisor * intervals.get(q).offsets().get(h));
            }
        }
        return new Result(point, quantiles);
    }

    private List<Result> recursive(WindowSet windows) {
        int horizon = spec.horizon();
        List<EncodedSeries> grown = new ArrayList<>();
        double[][] scaled = new double[windows.size()][horizon];
        int[] origins = new int[windows.size()];
        for (int w = 0; w < windows.size(); w++) {
            grown.add(windows.series(w).known(windows.origin(w), horizon));
        }
        for (int h = 0; h < horizon; h++) {
            for (int w = 0; w < origins.length; w++) {
                origins[w] = windows.origin(w) + h;
            }
            WindowSet now = WindowSet.of(grown, origins);
            Tensor raw = raw(now);
            for (int w = 0; w < origins.length; w++) {
                float point = loss.point(raw.data(), raw.offset() + w * loss.outputs());
                scaled[w][h] = encoder.frame(grown.get(w), origins[w]).decode(0, point);
                grown.get(w).write(origins[w], scaled[w][h]);
            }
        }
        List<Result> results = new ArrayList<>();
        for (int w = 0; w < origins.length; w++) {
            WindowEncoder.Frame frame = encoder.frame(windows.series(w), windows.origin(w));
            results.add(result(frame, scaled[w], new double[levels.size()][horizon]));
        }
        return results;
    }

    private Tensor raw(WindowSet windows) {
        int[] examples = new int[windows.size()];
        java.util.Arrays.setAll(examples, i -> i);
        tape.begin();
        return network.forward(
                        tape, WindowObjective.batch(tape, encoder, windows, examples, 0, examples.length), null, null)
                .rows()
                .value();
    }

    private double decode(double scaled) {
        return encoder.transform().log().inverse(scaled);
    }
}
