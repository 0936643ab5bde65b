package io.carousel.cli.encode;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.carousel.cli.command.Console;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.report.Words;
import io.carousel.model.Json;
import io.carousel.task.classify.ExampleFormat;
import io.carousel.task.classify.ExampleInput;
import io.carousel.task.classify.ExampleReader;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.encode.Decoded;
import io.carousel.task.encode.EncodeEncoding;
import io.carousel.task.encode.EncodeEvaluation;
import io.carousel.task.encode.EncodeEvaluation.OtherError;
import io.carousel.task.encode.EncodeEvaluation.PartScore;
import io.carousel.task.encode.Encoded;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints evaluations for people and programs, writes vectors and sequences as CSV, and reads vectors. */
final class EncodeTables {
    private static final String ID = "id";
    private static final String LABEL = "label";
    private static final String SEPARATOR = "|";

    private EncodeTables() {}

    // ---------------------------------------------------------------- scores

    static void evaluation(Console console, EncodeEvaluation evaluation) {
        List<String> headings = new ArrayList<>(List.of(Words.count(evaluation.examples(), "example")));
        headings.addAll(
                evaluation.text() ? List.of("Wrong tokens", "Wholly right", "Perplexity") : List.of("Squared error"));
        TextTable table = new TextTable(headings);
        for (PartScore score : evaluation.scores()) {
            table.row(true, cells(evaluation, score, name(score), score.error()));
            for (OtherError other : score.others()) {
                table.row(false, cells(evaluation, null, "  by " + other.way(), other.error()));
            }
            Double usual = score.trivialPerplexity();
            if (usual != null) {
                table.row(false, List.of("  by how often symbols come", "", "", Words.number(usual)));
            }
        }
        table.print(console);
        console.out().println();
        console.out().println(evaluation.verdict());
    }

    private static List<String> cells(
            EncodeEvaluation evaluation, @Nullable PartScore score, String name, double error) {
        if (!evaluation.text()) {
            return List.of(name, Words.number(error));
        }
        Double whole = score == null ? null : score.whole();
        Double perplexity = score == null ? null : score.perplexity();
        return List.of(
                name,
                percent(error),
                whole == null ? "" : percent(whole),
                perplexity == null ? "" : Words.number(perplexity));
    }

    static String name(PartScore score) {
        return score.part().name().charAt(0) + score.part().name().substring(1).toLowerCase(Locale.ROOT);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** The scores without the errors of each example. */
    static ObjectNode json(EncodeEvaluation evaluation) {
        ObjectNode object = (ObjectNode) Json.tree(evaluation);
        object.remove("errors");
        return object;
    }

    // ---------------------------------------------------------------- vectors

    /** A line for each vector; with labels where one has any. */
    static String csv(List<Encoded> encoded) throws IOException {
        boolean labelled = encoded.stream().anyMatch(one -> !one.labels().isEmpty());
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().build(text)) {
            List<String> headings = new ArrayList<>(labelled ? List.of(ID, LABEL) : List.of(ID));
            headings.addAll(names(encoded.isEmpty() ? 0 : encoded.get(0).vector().length));
            writer.writeRecord(headings);
            for (Encoded one : encoded) {
                List<String> cells = new ArrayList<>(List.of(one.id()));
                if (labelled) {
                    cells.add(String.join(SEPARATOR, one.labels()));
                }
                for (float number : one.vector()) {
                    cells.add(Float.toString(number));
                }
                writer.writeRecord(cells);
            }
        }
        return text.toString();
    }

    private static List<String> names(int size) {
        return IntStream.rangeClosed(1, size).mapToObj(i -> "v" + i).toList();
    }

    /** Vectors of a file that {@link #csv} wrote, each as a sequence of one time step. */
    static ExampleSet read(Path file, int size) {
        return ExampleReader.builder()
                .format(ExampleFormat.SERIES_CSV)
                .key(ID)
                .features(names(size))
                .labelled(false)
                .build()
                .read(file);
    }

    static float[][] rows(ExampleSet vectors) {
        return vectors.examples().stream()
                .map(example -> ((ExampleInput.Numbers) example.input()).values())
                .toArray(float[][]::new);
    }

    // ---------------------------------------------------------------- sequences

    /** A line for each text, or for each time step of numbers. */
    static String csv(EncodeEncoding encoding, ExampleSet vectors, List<Decoded> made) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().build(text)) {
            List<String> headings = new ArrayList<>(List.of(ID));
            headings.addAll(encoding.isText() ? List.of("text") : encoding.features());
            writer.writeRecord(headings);
            for (int i = 0; i < made.size(); i++) {
                Decoded one = made.get(i);
                String id = vectors.examples().get(i).id();
                if (encoding.isText()) {
                    writer.writeRecord(id, one.text());
                }
                for (int t = 0; t * one.features() < one.values().length; t++) {
                    List<String> cells = new ArrayList<>(List.of(id));
                    row(one, t).forEach(number -> cells.add(Float.toString(number)));
                    writer.writeRecord(cells);
                }
            }
        }
        return text.toString();
    }

    private static List<Float> row(Decoded one, int t) {
        List<Float> row = new ArrayList<>();
        for (float number : Arrays.copyOfRange(one.values(), t * one.features(), (t + 1) * one.features())) {
            row.add(number);
        }
        return row;
    }

    static ArrayNode json(ExampleSet vectors, List<Decoded> made) {
        ArrayNode all = Json.object().putArray("sequences");
        for (int i = 0; i < made.size(); i++) {
            Decoded one = made.get(i);
            ObjectNode object =
                    all.addObject().put(ID, vectors.examples().get(i).id());
            if (one.features() == 0) {
                object.put("text", one.text()).put("ended", one.ended());
            } else {
                List<List<Float>> rows = IntStream.range(0, one.values().length / one.features())
                        .mapToObj(t -> row(one, t))
                        .toList();
                object.set("rows", Json.tree(rows));
            }
        }
        return all;
    }
}
