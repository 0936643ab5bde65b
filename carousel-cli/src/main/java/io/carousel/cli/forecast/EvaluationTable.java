package io.carousel.cli.forecast;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.report.Words;
import io.carousel.eval.Scores;
import io.carousel.task.forecast.ForecastEvaluation;
import java.util.ArrayList;
import java.util.List;

/** Prints an evaluation for people. */
final class EvaluationTable {
    private EvaluationTable() {}

    /** The table of scores and the verdict below it. */
    static void print(Console console, ForecastEvaluation evaluation) {
        List<String> metrics = List.copyOf(evaluation.metrics().values().keySet());
        List<String> headings = new ArrayList<>(List.of(Words.count(evaluation.examples(), "forecast")));
        metrics.forEach(metric -> headings.add(Words.metric(metric)));
        TextTable table = new TextTable(headings);
        table.row(true, row("Network", metrics, evaluation.metrics()));
        evaluation.baselines().forEach((name, scores) -> table.row(false, row(Words.method(name), metrics, scores)));
        table.print(console);
        console.out().println();
        console.out().println(evaluation.verdict());
    }

    private static List<String> row(String name, List<String> metrics, Scores scores) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (String metric : metrics) {
            cells.add(scores.has(metric) ? Words.score(metric, scores.get(metric)) : "–");
        }
        return cells;
    }
}
