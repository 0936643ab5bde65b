package io.carousel.benchmarks.ledger;

import io.carousel.model.FormatException;
import io.carousel.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that one section measured: what the page is made of.
 *
 * @param setting where, when and how
 * @param measured workloads, timed in turn
 * @param figures what is measured in another way, by name
 */
record Findings(Setting setting, List<Measured> measured, Map<String, Double> figures) {
    Findings {
        measured = List.copyOf(measured);
        figures = new TreeMap<>(figures);
    }

    /** The workload written so; null when it was not measured. */
    @Nullable
    Measured find(String workload) {
        return measured.stream()
                .filter(one -> one.workload().equals(workload))
                .findFirst()
                .orElse(null);
    }

    /** How many rounds every workload has that was measured. */
    int rounds() {
        return measured.stream()
                .flatMap(one -> one.sides().values().stream())
                .filter(entry -> entry.absent() == null)
                .mapToInt(entry -> entry.rounds().size())
                .min()
                .orElse(0);
    }

    /** The same, as if one round had been measured. */
    Findings ofRound(int round) {
        return new Findings(
                setting, measured.stream().map(one -> one.ofRound(round)).toList(), figures);
    }

    /** A figure; NaN when it was not measured. */
    double figure(String name) {
        Double value = figures.get(name);
        return value == null ? Double.NaN : value;
    }

    /** JSON with a line for each workload, so that two runs can be compared by eye. */
    String json() {
        return "{\"setting\": " + Json.write(setting) + ",\n\"figures\": " + Json.write(figures)
                + ",\n\"measured\": [\n" + measured.stream().map(Json::write).collect(Collectors.joining(",\n"))
                + "\n]}\n";
    }

    static Findings read(Path file) throws IOException, FormatException {
        return Json.read(Files.readString(file), Findings.class, file.toString());
    }
}
