package io.carousel.cli;

import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** JSON for people: one name and value a line, what is inside something further to the right. */
final class Outline {
    private static final int MOST = 100;

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
            if (element.has("type") && element.properties().stream().noneMatch(entry -> nested(entry.getValue()))) {
                line(depth, layer(element));
            } else if (nested(element)) {
                line(depth, element.has("type") ? element.get("type").asString() : Integer.toString(number));
                inside(element, depth + 1);
            } else {
                line(depth, text(element));
            }
            number++;
        }
    }

    /** {@code recurrent encoder, cell lstm, hiddenSizes [32]}. */
    private static String layer(JsonNode layer) {
        StringJoiner text = new StringJoiner(", ");
        String first = layer.get("type").asString();
        text.add(layer.has("name") ? first + " " + layer.get("name").asString() : first);
        for (Map.Entry<String, JsonNode> entry : layer.properties()) {
            if (!entry.getKey().equals("type") && !entry.getKey().equals("name")) {
                text.add(entry.getKey() + " " + text(entry.getValue()));
            }
        }
        return text.toString();
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
        console.out().println("  ".repeat(depth) + text);
    }
}
