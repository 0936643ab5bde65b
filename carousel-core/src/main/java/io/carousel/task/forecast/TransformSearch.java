package io.carousel.task.forecast;

import io.carousel.eval.Metrics;
import io.carousel.loss.LossSpec;
import io.carousel.loss.SquaredLoss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how to prepare the target by rolling-origin validation of the linear part over the later half of the rows that
 * training may see.
 *
 * <p>Five times the linear part is solved on the rows before a cut and judged on those up to the next cut. It is the part of
 * the network that can be solved at once, and what helps it (a log, seasonal differences) helps the rest. Errors are in
 * the units of the series, relative to copying the last value. The rows of the test part are not looked at.
 */
final class TransformSearch {
    private static final int FOLDS = 5;
    private static final int MOST_TRAINING = 20_000;
    private static final int MOST_JUDGED = 5_000;
    private static final int MOST_STEPS = 24;

    /** A gain smaller than this is no reason for a log, harmonics or a scale for each window. */
    private static final double MARGIN = 0.005;

    /** Candidates farther than this from the best are not worth training a network for. */
    private static final double CLOSE = 0.05;

    private static final double[] RIDGES = {1e-4, 1e-3, 1e-2, 0.1, 0.3, 1};

    private final List<TargetSeries> series;
    private final List<SeriesSplit> splits;
    private final ForecastSpec spec;
    private final ForecastEncoding.Numbers numbers;
    private final boolean squared;
    private final double[] seriesScales;
    private final int firstJudged;

    TransformSearch(
            List<TargetSeries> series,
            List<SeriesSplit> splits,
            ForecastSpec spec,
            ForecastEncoding.Numbers numbers,
            LossSpec loss) {
        this.series = series;
        this.splits = splits;
        this.spec = spec;
        this.numbers = numbers;
        this.squared = loss instanceof SquaredLoss;
        seriesScales = seriesScales(series);
        firstJudged = numbers.window() + (seasonalLevelFits() ? numbers.season() : 0);
    }

    /** The mean step of each series, by which its errors are divided. */
    static double[] seriesScales(List<TargetSeries> seen) {
        double[] scales = new double[seen.size()];
        for (int s = 0; s < scales.length; s++) {
            double[] values = seen.get(s).targets(0, seen.get(s).rows());
            double scale = values.length < 2 ? 0 : Metrics.seasonalScale(values, 1);
            scales[s] = scale > 0 ? scale : 1;
        }
        return scales;
    }

    /** The candidates, best first; empty when there are too few rows to judge any. */
    List<TransformCandidate> candidates() {
        List<TransformCandidate> judged = new ArrayList<>();
        for (SeriesTransform transform : transforms()) {
            TransformCandidate candidate = judge(transform);
            if (candidate != null) {
                judged.add(candidate);
            }
        }
        judged.sort(Comparator.comparingDouble(TransformCandidate::score)); // stable: the simpler one on a tie
        return judged;
    }

    /**
     * The candidates that the whole network decides between: the simplest of those that are as good as the best but for
     * what may be chance (after the rule of Breiman et al., <i>Classification and Regression Trees</i>, 1984), and the best
     * of another scale and of another level, if they are close. At least one.
     */
    List<TransformCandidate> contenders(List<TransformCandidate> candidates) {
        if (candidates.isEmpty()) {
            return List.of(new TransformCandidate(transforms().get(0), 1, 1, null));
        }
        double best = candidates.get(0).score();
        TransformCandidate simplest = candidates.stream()
                .filter(candidate -> candidate.score() <= best * (1 + MARGIN))
                .min(Comparator.comparingInt(candidate -> candidate.transform().complexity()))
                .orElseThrow();
        List<TransformCandidate> contenders = new ArrayList<>(List.of(simplest));
        addFirst(
                contenders,
                candidates,
                best,
                other -> other.log() != simplest.transform().log());
        addFirst(
                contenders,
                candidates,
                best,
                other -> other.level() != simplest.transform().level());
        return contenders.stream().distinct().toList();
    }

    private static void addFirst(
            List<TransformCandidate> to,
            List<TransformCandidate> candidates,
            double best,
            Predicate<SeriesTransform> other) {
        candidates.stream()
                .filter(candidate -> candidate.score() <= best * (1 + CLOSE) && other.test(candidate.transform()))
                .findFirst()
                .ifPresent(to::add);
    }

    private boolean seasonalLevelFits() {
        int longest = splits.stream().mapToInt(SeriesSplit::testFrom).max().orElse(0);
        int shortest = splits.stream().mapToInt(SeriesSplit::testFrom).min().orElse(0);
        return numbers.season() > 1
                && numbers.season() + numbers.window() <= shortest // else the shortest could not be forecast
                && 2L * numbers.season() + numbers.window() + spec.steps() <= longest;
    }

    /** Every way that the spec leaves open. */
    private List<SeriesTransform> transforms() {
        List<SeriesTransform> all = new ArrayList<>();
        int waves = Math.min(2, (numbers.season() - 1) / 2);
        for (LogScale log : spec.log() != null ? List.of(spec.log()) : logScales()) {
            for (LevelRemoval level : spec.level() != null ? List.of(spec.level()) : levels()) {
                for (boolean scaled : spec.windowScale() != null ? List.of(spec.windowScale()) : scales()) {
                    for (int k : harmonics(waves)) {
                        all.add(new SeriesTransform(log, level, scaled, k));
                    }
                }
            }
        }
        return all;
    }

    private List<Integer> harmonics(int waves) {
        if (spec.harmonics() != null) {
            return List.of(spec.harmonics());
        }
        return waves > 0 ? List.of(0, waves) : List.of(0);
    }

    private List<LogScale> logScales() {
        double least = Double.POSITIVE_INFINITY;
        for (int s = 0; s < series.size(); s++) {
            for (double value : series.get(s).targets(0, splits.get(s).testFrom())) {
                least = Math.min(least, value);
            }
        }
        return least > 0
                ? List.of(LogScale.NONE, LogScale.LOG)
                : least == 0 ? List.of(LogScale.NONE, LogScale.LOG1P) : List.of(LogScale.NONE);
    }

    private List<LevelRemoval> levels() {
        List<LevelRemoval> levels = new ArrayList<>(List.of(LevelRemoval.LAST, LevelRemoval.MEAN, LevelRemoval.NONE));
        if (seasonalLevelFits()) {
            levels.add(LevelRemoval.SEASON);
        }
        return levels;
    }

    private List<Boolean> scales() {
        return series.size() > 1 ? List.of(false, true) : List.of(false);
    }

    private int cut(int s, int fold) {
        int from = Math.min(firstJudged, splits.get(s).testFrom());
        return from + (int) ((splits.get(s).testFrom() - from) * (0.5 + 0.5 * fold / FOLDS));
    }

    private @Nullable TransformCandidate judge(SeriesTransform transform) {
        EncodedSet encoded = EncodedSet.of(series, spec, numbers, transform);
        Fold[] folds = new Fold[FOLDS];
        for (int k = 0; k < FOLDS; k++) {
            folds[k] = new Fold(encoded, k);
        }
        double naive = 0;
        double[] sums = new double[RIDGES.length];
        NormalEquations equations = new NormalEquations(folds[0].columns.length, folds[0].chosenSteps.length);
        long judged = 0;
        for (Fold fold : folds) {
            equations.add(fold.equations());
            if (equations.rows() < 3 || fold.judged.size() == 0) {
                continue;
            }
            judged += fold.judged.size();
            naive += fold.naiveError();
            for (int r = 0; r < RIDGES.length; r++) {
                sums[r] += fold.error(equations.solve(RIDGES[r]));
            }
        }
        if (judged == 0) {
            return null;
        }
        int best = 0;
        for (int r = 1; r < sums.length; r++) {
            best = sums[r] < sums[best] ? r : best;
        }
        double ratio = naive > 0 ? sums[best] / naive : 1;
        double score = squared ? Math.sqrt(ratio) : ratio;
        return Double.isFinite(score) ? new TransformCandidate(transform, RIDGES[best], score, null) : null;
    }

    /** One cut: what is new to train on before it, and what is judged after it. */
    private final class Fold {
        private final WindowEncoder encoder;
        private final WindowSet training;
        private final WindowSet judged;
        private final int[] columns;
        private final int[] chosenSteps;
        private final float[] window;
        private final double[] x;
        private final double[] targets;

        Fold(EncodedSet encoded, int k) {
            encoder = encoded.encoder();
            // Windows end before the cut; those that already ended before the last cut are in the sums.
            training = WindowSet.of(
                    encoded.series(),
                    encoder,
                    new WindowSet.Part() {
                        @Override
                        public int from(int s) {
                            return k == 0 ? 0 : cut(s, k - 1) - encoder.steps() + 1;
                        }

                        @Override
                        public int to(int s) {
                            return cut(s, k);
                        }
                    },
                    k == 0 ? MOST_TRAINING / 2 : MOST_TRAINING / 2 / FOLDS);
            judged = WindowSet.of(
                    encoded.series(),
                    encoder,
                    new WindowSet.Part() {
                        @Override
                        public int from(int s) {
                            return Math.max(firstJudged, cut(s, k));
                        }

                        @Override
                        public int to(int s) {
                            return Math.min(splits.get(s).testFrom(), cut(s, k + 1) + encoder.steps() - 1);
                        }
                    },
                    MOST_JUDGED / FOLDS);
            columns = encoder.linearColumns();
            int steps = Math.min(MOST_STEPS, encoder.steps());
            chosenSteps = new int[steps];
            for (int i = 0; i < steps; i++) {
                chosenSteps[i] = steps == 1 ? 0 : (int) ((long) i * (encoder.steps() - 1) / (steps - 1));
            }
            window = new float[encoder.length() * encoder.features()];
            x = new double[columns.length];
            targets = new double[encoder.steps()];
        }

        NormalEquations equations() {
            NormalEquations sums = new NormalEquations(columns.length, chosenSteps.length);
            double[] y = new double[chosenSteps.length];
            for (int w = 0; w < training.size(); w++) {
                read(training, w);
                encoder.targets(training.series(w), training.origin(w), targets);
                for (int i = 0; i < y.length; i++) {
                    y[i] = targets[chosenSteps[i]];
                }
                sums.add(x, y, 1);
            }
            return sums;
        }

        private void read(WindowSet set, int w) {
            encoder.encode(set.series(w), set.origin(w), window);
            for (int i = 0; i < x.length; i++) {
                x[i] = window[columns[i]];
            }
        }

        double error(LinearModel model) {
            double sum = 0;
            double[] y = new double[chosenSteps.length];
            LogScale log = encoder.transform().log();
            for (int w = 0; w < judged.size(); w++) {
                read(judged, w);
                model.apply(x, y);
                EncodedSeries s = judged.series(w);
                int origin = judged.origin(w);
                WindowEncoder.Frame frame = encoder.frame(s, origin);
                for (int i = 0; i < y.length; i++) {
                    double forecast = log.inverse(frame.decode(chosenSteps[i], y[i]));
                    sum += cost(s, origin + chosenSteps[i], forecast);
                }
            }
            return sum;
        }

        double naiveError() {
            double sum = 0;
            for (int w = 0; w < judged.size(); w++) {
                EncodedSeries s = judged.series(w);
                int origin = judged.origin(w);
                for (int step : chosenSteps) {
                    sum += cost(s, origin + step, s.source().target(origin - 1));
                }
            }
            return sum;
        }

        private double cost(EncodedSeries s, int row, double forecast) {
            double error = Math.abs(forecast - s.source().target(row)) / seriesScales[s.number()];
            return squared ? error * error : error;
        }
    }
}
