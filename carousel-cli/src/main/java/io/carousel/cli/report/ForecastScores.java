package io.carousel.cli.report;

import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Layer;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Role;
import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.Chart.View;
import io.carousel.cli.report.ForecastStory.Scores;
import io.carousel.cli.report.ReportData.Cell;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Figure;
import io.carousel.cli.report.ReportData.Row;
import io.carousel.cli.report.ReportData.Table;
import io.carousel.cli.report.ReportData.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scores of a forecast as a verdict, a table and a chart. */
final class ForecastScores {
    private ForecastScores() {}

    static Verdict verdict(Scores scores) {
        List<Figure> figures = new ArrayList<>();
        String metric = scores.decidedBy();
        figures.add(new Figure(
                Words.metric(metric), Words.number(network(scores)), "best naive " + Words.number(bestNaive(scores))));
        double change = 1 - network(scores) / bestNaive(scores);
        if (Double.isFinite(change)) {
            figures.add(new Figure(
                    change >= 0 ? "Smaller error" : "Larger error",
                    String.format(Locale.ROOT, "%.1f %%", 100 * Math.abs(change)),
                    "than the best naive method"));
        }
        for (Map.Entry<String, Double> entry : scores.metrics().entrySet()) {
            if (entry.getKey().startsWith("coverage") && Double.isFinite(entry.getValue())) {
                figures.add(new Figure(
                        "Values within the interval",
                        Words.score(entry.getKey(), entry.getValue()),
                        entry.getKey().substring(8) + " % intended"));
                break;
            }
        }
        figures.add(new Figure("Tested on", Words.count(scores.examples(), "forecast"), "that training never saw"));
        return new Verdict(scores.beatsBestNaive(), scores.verdict(), figures);
    }

    static Table table(Scores scores) {
        List<String> metrics = List.copyOf(scores.metrics().keySet());
        List<String> columns = new ArrayList<>(List.of("Method"));
        List<Fact> legend = new ArrayList<>();
        for (String metric : metrics) {
            columns.add(Words.metric(metric));
            if (!Words.meaning(metric).isEmpty()) {
                legend.add(new Fact(Words.metric(metric), Words.meaning(metric)));
            }
        }
        List<Row> rows = new ArrayList<>();
        rows.add(row(Scores.NETWORK, true, metrics, scores.metrics(), scores));
        scores.baselines().forEach((name, values) -> rows.add(row(name, false, metrics, values, scores)));
        return new Table(
                "Scores of " + Words.count(scores.examples(), "forecast") + "; the best of each column is bold",
                columns,
                rows,
                legend);
    }

    static Chart errorByStep(Scores scores) {
        List<Layer> layers = new ArrayList<>();
        int steps = 0;
        for (Map.Entry<String, double[]> entry : scores.errorByStep().entrySet()) {
            boolean network = entry.getKey().equals(Scores.NETWORK);
            layers.add(new Line(
                    Words.method(entry.getKey()), network ? Role.MODEL : Role.BASELINE, entry.getValue(), true));
            steps = entry.getValue().length;
        }
        return new Chart(
                "Error by steps ahead",
                "The mean absolute error of each method, for each number of steps ahead.",
                new Axis("Steps ahead", Unit.NUMBER),
                "Mean absolute error",
                260,
                false,
                Chart.Scale.LINEAR,
                List.of(View.all(ForecastReport.steps(steps), layers)));
    }

    private static Row row(
            String method, boolean ours, List<String> metrics, Map<String, Double> values, Scores scores) {
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell(Words.method(method), false));
        for (String metric : metrics) {
            double value = values.getOrDefault(metric, Double.NaN);
            cells.add(new Cell(Words.score(metric, value), isBest(metric, value, scores)));
        }
        return new Row(ours, cells);
    }

    private static boolean isBest(String metric, double value, Scores scores) {
        if (Double.isNaN(value) || metric.startsWith("coverage")) {
            return false;
        }
        double least = scores.metrics().getOrDefault(metric, Double.NaN);
        boolean compared = false;
        for (Map<String, Double> baseline : scores.baselines().values()) {
            double other = baseline.getOrDefault(metric, Double.NaN);
            compared |= !Double.isNaN(other);
            least = Double.isNaN(least) || other < least ? other : least;
        }
        return compared && value == least;
    }

    private static double network(Scores scores) {
        return scores.metrics().getOrDefault(scores.decidedBy(), Double.NaN);
    }

    private static double bestNaive(Scores scores) {
        return scores.baselines()
                .getOrDefault(scores.bestNaive(), Map.of())
                .getOrDefault(scores.decidedBy(), Double.NaN);
    }
}
