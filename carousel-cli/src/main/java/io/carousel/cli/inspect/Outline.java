package io.carousel.cli.inspect;

import io.carousel.cli.command.Console;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** JSON for people: one name and value a line, what is inside something further to the right. */
final class Outline {
    private static final int MOST = 100;
    private static final int FIRST = 3;
    private static final int MOST_ELEMENTS = 6;
    private static final Set<String> TITLE = Set.of("type", "name");

    private final Console console;

    Outline(Console console) {
        this.console = console;
    }

    /** Prints the properties of an object. */
    void print(JsonNode object, int depth) {
        int width = object.properties().stream()
                .filter(entry -> !nested(entry.getValue()))
                .mapToInt(entry -> entry.getKey().length())
                .max()
                .orElse(0);
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (depth > 0 && object.has("type") && TITLE.contains(name)) {
                continue; // stands above
            }
            if (nested(value)) {
                line(depth, name);
                inside(value, depth + 1);
            } else {
                line(depth, name + " ".repeat(Math.max(0, width - name.length())) + "  " + text(value));
            }
        }
    }

    private void inside(JsonNode value, int depth) {
        if (value.isObject()) {
            print(value, depth);
            return;
        }
        int number = 1;
        for (JsonNode element : value) {
            if (number > FIRST && value.size() > MOST_ELEMENTS) {
                line(depth, "… and " + (value.size() - FIRST) + " more, see --json");
                return;
            }
            if (fitsOneLine(element)) {
                line(depth, inline(element));
            } else {
                line(depth, element.has("type") ? title(element) : Integer.toString(number));
                inside(element, depth + 1);
            }
            number++;
        }
    }

    /** Whether a value fits one line: no list of objects or lists is in it. */
    private static boolean fitsOneLine(JsonNode value) {
        for (JsonNode inner : value) {
            boolean list = value.isArray() ? inner.isContainer() : inner.isArray() && !fitsOneLine(inner);
            if (list || (inner.isObject() && !fitsOneLine(inner))) {
                return false;
            }
        }
        return true;
    }

    /** {@code recurrent encoder, cell lstm, hiddenSizes [32]}. */
    private static String inline(JsonNode value) {
        if (!value.isObject()) {
            return text(value);
        }
        StringJoiner text = new StringJoiner(", ");
        if (value.has("type")) {
            text.add(title(value));
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!value.has("type") || !TITLE.contains(entry.getKey())) {
                JsonNode inner = entry.getValue();
                text.add(entry.getKey() + " " + (inner.isObject() ? "(" + inline(inner) + ")" : text(inner)));
            }
        }
        return text.toString();
    }

    private static String title(JsonNode value) {
        String type = value.get("type").asString();
        return value.has("name") ? type + " " + value.get("name").asString() : type;
    }

    /** Whether a value takes lines of its own: objects, and arrays that hold objects or arrays. */
    private static boolean nested(JsonNode value) {
        if (value.isObject()) {
            return !value.isEmpty();
        }
        for (JsonNode element : value) {
            if (element.isContainer()) {
                return true;
            }
        }
        return false;
    }

    private static String text(JsonNode value) {
        String text = value.isString() ? value.asString() : value.toString().replace(",", ", ");
        return text.length() <= MOST ? text : text.substring(0, MOST) + " …";
    }

    private void line(int depth, String text) {
        console.out().println("  ".repeat(depth) + Console.plain(text));
    }
}
