package io.carousel.cli.generate;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.command.UserMistake;
import io.carousel.model.Json;
import io.carousel.task.language.LanguageEvaluation;
import io.carousel.task.language.LanguageModel;
import io.carousel.task.language.NextToken;
import io.carousel.task.language.RankedText;
import io.carousel.text.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says how likely texts are. */
final class Scoring {
    /** Lines of a file that are ranked; they stand in memory. */
    private static final int MOST_LINES = 100_000;

    private static final int MOST_NEXT = 10;
    private static final int WIDEST = 80;

    private final Console console;
    private final LanguageModel model;
    private final boolean json;

    Scoring(Console console, LanguageModel model, boolean json) {
        this.console = console;
        this.model = model;
        this.json = json;
    }

    void run(ScoringOptions options) {
        Path file = options.score();
        String text = options.fill();
        if (file != null) {
            score(file);
        } else if (text != null) {
            List<String> fillings = options.fillings();
            if (fillings != null) {
                rank(text, fillings);
            } else {
                next(text);
            }
        }
    }

    private record Line(long number, String text, LanguageEvaluation evaluation) {}

    private void score(Path file) {
        List<Line> lines = new ArrayList<>();
        TextLines.read(file, (text, number) -> {
            if (lines.size() == MOST_LINES) {
                throw new UserMistake("--score must have at most " + MOST_LINES + " lines, got more; cut the file");
            }
            if (!text.isBlank()) {
                lines.add(new Line(number, text, model.score(text).evaluation()));
            }
        });
        if (lines.isEmpty()) {
            throw new UserMistake("--score must have a line of text, got none in " + file + "; write one text a line");
        }
        lines.sort(Comparator.comparingDouble((Line line) -> line.evaluation().bitsPerCharacter())
                .thenComparingLong(Line::number));
        if (json) {
            ArrayNode array = Json.object().putArray("lines");
            for (Line line : lines) {
                ObjectNode object = array.addObject();
                object.put("line", line.number());
                object.put("text", line.text());
                object.put("logProbability", -line.evaluation().nats());
                object.put("bitsPerCharacter", line.evaluation().bitsPerCharacter());
                object.put("perplexity", line.evaluation().perplexity());
                object.put("unknown", line.evaluation().unknown());
            }
            ObjectNode whole = Json.object();
            whole.set("lines", array);
            console.out().println(Json.writePretty(whole));
            return;
        }
        TextTable table = new TextTable(List.of("Text", "Bits per character", "Perplexity", "Unknown"));
        for (Line line : lines) {
            table.row(
                    false,
                    List.of(
                            shortened(line.text()),
                            String.format(Locale.ROOT, "%.3f", line.evaluation().bitsPerCharacter()),
                            String.format(Locale.ROOT, "%.2f", line.evaluation().perplexity()),
                            Long.toString(line.evaluation().unknown())));
        }
        table.print(console);
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= WIDEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    private void rank(String text, List<String> fillings) {
        List<RankedText> ranked = model.rank(text, fillings);
        for (RankedText each : ranked) {
            if (!each.unknown().isEmpty()) {
                console.say("carousel: the model does not know " + String.join(", ", each.unknown()) + " in \""
                        + each.text() + "\"; its figures say little");
            }
        }
        if (json) {
            ObjectNode whole = Json.object();
            whole.set("fillings", Json.tree(ranked));
            console.out().println(Json.writePretty(whole));
            return;
        }
        TextTable table = new TextTable(List.of("Filling", "Share", "log p"));
        for (RankedText each : ranked) {
            table.row(
                    each.equals(ranked.get(0)),
                    List.of(
                            each.filling(),
                            String.format(Locale.ROOT, "%.1f %%", 100 * each.share()),
                            String.format(Locale.ROOT, "%.2f", each.logProbability())));
        }
        table.print(console);
    }

    private void next(String text) {
        String before = null;
        for (String gap : List.of("…", "...", "___")) {
            if (text.endsWith(gap)) {
                before = text.substring(0, text.length() - gap.length());
            }
        }
        if (before == null) {
            throw new UserMistake("--fill must end with its gap where no --with says what to fill in, got \"" + text
                    + "\"; add --with one,two");
        }
        List<NextToken> next = model.next(before.stripTrailing(), MOST_NEXT);
        if (json) {
            ObjectNode whole = Json.object();
            whole.set("next", Json.tree(next));
            console.out().println(Json.writePretty(whole));
            return;
        }
        TextTable table = new TextTable(List.of("Next", "Probability"));
        for (NextToken each : next) {
            table.row(
                    false,
                    List.of(
                            each.symbol().equals("\n") ? "\\n" : each.symbol(),
                            String.format(Locale.ROOT, "%.1f %%", 100 * each.probability())));
        }
        table.print(console);
    }
}
