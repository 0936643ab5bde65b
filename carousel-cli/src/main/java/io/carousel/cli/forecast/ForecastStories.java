package io.carousel.cli.forecast;

import io.carousel.cli.command.ModelFacts;
import io.carousel.cli.report.ForecastStory;
import io.carousel.cli.report.ForecastStory.Backtest;
import io.carousel.cli.report.ForecastStory.Interval;
import io.carousel.cli.report.ForecastStory.Scores;
import io.carousel.cli.report.ForecastStory.SeriesStory;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.TimeAxis;
import io.carousel.cli.report.Words;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.data.TimeIndex;
import io.carousel.eval.NaiveMethod;
import io.carousel.task.forecast.Forecast;
import io.carousel.task.forecast.Forecast.QuantileForecast;
import io.carousel.task.forecast.ForecastEncoding;
import io.carousel.task.forecast.ForecastEvaluation;
import io.carousel.task.forecast.ForecastSpec;
import io.carousel.task.forecast.Forecaster;
import io.carousel.task.forecast.SeriesBacktest;
import io.carousel.task.forecast.SeriesSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a forecaster, its evaluation and its forecasts into the plain content of a report. */
final class ForecastStories {
    /** A page of more values than this takes seconds to open; series beyond it are left out, and the page says so. */
    private static final long MOST_VALUES = 1_500_000;

    private final SeriesSet set;
    private final Forecaster forecaster;
    private final @Nullable ForecastEvaluation evaluation;
    private final List<Forecast> forecasts;
    private final ForecastSpec spec;

    private ForecastStories(
            SeriesSet set, Forecaster forecaster, @Nullable ForecastEvaluation evaluation, List<Forecast> forecasts) {
        this.set = set;
        this.forecaster = forecaster;
        this.evaluation = evaluation;
        this.forecasts = forecasts;
        this.spec = forecaster.spec();
    }

    /** The story of one call. */
    static ForecastStory of(
            SeriesSet set, Forecaster forecaster, @Nullable ForecastEvaluation evaluation, List<Forecast> forecasts) {
        return new ForecastStories(set, forecaster, evaluation, forecasts).story();
    }

    private ForecastStory story() {
        List<SeriesStory> stories = new ArrayList<>();
        long values = 0;
        for (Forecast forecast : forecasts) {
            Series series = set.series(forecast.series());
            values += series.length();
            if (stories.isEmpty() || values <= MOST_VALUES) {
                stories.add(series(series, forecast));
            }
        }
        int rows = set.list().stream().mapToInt(Series::length).sum();
        String source = set.source() + " (" + Words.count(rows, "row")
                + (set.size() > 1 ? " in " + Words.count(set.size(), "series") : "")
                + (stories.size() < forecasts.size() ? ", of which the first " + stories.size() + " are shown" : "")
                + ")";
        TimeIndex time = set.list().get(0).time();
        return new ForecastStory(
                spec.target(),
                source,
                spec.horizon(),
                TimeAxis.label(time, spec.time()),
                TimeAxis.unit(time),
                stories,
                evaluation == null ? null : scores(evaluation),
                forecaster.encoding().stages().stream()
                        .filter(stage -> !stage.epochs().isEmpty())
                        .map(ModelFacts::losses)
                        .toList(),
                List.of(choices(), ModelFacts.origin(forecaster.model().provenance(), set.source(), set.sha256())),
                ModelFacts.footer(forecaster.model().provenance()));
    }

    private SeriesStory series(Series series, Forecast forecast) {
        double[] target = series.column(spec.target());
        int past = target.length;
        while (past > 0 && Double.isNaN(target[past - 1])) {
            past--;
        }
        int horizon = forecast.horizon();
        TimeIndex index = series.time().slice(0, past).extended(horizon);
        double testFrom = Double.NaN;
        if (set.sha256().equals(forecaster.model().provenance().dataSha256())) {
            for (SeriesSplit split : forecaster.encoding().splits()) {
                if (split.series().equals(series.name()) && split.testFrom() < past) {
                    testFrom = TimeAxis.x(index, split.testFrom());
                }
            }
        }
        double[] time = new double[past + horizon];
        Arrays.setAll(time, i -> TimeAxis.x(index, i));
        double[] point =
                forecast.point().stream().mapToDouble(Double::doubleValue).toArray();
        SeriesBacktest backtest =
                evaluation == null ? null : evaluation.backtest(series.name()).orElse(null);
        return new SeriesStory(
                series.name().isEmpty() ? spec.target() : series.name(),
                time,
                Arrays.copyOf(target, past),
                point,
                intervals(forecast),
                testFrom,
                backtest == null || backtest.size() == 0 ? null : backtest(series, backtest));
    }

    private static List<Interval> intervals(Forecast forecast) {
        List<Interval> intervals = new ArrayList<>();
        List<QuantileForecast> quantiles = forecast.quantiles();
        for (int i = 0; i < quantiles.size() / 2; i++) {
            QuantileForecast low = quantiles.get(i);
            QuantileForecast high = quantiles.get(quantiles.size() - 1 - i);
            if (low.level() < 0.5 && high.level() > 0.5) {
                intervals.add(new Interval(high.level() - low.level(), array(low.values()), array(high.values())));
            }
        }
        return intervals;
    }

    /** Forecasts one after the other: of those that were made from every row, the last and each that ends where the next begins. */
    private static Backtest backtest(Series series, SeriesBacktest backtest) {
        Deque<Integer> chosen = new ArrayDeque<>();
        int horizon = backtest.point(0).length;
        int next = Integer.MAX_VALUE;
        for (int i = backtest.size() - 1; i >= 0; i--) {
            if (backtest.origin(i) + horizon <= next) {
                chosen.addFirst(i);
                next = backtest.origin(i);
            }
        }
        int from = next;
        int length = backtest.origin(chosen.getLast()) + horizon - from;
        double[] time = new double[length];
        Arrays.setAll(time, i -> TimeAxis.x(series.time(), from + i));
        double[] actual = nothing(length);
        double[] network = nothing(length);
        Map<String, double[]> naive = new LinkedHashMap<>();
        for (NaiveMethod method : NaiveMethod.values()) {
            naive.put(method.jsonName(), nothing(length));
        }
        int levels = backtest.levels().size();
        double[][] quantiles = new double[levels][];
        Arrays.setAll(quantiles, q -> nothing(length));
        for (int i : chosen) {
            int at = backtest.origin(i) - from;
            System.arraycopy(backtest.actual(i), 0, actual, at, horizon);
            System.arraycopy(backtest.point(i), 0, network, at, horizon);
            for (NaiveMethod method : NaiveMethod.values()) {
                System.arraycopy(backtest.naive(method, i), 0, naive.get(method.jsonName()), at, horizon);
            }
            for (int q = 0; q < levels; q++) {
                System.arraycopy(backtest.quantile(i, q), 0, quantiles[q], at, horizon);
            }
        }
        List<Interval> intervals = new ArrayList<>();
        for (int q = 0; q < levels / 2; q++) {
            double low = backtest.levels().get(q);
            double high = backtest.levels().get(levels - 1 - q);
            if (low < 0.5 && high > 0.5) {
                intervals.add(new Interval(high - low, quantiles[q], quantiles[levels - 1 - q]));
            }
        }
        return new Backtest(time, actual, network, intervals, naive);
    }

    private static Scores scores(ForecastEvaluation evaluation) {
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        evaluation.baselines().forEach((name, scores) -> baselines.put(name, scores.values()));
        Map<String, double[]> errors = new LinkedHashMap<>();
        evaluation.errorByStep().forEach((name, values) -> errors.put(name, array(values)));
        return new Scores(
                evaluation.examples(),
                evaluation.metrics().values(),
                baselines,
                evaluation.beatsBestNaive(),
                evaluation.bestNaive(),
                evaluation.decidedBy(),
                evaluation.verdict(),
                errors);
    }

    private Facts choices() {
        ForecastEncoding encoding = forecaster.encoding();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Target", spec.target()));
        if (!spec.inputs().isEmpty()) {
            facts.add(new Fact("Inputs", String.join(", ", spec.inputs())));
        }
        if (!spec.futureInputs().isEmpty()) {
            facts.add(new Fact("Inputs known ahead", String.join(", ", spec.futureInputs())));
        }
        int season = encoding.numbers().season();
        facts.add(new Fact("Season", season == 1 ? "none" : Words.count(season, "step")));
        facts.add(new Fact("Window", Words.count(encoding.numbers().window(), "step")));
        facts.add(new Fact("Target prepared by", encoding.transform().inWords()));
        if (encoding.candidates().size() > 1) {
            facts.add(new Fact(
                    "Chosen among", Words.count(encoding.candidates().size(), "way") + ", by the validation part"));
        }
        facts.add(new Fact(
                "Network",
                Words.count(spec.members(), "member") + " of " + Words.count(spec.layers(), spec.cell() + " layer")
                        + ", " + spec.hidden() + " wide, beside a linear autoregression"));
        facts.add(new Fact("Mode", spec.mode().name().toLowerCase(Locale.ROOT)));
        for (String note : encoding.notes()) {
            facts.add(new Fact("Note", note));
        }
        return new Facts("Choices", facts);
    }

    private static double[] nothing(int length) {
        double[] nothing = new double[length];
        Arrays.fill(nothing, Double.NaN);
        return nothing;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
