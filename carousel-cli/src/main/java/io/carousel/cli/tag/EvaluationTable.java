package io.carousel.cli.tag;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.report.Words;
import io.carousel.eval.SpanScore;
import io.carousel.model.Json;
import io.carousel.task.tag.TagEvaluation;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Prints an evaluation, for people or for programs. */
final class EvaluationTable {
    private EvaluationTable() {}

    /**
     * The scores and, of tags with spans, those of each type as conlleval counts them.
     *
     * @param which sentences these are, such as {@code that training never saw}
     */
    static void print(Console console, TagEvaluation evaluation, String which) {
        console.out()
                .println(Words.count(evaluation.sentences(), "sentence") + " " + which + ", "
                        + Words.count(evaluation.score().elements(), "word"));
        TextTable scores = evaluation.spans()
                ? new TextTable(List.of("", "F1", "Precision", "Recall", "Words right"))
                : new TextTable(List.of("", "Words right"));
        scores.row(true, row("Network", evaluation, evaluation.score()));
        scores.row(false, row("Usual tag of each word", evaluation, evaluation.usual()));
        scores.print(console);
        if (evaluation.spans() && evaluation.score().byType().size() > 1) {
            console.out().println();
            TextTable types = new TextTable(List.of("Type", "F1", "Precision", "Recall", "Wanted", "Found", "Right"));
            evaluation
                    .score()
                    .byType()
                    .forEach((type, counts) -> types.row(
                            false,
                            List.of(
                                    type,
                                    percent(counts.f1()),
                                    percent(counts.precision()),
                                    percent(counts.recall()),
                                    Long.toString(counts.wanted()),
                                    Long.toString(counts.predicted()),
                                    Long.toString(counts.correct()))));
            types.print(console);
        }
        console.out().println();
        console.out().println(sentence(evaluation));
        evaluation.notes().forEach(note -> console.out().println(Console.plain(note)));
    }

    private static List<String> row(String name, TagEvaluation evaluation, SpanScore score) {
        SpanScore.Counts all = score.overall();
        return evaluation.spans()
                ? List.of(
                        name,
                        percent(all.f1()),
                        percent(all.precision()),
                        percent(all.recall()),
                        percent(score.accuracy()))
                : List.of(name, percent(score.accuracy()));
    }

    /** What else one wants to know. */
    private static String sentence(TagEvaluation evaluation) {
        String text = evaluation.correctSentences() + " of " + Words.count(evaluation.sentences(), "sentence")
                + (evaluation.correctSentences() == 1 ? " is" : " are") + " right in every word";
        SpanScore unknown = evaluation.unknown();
        return unknown.elements() == 0
                ? text + "."
                : text + "; of " + Words.count(unknown.elements(), "word") + " that training had not seen "
                        + percent(unknown.accuracy()) + " % have the right tag.";
    }

    /** A share in percent, with two decimals as conlleval has. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    /** The same as JSON; shares are from 0 to 1. */
    static ObjectNode json(TagEvaluation evaluation) {
        ObjectNode object = Json.object();
        object.put("sentences", evaluation.sentences());
        object.put("correctSentences", evaluation.correctSentences());
        object.put("words", evaluation.score().elements());
        object.put("accuracy", evaluation.accuracy());
        if (evaluation.spans()) {
            counts(object, evaluation.score().overall());
            ObjectNode types = object.putObject("types");
            evaluation.score().byType().forEach((type, counts) -> counts(types.putObject(type), counts));
        }
        ObjectNode unknown = object.putObject("unknownWords");
        unknown.put("words", evaluation.unknown().elements());
        unknown.put("accuracy", evaluation.unknown().accuracy());
        ObjectNode usual = object.putObject("usualTags");
        usual.put("accuracy", evaluation.usual().accuracy());
        if (evaluation.spans()) {
            counts(usual, evaluation.usual().overall());
        }
        object.set("notes", Json.tree(evaluation.notes()));
        return object;
    }

    private static void counts(ObjectNode object, SpanScore.Counts counts) {
        object.put("f1", counts.f1());
        object.put("precision", counts.precision());
        object.put("recall", counts.recall());
        object.put("wanted", counts.wanted());
        object.put("found", counts.predicted());
        object.put("right", counts.correct());
    }
}
