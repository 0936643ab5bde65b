package io.carousel.benchmarks;

import io.carousel.data.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Trains on the public sets and writes {@code docs/results.md}: our figures beside the published and the trivial ones.
 *
 * <p>Arguments: names of parts, to run only those and print them; none runs all and writes the page. The sets lie in
 * {@code ../shared/data} beside the project, or where the environment variable {@code CAROUSEL_SHARED_DATA} says.
 */
public final class ForecastResults {
    private ForecastResults() {}

    public static void main(String[] arguments) throws Exception {
        Path root = projectRoot();
        String named = System.getenv("CAROUSEL_SHARED_DATA");
        Path data =
                named != null ? Path.of(named) : root.resolveSibling("shared").resolve("data");
        if (!Files.isDirectory(data)) {
            System.err.println("the data sets must lie in " + data + "; set CAROUSEL_SHARED_DATA to their folder");
            System.exit(2);
        }
        int threads = Runtime.getRuntime().availableProcessors();
        Map<String, Callable<List<ResultRow>>> parts = parts(new ForecastProtocols(data, threads));
        List<String> wanted = arguments.length == 0 ? dearestFirst(parts.keySet()) : List.of(arguments);
        String commit = commit(root);
        String machine = threads + " threads, JDK " + Runtime.version().feature();
        Map<String, List<ResultRow>> done = new LinkedHashMap<>();
        parts.keySet().forEach(part -> done.put(part, List.of()));
        for (String part : wanted) {
            Callable<List<ResultRow>> run = parts.get(part);
            if (run == null) {
                System.err.println("part must be one of " + parts.keySet() + ", got " + part);
                System.exit(2);
                return;
            }
            List<ResultRow> more = run.call();
            more.forEach(System.out::println);
            done.put(part, more);
            if (arguments.length == 0) {
                // Written after each part, so that a run that is cut short leaves what it has.
                List<ResultRow> rows = new ArrayList<>();
                done.values().forEach(rows::addAll);
                Files.createDirectories(root.resolve("docs"));
                byte[] page = ResultsPage.of(rows, commit, machine).getBytes(StandardCharsets.UTF_8);
                AtomicFile.write(root.resolve("docs").resolve("results.md"), out -> out.write(page));
            }
        }
    }

    /** The parts from last to first: the long ones stand last. */
    private static List<String> dearestFirst(Set<String> parts) {
        List<String> reversed = new ArrayList<>(parts);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Map<String, Callable<List<ResultRow>>> parts(ForecastProtocols p) {
        Map<String, Callable<List<ResultRow>>> parts = new LinkedHashMap<>();
        parts.put(
                "airline",
                () -> p.univariate(
                        "airline",
                        "airline-passengers.csv",
                        "Passengers",
                        48,
                        12,
                        12,
                        22,
                        "LSTM tutorials 47.5 (recalled); AR(12) on logs 20.55"));
        parts.put(
                "sunspots",
                () -> p.univariate(
                        "sunspots", "monthly-sunspots.csv", "Sunspots", 564, 132, 132, 18.2, "AR(36) 18.22"));
        parts.put(
                "min-temperatures",
                () -> p.univariate(
                        "min-temperatures", "daily-min-temperatures.csv", "Temp", 730, 365, 30, 2.21, "AR(30) 2.211"));
        parts.put(
                "births", () -> p.univariate("births", "daily-total-female-births.csv", "Births", 100, 7, 21, 7.2, ""));
        parts.put("beijing-pm25", p::beijing);
        parts.put("m4-weekly", p::m4Weekly);
        String[] published = {
            "LSTMa .650/.624, Informer .577/.549", "LSTMa .702", "LSTMa 1.212", "LSTMa 1.424", "LSTMa 1.960"
        };
        int[] horizons = {24, 48, 168, 336, 720};
        double[] copies = {.424, .465, .571, .650, .655};
        for (int i = 0; i < horizons.length; i++) {
            int at = i;
            parts.put(
                    "ett-h1-" + horizons[i],
                    () -> p.electricity(horizons[at], 168, copies[at], at == 0 ? .36 : copies[at], published[at]));
        }
        parts.put("illness", () -> p.honest("illness", Path.of("illness", "national_illness.csv"), "OT", 12, 52, true));
        parts.put(
                "stocks",
                () -> p.honest(
                        "stocks AAPL",
                        Path.of("stocks", "yahoofinance-AAPL-20040819-20180120.csv.gz"),
                        "Close",
                        5,
                        5,
                        false));
        return parts;
    }

    static String commit(Path root) throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10")
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** The outermost folder above the working folder that has a {@code pom.xml}. */
    static Path projectRoot() {
        Path working = Path.of("").toAbsolutePath();
        Path root = working;
        for (Path folder = working; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("pom.xml"))) {
                root = folder;
            }
        }
        return root;
    }
}
