package io.carousel.cli.translate;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.report.Words;
import io.carousel.eval.EditDistance;
import io.carousel.model.Json;
import io.carousel.task.translate.TranslateEvaluation;
import io.carousel.task.translate.TranslateEvaluation.LengthScores;
import io.carousel.task.translate.TranslationScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints an evaluation, for people or for programs. */
final class ScoreTable {
    private ScoreTable() {}

    /**
     * The scores, and those by length.
     *
     * @param which pairs these are, such as {@code that training never saw}
     */
    static void print(Console console, TranslateEvaluation evaluation, String which) {
        console.out()
                .println(Words.count(evaluation.network().sources(), "source") + " " + which + ", "
                        + Words.count(evaluation.pairs(), "pair"));
        TextTable scores = new TextTable(List.of("", "BLEU", "chrF", "Right", "Token errors", "Word errors"));
        scores.row(true, row("Network", evaluation.network()));
        scores.row(false, row("Source copied", evaluation.copied()));
        scores.row(false, row("Most frequent target", evaluation.usual()));
        scores.print(console);
        if (evaluation.byLength().size() > 1) {
            console.out().println();
            TextTable lengths =
                    new TextTable(List.of("Source tokens", "BLEU", "chrF", "Right", "Token errors", "Sources"));
            for (LengthScores each : evaluation.byLength()) {
                List<String> cells = new ArrayList<>(row(range(each), each.scores()));
                cells.set(5, Long.toString(each.scores().sources()));
                lengths.row(false, cells);
            }
            lengths.print(console);
        }
        console.out().println();
        console.out().println(evaluation.verdict());
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "Perplexity %.3f of a target token; BLEU %.2f where each pair counts for itself.",
                        evaluation.perplexity(),
                        evaluation.network().pairBleu().score()));
        console.out()
                .println(console.faint("BLEU " + evaluation.network().bleu().signature() + ", chrF "
                        + evaluation.network().chrf().signature()));
        evaluation.notes().forEach(note -> console.out().println(Console.plain(note)));
    }

    private static String range(LengthScores each) {
        return each.from() == each.to() ? "" + each.from() : each.from() + " to " + each.to();
    }

    private static List<String> row(String name, TranslationScores scores) {
        return List.of(
                name,
                two(scores.bleu().score()),
                two(scores.chrf().score()),
                two(100 * scores.accuracy()),
                two(100 * scores.tokens().rate()),
                two(100 * scores.words().rate()));
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** The same as JSON; shares are from 0 to 1, BLEU and chrF from 0 to 100. */
    static ObjectNode json(TranslateEvaluation evaluation) {
        ObjectNode object = scores(evaluation.network());
        object.put("pairs", evaluation.pairs());
        object.put("perplexity", evaluation.perplexity());
        object.put("unknownSourceTokens", evaluation.unknownSources());
        object.put("unknownTargetTokens", evaluation.unknownTargets());
        object.put("wins", evaluation.wins());
        object.set("sourceCopied", scores(evaluation.copied()));
        object.set("mostFrequentTarget", scores(evaluation.usual()));
        ArrayNode lengths = object.putArray("byLength");
        for (LengthScores each : evaluation.byLength()) {
            ObjectNode group = lengths.addObject();
            group.put("from", each.from());
            group.put("to", each.to());
            group.setAll(scores(each.scores()));
        }
        object.set("notes", Json.tree(evaluation.notes()));
        return object;
    }

    private static ObjectNode scores(TranslationScores scores) {
        ObjectNode object = Json.object();
        object.put("sources", scores.sources());
        object.put("bleu", scores.bleu().score());
        object.put("bleuOfPairs", scores.pairBleu().score());
        object.put("bleuSignature", scores.bleu().signature());
        object.put("chrf", scores.chrf().score());
        object.put("chrfSignature", scores.chrf().signature());
        object.put("right", scores.accuracy());
        object.set("tokenErrors", errors(scores.tokens()));
        object.set("wordErrors", errors(scores.words()));
        return object;
    }

    private static ObjectNode errors(EditDistance edits) {
        ObjectNode object = Json.object();
        object.put("rate", edits.rate());
        object.put("wanted", edits.length());
        object.put("substitutions", edits.substitutions());
        object.put("deletions", edits.deletions());
        object.put("insertions", edits.insertions());
        return object;
    }
}
