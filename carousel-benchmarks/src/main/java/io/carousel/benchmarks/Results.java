package io.carousel.benchmarks;

import java.util.List;

/**
 * Trains on public sets and prints a row of {@code docs/results.md} for each: our figure beside the published and the trivial
 * ones. See {@code tools/results}.
 */
public final class Results {
    private Results() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException(
                    "task must be forecast, classify, encode, tag, language, detect or translate, got none");
        }
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        switch (arguments[0]) {
            case "forecast" -> ForecastResults.run(ResultsRun.of(rest));
            case "classify" -> ClassifyResults.run(ResultsRun.of(rest, "--members", "--folds"));
            case "encode" -> EncodeResults.run(ResultsRun.of(rest, "--members", "--size"));
            case "tag" -> TagResults.run(ResultsRun.of(rest));
            case "language" -> LanguageResults.run(ResultsRun.of(rest, "--checkpoint"));
            case "translate" -> TranslateResults.run(ResultsRun.of(rest, "--checkpoint"));
            case "detect" -> DetectResults.run(ResultsRun.of(rest));
            default ->
                throw new IllegalArgumentException(
                        "task must be forecast, classify, encode, tag, language, detect or translate, got "
                                + arguments[0]);
        }
    }
}
