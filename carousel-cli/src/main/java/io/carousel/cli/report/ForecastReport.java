package io.carousel.cli.report;

import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Bars;
import io.carousel.cli.report.Chart.Layer;
import io.carousel.cli.report.Chart.Level;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Mark;
import io.carousel.cli.report.Chart.Points;
import io.carousel.cli.report.Chart.Role;
import io.carousel.cli.report.Chart.Scale;
import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.Chart.View;
import io.carousel.cli.report.ForecastStory.Backtest;
import io.carousel.cli.report.ForecastStory.Interval;
import io.carousel.cli.report.ForecastStory.Scores;
import io.carousel.cli.report.ForecastStory.SeriesStory;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page about a forecast: the future, the backtest, the scores, the training, the residuals, the provenance. */
public final class ForecastReport {
    /** So many horizons of the past stand beside the forecast at first. */
    private static final int PAST_SHOWN = 6;

    private final ForecastStory story;

    private ForecastReport(ForecastStory story) {
        this.story = story;
    }

    /** The content of the page. */
    public static ReportData of(ForecastStory story) {
        return new ForecastReport(story).page();
    }

    private ReportData page() {
        List<Section> sections = new ArrayList<>();
        sections.add(future());
        boolean tested = story.series().stream().anyMatch(series -> series.backtest() != null);
        Scores scores = story.scores();
        if (tested || scores != null) {
            sections.add(backtest(tested, scores));
        }
        if (tested) {
            sections.add(residuals());
        }
        if (!story.trainings().isEmpty()) {
            sections.add(TrainingCourse.section(story.trainings()));
        }
        if (!story.provenance().isEmpty()) {
            sections.add(new Section(
                    "Provenance",
                    "Where the numbers and the model come from, and what it takes to make the same model again.",
                    List.copyOf(story.provenance())));
        }
        List<String> names = story.series().stream().map(SeriesStory::name).toList();
        return new ReportData(
                "Forecast report",
                story.target(),
                Words.count(story.horizon(), "step") + " ahead, learned from " + story.source(),
                scores == null ? null : ForecastScores.verdict(scores),
                "Series",
                names.size() > 1 ? names : List.of(),
                sections,
                story.footer());
    }

    private Section future() {
        boolean quantiles =
                story.series().stream().anyMatch(series -> !series.intervals().isEmpty());
        Chart chart = new Chart(
                story.target() + " and its forecast",
                "The measured values of " + story.target() + ", then the forecast of the next "
                        + Words.count(story.horizon(), "step") + (quantiles ? " with its intervals." : "."),
                new Axis(story.timeLabel(), story.unit()),
                story.target(),
                400,
                false,
                Scale.LINEAR,
                story.series().stream().map(this::futureView).toList());
        return new Section(
                "The forecast",
                (quantiles ? "The line is the middle of what the network expects; the bands say how sure it is. " : "")
                        + "Drag across the chart to look closer, double-click to see all.",
                List.of(chart));
    }

    private View futureView(SeriesStory series) {
        int length = series.time().length;
        int past = series.past().length;
        List<Layer> layers = new ArrayList<>();
        for (Interval interval : series.intervals()) {
            layers.add(band(interval, past, length));
        }
        if (Double.isFinite(series.testFrom())) {
            layers.add(new Mark("never seen in training", series.testFrom()));
        }
        layers.add(new Line("Measured", Role.ACTUAL, shifted(series.past(), 0, length), true));
        layers.add(new Line("Forecast", Role.MODEL, shifted(series.forecast(), past, length), true));
        int shown = Math.max(0, past - PAST_SHOWN * Math.max(story.horizon(), 10));
        return shown == 0 || length == 0
                ? View.all(series.time(), layers)
                : new View(series.time(), layers, series.time()[shown], series.time()[length - 1]);
    }

    private Section backtest(boolean tested, @Nullable Scores scores) {
        List<Part> parts = new ArrayList<>();
        if (scores != null) {
            parts.add(ForecastScores.table(scores));
        }
        if (tested) {
            parts.add(new Chart(
                    "What would have been forecast, and what came",
                    "The measured values of the part that training never saw, the network's forecasts of them, and those of the naive methods.",
                    new Axis(story.timeLabel(), story.unit()),
                    story.target(),
                    360,
                    false,
                    Scale.LINEAR,
                    story.series().stream()
                            .map(series -> backtestView(series, scores))
                            .toList()));
        }
        if (scores != null && story.horizon() > 1 && !scores.errorByStep().isEmpty()) {
            parts.add(ForecastScores.errorByStep(scores));
        }
        return new Section(
                "How good it is",
                "Forecasts were made again and again through the part of the data that training never saw, and compared with what came."
                        + " The naive methods need no learning; a network that does not beat them is not worth its trouble.",
                parts);
    }

    private View backtestView(SeriesStory series, @Nullable Scores scores) {
        Backtest backtest = backtest(series);
        int length = backtest.time().length;
        List<Layer> layers = new ArrayList<>();
        for (Interval interval : backtest.intervals()) {
            layers.add(band(interval, 0, length));
        }
        for (Map.Entry<String, double[]> baseline : backtest.baselines().entrySet()) {
            boolean shown = scores != null && baseline.getKey().equals(scores.bestNaive());
            layers.add(new Line(Words.method(baseline.getKey()), Role.BASELINE, baseline.getValue(), shown));
        }
        layers.add(new Line("Measured", Role.ACTUAL, backtest.actual(), true));
        layers.add(new Line("Network", Role.MODEL, backtest.network(), true));
        int shown = Math.max(0, length - 4 * PAST_SHOWN * Math.max(story.horizon(), 10));
        return shown == 0 || length == 0
                ? View.all(backtest.time(), layers)
                : new View(backtest.time(), layers, backtest.time()[shown], backtest.time()[length - 1]);
    }

    private Section residuals() {
        List<View> overTime = new ArrayList<>();
        List<View> distribution = new ArrayList<>();
        List<View> memory = new ArrayList<>();
        for (SeriesStory series : story.series()) {
            Backtest backtest = backtest(series);
            double[] residuals = Residuals.of(backtest.actual(), backtest.network());
            overTime.add(View.all(
                    backtest.time(), List.of(new Points("Residual", Role.MODEL, residuals), new Level("", 0))));
            Residuals.Histogram histogram = Residuals.histogram(residuals);
            distribution.add(View.all(
                    histogram.middles(), List.of(new Bars("Forecasts", Role.MODEL, 0.94, histogram.counts()))));
            int lags = Math.min(40, backtest.time().length / 3);
            double bound = 1.96 / Math.sqrt(Math.max(1, Residuals.count(residuals)));
            memory.add(View.all(
                    steps(lags),
                    List.of(
                            new Bars("Correlation", Role.MODEL, 0.35, Residuals.autocorrelation(residuals, lags)),
                            new Level("", bound),
                            new Level("", -bound))));
        }
        return new Section(
                "What is left over",
                "The residual is what came minus what was forecast. Residuals without pattern mean that little is left to learn:"
                        + " spread evenly over time, gathered around zero, and with correlations mostly between the dashed lines.",
                List.of(
                        chart(
                                "Residuals over time",
                                "Each residual at its time.",
                                story.timeLabel(),
                                story.unit(),
                                false,
                                overTime),
                        chart(
                                "Their distribution",
                                "How many residuals have which size.",
                                "Residual",
                                Unit.NUMBER,
                                true,
                                distribution),
                        chart(
                                "Their autocorrelation",
                                "The correlation of residuals with those some steps before; "
                                        + "dashed lines bound what chance gives in 19 of 20 cases.",
                                "Lag",
                                Unit.NUMBER,
                                true,
                                memory)));
    }

    private static Chart chart(String title, String summary, String label, Unit unit, boolean half, List<View> views) {
        return new Chart(title, summary, new Axis(label, unit), "", 240, half, Scale.LINEAR, views);
    }

    private static Chart.Band band(Interval interval, int from, int length) {
        return new Chart.Band(
                Math.round(100 * interval.level()) + " % interval",
                1 - interval.level(),
                shifted(interval.low(), from, length),
                shifted(interval.high(), from, length));
    }

    /** The backtest of a series, an empty one where it has none. */
    private static Backtest backtest(SeriesStory series) {
        Backtest backtest = series.backtest();
        double[] none = new double[0];
        return backtest == null ? new Backtest(none, none, none, List.of(), Map.of()) : backtest;
    }

    /** 1, 2, …, n. */
    static double[] steps(int n) {
        double[] steps = new double[n];
        Arrays.setAll(steps, i -> i + 1);
        return steps;
    }

    private static double[] shifted(double[] values, int from, int length) {
        double[] shifted = new double[length];
        Arrays.fill(shifted, Double.NaN);
        System.arraycopy(values, 0, shifted, from, values.length);
        return shifted;
    }
}
