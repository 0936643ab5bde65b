package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.task.classify.ExampleReader.Options;
import io.carousel.text.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An object a line: {@code {"text": "…", "label": "…"}}, or a list of labels. */
final class JsonLinesExamples {
    private JsonLinesExamples() {}

    static ExampleSet read(Path path, Options options) {
        Reading reading = new Reading(TextTableExamples.name(path), options);
        String sha256 = TextLines.read(path, options.encoding(), (line, number) -> {
            if (!line.isBlank()) {
                row(reading, options, object(line, number, reading.file()), number);
            }
        });
        return reading.texts(sha256);
    }

    private static ObjectNode object(String line, long number, String file) {
        String place = "line " + number + " of " + file;
        try {
            return Json.readObject(line, place);
        } catch (FormatException e) {
            throw new DataException(e.getMessage() + "; write one object a line", e);
        }
    }

    private static void row(Reading reading, Options options, ObjectNode object, long line) {
        JsonNode text = object.path(options.text());
        if (!text.isString()) {
            throw new DataException("property " + options.text() + " on line " + line + " of " + reading.file()
                    + " must be a text, got " + (text.isMissingNode() ? "none" : text.getNodeType())
                    + "; name the property of the texts");
        }
        String idProperty = options.id();
        String id = idProperty == null
                ? reading.nextId()
                : object.path(idProperty).asString("").strip();
        reading.addText(id, text.asString(), labels(reading, options, object, line), line);
    }

    private static List<String> labels(Reading reading, Options options, ObjectNode object, long line) {
        JsonNode node = object.path(options.label());
        if (node.isMissingNode() || node.isNull()) {
            reading.requireUnlabelled(line);
            return List.of();
        }
        if (!node.isArray()) {
            return reading.labels(scalar(node, reading, options, line), line);
        }
        Set<String> labels = new LinkedHashSet<>();
        for (JsonNode each : new ArrayList<>(node.values())) {
            labels.add(reading.label(scalar(each, reading, options, line).strip(), line));
        }
        return List.copyOf(labels);
    }

    private static String scalar(JsonNode node, Reading reading, Options options, long line) {
        if (node.isString() || node.isNumber() || node.isBoolean()) {
            return node.asString();
        }
        throw new DataException("property " + options.label() + " on line " + line + " of " + reading.file()
                + " must be a label or a list of labels, got " + node.getNodeType());
    }
}
