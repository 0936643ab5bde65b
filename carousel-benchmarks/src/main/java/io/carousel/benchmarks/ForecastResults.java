package io.carousel.benchmarks;

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
 */
final class ForecastResults {
    private ForecastResults() {}

    static void run(ResultsRun run) throws Exception {
        Map<String, Callable<List<ResultRow>>> parts = parts(new ForecastProtocols(run.data(), run.threads()));
        String origin = run.origin();
        for (String part : run.parts(dearestFirst(parts.keySet()))) {
            Callable<List<ResultRow>> work = parts.get(part);
            if (work == null) {
                throw new IllegalArgumentException("part must be one of " + parts.keySet() + ", got " + part);
            }
            for (ResultRow row : work.call()) {
                run.row("Forecasting", row.line(origin));
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
}
