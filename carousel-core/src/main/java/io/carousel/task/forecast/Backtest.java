package io.carousel.task.forecast;

import io.carousel.data.DataException;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.eval.Metrics;
import io.carousel.eval.NaiveMethod;
import io.carousel.eval.RollingOrigin;
import io.carousel.model.Model;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forecasts from every row of the part that training never saw, as if the rows after it were still to come. */
final class Backtest {
    private final Model model;
    private final ForecastEncoding encoding;
    private final WindowEncoder encoder;

    Backtest(Model model, ForecastEncoding encoding) {
        this.model = model;
        this.encoding = encoding;
        this.encoder = new WindowEncoder(encoding.numbers(), encoding.spec(), encoding.transform());
    }

    ForecastEvaluation evaluate(SeriesSet set) {
        WindowPredictor predictor =
                new WindowPredictor(model.network(), encoding.spec(), encoder, encoding.intervals());
        EvaluationSum sum = new EvaluationSum(encoding, predictor.quantileLevels());
        int horizon = encoding.spec().horizon();
        for (int s = 0; s < set.size(); s++) {
            Series series = set.list().get(s);
            TargetSeries target = TargetSeries.of(series, encoding.spec());
            int from = Math.max(1, Math.max(firstUnseen(target, split(set, s)), encoder.firstOrigin()));
            if (target.rows() - from < horizon) {
                continue;
            }
            EncodedSeries encoded =
                    EncodedSeries.of(target, s, encoding.transform().log());
            int[] origins = new RollingOrigin(from, target.rows(), horizon, 1).origins();
            sum.add(backtest(predictor, encoded, origins), scale(target, from));
        }
        if (sum.isEmpty()) {
            throw new DataException(set.source() + " must have at least " + horizon
                    + " rows that training never saw, one horizon, got fewer in every series; "
                    + "training saw those up to "
                    + encoding.splits().get(0).trainedUntil()
                    + "; evaluate a file with later rows, or fit with rows to test");
        }
        return sum.evaluation();
    }

    /** What training saw of a series, see {@link Forecaster#evaluate}; null when it did not have the series. */
    private @Nullable SeriesSplit split(SeriesSet set, int s) {
        List<SeriesSplit> splits = encoding.splits();
        boolean sameFile = !set.sha256().isEmpty()
                && set.sha256().equals(model.provenance().dataSha256());
        if (splits.size() == set.size() && (sameFile || splits.size() == 1)) {
            return splits.get(s);
        }
        String name = set.list().get(s).name();
        return splits.stream()
                .filter(split -> split.series().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The first row that training did not see. */
    private static int firstUnseen(TargetSeries target, @Nullable SeriesSplit split) {
        if (split == null) {
            return 0;
        }
        if (target.time().rowNumbers()) {
            return split.testFrom();
        }
        int row = 0;
        while (row < target.rows() && target.time().stamp(row) <= split.trainedStamp()) {
            row++;
        }
        return row;
    }

    /** What MASE divides by: the mean step from season to season before the first forecast. */
    private double scale(TargetSeries target, int from) {
        double[] before = target.targets(0, from);
        return before.length < 2
                ? 0
                : Metrics.seasonalScale(before, encoding.numbers().season());
    }

    private SeriesBacktest backtest(WindowPredictor predictor, EncodedSeries encoded, int[] origins) {
        List<EncodedSeries> repeated = new ArrayList<>();
        for (int i = 0; i < origins.length; i++) {
            repeated.add(encoded);
        }
        List<WindowPredictor.Result> results = predictor.predict(WindowSet.of(repeated, origins));
        float[][] points = new float[origins.length][];
        float[][][] quantiles = new float[origins.length][][];
        for (int i = 0; i < origins.length; i++) {
            points[i] = narrow(encoded.source(), origins[i], results.get(i).point());
            double[][] wide = results.get(i).quantiles();
            quantiles[i] = new float[wide.length][];
            for (int q = 0; q < wide.length; q++) {
                quantiles[i][q] = narrow(encoded.source(), origins[i], wide[q]);
            }
        }
        return new SeriesBacktest(
                encoded.source(), encoding.numbers().season(), origins, points, quantiles, predictor.quantileLevels());
    }

    private static float[] narrow(TargetSeries series, int origin, double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
            if (!Float.isFinite(narrow[i])) {
                throw WindowPredictor.notFinite(series, origin, i, values[i]);
            }
        }
        return narrow;
    }

    /** The naive methods that every evaluation has. */
    static List<NaiveMethod> baselines() {
        return List.of(NaiveMethod.values());
    }
}
