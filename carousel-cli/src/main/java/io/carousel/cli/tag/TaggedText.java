package io.carousel.cli.tag;

import io.carousel.cli.command.Console;
import io.carousel.model.Json;
import io.carousel.task.tag.TagPrediction;
import io.carousel.task.tag.Tagging;
import io.carousel.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tagged sentences as text. */
final class TaggedText {
    private static final int NARROWEST = 40;
    private static final int USUAL = 100;

    private TaggedText() {}

    /** Each sentence with its tags below it, the probability of all tags of a line before them. */
    static String table(Console console, List<TagPrediction> tagged) {
        StringBuilder text = new StringBuilder();
        int width = console.columns() == 0 ? USUAL : Math.max(NARROWEST, console.columns());
        for (TagPrediction prediction : tagged) {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            sentence(console, prediction, width, text);
        }
        return text.toString();
    }

    private static void sentence(Console console, TagPrediction prediction, int width, StringBuilder text) {
        List<String> words =
                prediction.sentence().words().stream().map(Console::plain).toList();
        String margin = " ".repeat(7);
        int from = 0;
        while (from < words.size()) {
            List<Integer> widths = new ArrayList<>();
            int room = width - margin.length();
            int to = from;
            while (to < words.size()) {
                int widest = widest(prediction, words, to);
                if (to > from && room < widest + 2) {
                    break;
                }
                widths.add(widest);
                room -= widest + 2;
                to++;
            }
            text.append(console.bold(line(margin, words.subList(from, to), widths)))
                    .append('\n');
            for (Tagging tagging : prediction.taggings()) {
                String before =
                        from == 0 ? String.format(Locale.ROOT, "%5.1f %%", 100 * tagging.probability()) : margin;
                List<String> tags = tagging.tags().subList(from, to).stream()
                        .map(Console::plain)
                        .toList();
                text.append(line(before, tags, widths)).append('\n');
            }
            from = to;
        }
    }

    private static int widest(TagPrediction prediction, List<String> words, int word) {
        int widest = length(words.get(word));
        for (Tagging tagging : prediction.taggings()) {
            widest = Math.max(widest, length(tagging.tags().get(word)));
        }
        return widest;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String line(String before, List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder(before);
        for (int i = 0; i < cells.size(); i++) {
            line.append("  ").append(cells.get(i)).append(" ".repeat(widths.get(i) - length(cells.get(i))));
        }
        return line.toString().stripTrailing();
    }

    /**
     * A word and its tag a line with a tab between them, a blank line after each sentence; a column for each tagging, {@code _}
     * where there are fewer.
     */
    static String columns(List<TagPrediction> tagged, int best) {
        StringBuilder text = new StringBuilder();
        for (TagPrediction prediction : tagged) {
            List<String> words = prediction.sentence().words();
            for (int t = 0; t < words.size(); t++) {
                text.append(words.get(t));
                for (int n = 0; n < best; n++) {
                    boolean given = n < prediction.taggings().size();
                    text.append('\t')
                            .append(given ? prediction.taggings().get(n).tags().get(t) : "_");
                }
                text.append('\n');
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** An object for each sentence. */
    static ArrayNode json(List<TagPrediction> tagged) {
        ArrayNode sentences = Json.object().putArray("sentences");
        for (TagPrediction prediction : tagged) {
            ObjectNode sentence = sentences.addObject();
            List<String> words = prediction.sentence().words();
            sentence.set("words", Json.tree(words));
            tagging(sentence, prediction.best(), words);
            sentence.set("confidence", Json.tree(prediction.confidence()));
            if (prediction.taggings().size() > 1) {
                ArrayNode others = sentence.putArray("others");
                prediction.taggings().stream().skip(1).forEach(other -> tagging(others.addObject(), other, words));
            }
        }
        return sentences;
    }

    private static void tagging(ObjectNode object, Tagging tagging, List<String> words) {
        object.set("tags", Json.tree(tagging.tags()));
        object.put("probability", tagging.probability());
        ArrayNode spans = object.putArray("spans");
        for (Span span : tagging.spans()) {
            spans.addObject()
                    .put("type", span.type())
                    .put("from", span.from())
                    .put("to", span.to())
                    .put("text", String.join(" ", words.subList(span.from(), span.to())));
        }
    }
}
