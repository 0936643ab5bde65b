package io.carousel.task.forecast;

import io.carousel.eval.NaiveMethod;
import io.carousel.eval.ScoreSum;
import io.carousel.eval.Scores;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Adds the forecasts of all series to one evaluation. */
final class EvaluationSum {
    private final ForecastEncoding encoding;
    private final ScoreSum network;
    private final double[] networkByStep;
    private final Map<NaiveMethod, ScoreSum> naive = new EnumMap<>(NaiveMethod.class);
    private final Map<NaiveMethod, double[]> naiveByStep = new EnumMap<>(NaiveMethod.class);
    private final Map<NaiveMethod, List<Double>> gains = new EnumMap<>(NaiveMethod.class);
    private final List<SeriesBacktest> backtests = new ArrayList<>();

    EvaluationSum(ForecastEncoding encoding, List<Double> levels) {
        this.encoding = encoding;
        network = new ScoreSum(levels.stream().mapToDouble(Double::doubleValue).toArray());
        networkByStep = new double[encoding.spec().horizon()];
        for (NaiveMethod method : Backtest.baselines()) {
            naive.put(method, new ScoreSum());
            naiveByStep.put(method, new double[networkByStep.length]);
            gains.put(method, new ArrayList<>());
        }
    }

    boolean isEmpty() {
        return backtests.isEmpty();
    }

    /**
     * Adds a series.
     *
     * @param scale of the MASE, 0 where it has none
     */
    void add(SeriesBacktest backtest, double scale) {
        double unit = scale > 0 ? scale : 1;
        for (int i = 0; i < backtest.size(); i++) {
            double[] actual = backtest.actual(i);
            double[] point = backtest.point(i);
            network.add(actual, point, backtest.levels().isEmpty() ? null : backtest.quantiles(i), scale);
            double error = addErrors(actual, point, networkByStep);
            for (NaiveMethod method : naive.keySet()) {
                double[] forecast = backtest.naive(method, i);
                naive.get(method).add(actual, forecast, null, scale);
                double other = addErrors(actual, forecast, of(naiveByStep, method));
                of(gains, method).add((other - error) / unit);
            }
        }
        backtests.add(backtest);
    }

    /** Adds the absolute errors of each step, and gives their mean. */
    private static double addErrors(double[] actual, double[] forecast, double[] byStep) {
        double sum = 0;
        for (int h = 0; h < actual.length; h++) {
            double error = Math.abs(actual[h] - forecast[h]);
            byStep[h] += error;
            sum += error;
        }
        return sum / actual.length;
    }

    private static <T> T of(Map<NaiveMethod, T> each, NaiveMethod method) {
        return Objects.requireNonNull(each.get(method));
    }

    ForecastEvaluation evaluation() {
        Scores metrics = network.scores();
        Map<NaiveMethod, Scores> scores = new EnumMap<>(NaiveMethod.class);
        naive.forEach((method, sum) -> scores.put(method, sum.scores()));
        String measure = metrics.has("mase") ? "mase" : "mae";
        NaiveMethod best = NaiveMethod.LAST_VALUE;
        for (NaiveMethod method : scores.keySet()) {
            best = of(scores, method).get(measure) < of(scores, best).get(measure) ? method : best;
        }
        double[] bestGains =
                of(gains, best).stream().mapToDouble(Double::doubleValue).toArray();
        double confidence = SkillTest.confidence(bestGains, encoding.spec().horizon() - 1);
        boolean beats = metrics.get(measure) < of(scores, best).get(measure) && confidence > SkillTest.CRITICAL;
        Map<String, Scores> named = new LinkedHashMap<>();
        scores.forEach((method, value) -> named.put(method.jsonName(), value));
        long examples = network.forecasts();
        return new ForecastEvaluation(
                metrics,
                named,
                examples,
                beats,
                best.jsonName(),
                measure,
                confidence,
                verdict(metrics.get(measure), of(scores, best).get(measure), best, measure, beats, bestGains.length),
                errorByStep(examples),
                backtests);
    }

    private Map<String, List<Double>> errorByStep(long examples) {
        Map<String, List<Double>> all = new LinkedHashMap<>();
        all.put(ForecastEvaluation.NETWORK, means(networkByStep, examples));
        naiveByStep.forEach((method, sums) -> all.put(method.jsonName(), means(sums, examples)));
        return all;
    }

    private static List<Double> means(double[] sums, long examples) {
        List<Double> means = new ArrayList<>();
        for (double sum : sums) {
            means.add(sum / examples);
        }
        return means;
    }

    private String verdict(double ours, double other, NaiveMethod best, String measure, boolean beats, int forecasts) {
        String name = words(best);
        String numbers =
                String.format(Locale.ROOT, "%s %.3f against %.3f", measure.toUpperCase(Locale.ROOT), ours, other);
        if (beats) {
            return String.format(
                    Locale.ROOT,
                    "The network beats the best naive method, %s: %s, %.0f %% less error.",
                    name,
                    numbers,
                    100 * (1 - ours / other));
        }
        if (ours < other && !SkillTest.tells(forecasts, encoding.spec().horizon() - 1)) {
            return "The network has less error than the best naive method, " + name + ": " + numbers + ", but "
                    + forecasts + (forecasts == 1 ? " forecast is" : " overlapping forecasts are")
                    + " too few to tell that from chance; keep more rows to test.";
        }
        if (ours < other) {
            return "The network is no clear gain over the best naive method, " + name + ": " + numbers
                    + ", a difference that chance explains; the naive method will do.";
        }
        return "The network does not beat the best naive method, " + name + ": " + numbers + "; use the naive method.";
    }

    private static String words(NaiveMethod method) {
        return switch (method) {
            case LAST_VALUE -> "the last value";
            case SEASONAL_NAIVE -> "the value of one season ago";
            case DRIFT -> "drift";
            case MEAN_OF_SEASONAL_NAIVE_AND_DRIFT -> "the mean of seasonal naive and drift";
        };
    }
}
