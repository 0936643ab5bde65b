package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ForecastCommandsTest {
    @TempDir
    private static Path folder;

    private static Path data;
    private static Path model;
    private static Path report;
    private static Call fit;

    @BeforeAll
    static void fitAModelThatIsSmall() throws IOException {
        data = SampleFiles.monthly(folder, 180);
        model = folder.resolve("m.carousel");
        report = folder.resolve("report.html");
        fit = Call.carousel(small(
                "forecast",
                "fit",
                data,
                "--target",
                "sold",
                "--horizon",
                6,
                "--out",
                model,
                "--report",
                report,
                "--json"));
    }

    @Test
    void fitPrintsOneJsonObjectAndNothingElse() throws IOException {
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        assertThat(fit.err()).doesNotContain("\r");
        assertThat(fit.err().lines()).allMatch(line -> line.startsWith("carousel: "));
        ObjectNode object = Json.readObject(fit.out(), "standard output");
        assertThat(object.get("metrics").propertyNames()).contains("mae", "rmse", "mase", "smape", "wql", "coverage80");
        assertThat(object.get("baselines").propertyNames())
                .containsExactlyInAnyOrder("lastValue", "seasonalNaive", "drift", "meanOfSeasonalNaiveAndDrift");
        assertThat(object.get("examples").asInt()).isPositive();
        assertThat(object.get("beatsBestNaive").isBoolean()).isTrue();
        assertThat(object.get("model").asString()).isEqualTo(model.toString());
        assertThat(object.get("provenance").get("dataFile").asString()).isEqualTo("monthly.csv");
    }

    @Test
    void fitWritesAReportOfTheForecast() throws IOException {
        assertThat(Files.readString(report))
                .contains("<h1>sold</h1>", "6 steps ahead", "80 % interval", "Seasonal naive", "SHA-256");
    }

    @Test
    void fitPrintsATableForPeople() {
        Call call = Call.carousel(small(
                "forecast", "fit", data, "--target", "sold", "--horizon", 3, "--out", folder.resolve("p.carousel")));
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).contains("Network ", "Last value ", "MASE", "best naive method", "Model:");
    }

    @Test
    void fitShowsLossSpeedAndTimeLeftToWhoWatches() {
        Call call = Call.watched(
                120,
                small("forecast", "fit", data, "--target", "sold", "--out", folder.resolve("w.carousel"), "--json"));
        assertThat(call.err()).contains("\r", "loss ", "sequences/s", "1/");
    }

    @Test
    void fitWithACheckpointGivesTheSameScoresAndRemovesItsFiles() throws IOException {
        Path checkpoint = folder.resolve("checkpoint");
        Call call = Call.carousel(small(
                "forecast",
                "fit",
                data,
                "--target",
                "sold",
                "--horizon",
                6,
                "--out",
                folder.resolve("c.carousel"),
                "--checkpoint",
                checkpoint,
                "--json"));
        assertThat(call.exitCode()).as(call.err()).isZero();
        ObjectNode kept = Json.readObject(call.out(), "standard output");
        assertThat(kept.get("metrics"))
                .isEqualTo(Json.readObject(fit.out(), "standard output").get("metrics"));
        assertThat(checkpoint).isEmptyDirectory();
    }

    @Test
    void evaluatePrintsTheSameScoresAsFit() throws IOException {
        Call call = Call.carousel("forecast", "evaluate", model, data, "--json");
        assertThat(call.exitCode()).as(call.err()).isZero();
        ObjectNode evaluated = Json.readObject(call.out(), "standard output");
        ObjectNode fitted = Json.readObject(fit.out(), "standard output");
        for (String property : List.of("metrics", "baselines", "examples", "beatsBestNaive")) {
            assertThat(evaluated.get(property)).isEqualTo(fitted.get(property));
        }
    }

    @Test
    void predictContinuesTheFileInItsOwnTimeFormat() throws IOException {
        Path out = folder.resolve("forecast.csv");
        Path page = folder.resolve("predict.html");
        Call call = Call.carousel("forecast", "predict", model, data, "--out", out, "--report", page);
        assertThat(call.exitCode()).as(call.err()).isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).isEqualTo("time,sold,q0.1,q0.5,q0.9");
        assertThat(lines.get(1)).matches("2015-01,\\d+\\.\\d+,\\d+\\.\\d+,\\d+\\.\\d+,\\d+\\.\\d+");
        assertThat(lines.get(6)).startsWith("2015-06,");
        assertThat(Files.readString(page)).contains("<h1>sold</h1>");
    }

    @Test
    void predictPrintsATableOrOneJsonObject() throws IOException {
        Call table = Call.carousel("forecast", "predict", model, data);
        assertThat(table.out().lines()).hasSize(7);
        Call json = Call.carousel("forecast", "predict", model, data, "--json");
        ObjectNode object = Json.readObject(json.out(), "standard output");
        assertThat(object.get("forecasts").get(0).get("point").size()).isEqualTo(6);
        assertThat(object.get("forecasts").get(0).get("time").get(0).asString()).isEqualTo("2015-01");
    }

    @Test
    void inspectShowsArchitectureParametersEncodingsAndProvenance() throws IOException {
        Call call = Call.carousel("inspect", model);
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out())
                .contains(
                        "Architecture",
                        "dense linear",
                        "Parameters",
                        "linear.weight",
                        "Encodings",
                        "Provenance",
                        "sold");
        ObjectNode object =
                Json.readObject(Call.carousel("inspect", model, "--json").out(), "standard output");
        assertThat(object.propertyNames())
                .containsExactly("architecture", "parameters", "parameterCount", "encodings", "provenance");
        long count = 0;
        for (var parameter : object.get("parameters")) {
            count += parameter.get("count").asLong();
        }
        assertThat(object.get("parameterCount").asLong()).isEqualTo(count);
    }

    @Test
    void oneModelForecastsEverySeriesOfAFile(@TempDir Path place) throws IOException {
        Path shops = SampleFiles.shops(place, 120);
        Path one = place.resolve("shops.carousel");
        Path page = place.resolve("shops.html");
        Call call = Call.carousel(small(
                "forecast",
                "fit",
                shops,
                "--target",
                "sold",
                "--time",
                "month",
                "--series",
                "shop",
                "--horizon",
                2,
                "--out",
                one,
                "--report",
                page));
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(Files.readString(page)).contains("<option value=\"0\">&lt;North&gt;</option>", "2 in all");
        Path out = place.resolve("out.csv");
        Call.carousel("forecast", "predict", one, shops, "--out", out);
        assertThat(Files.readAllLines(out))
                .hasSize(5)
                .element(3)
                .asString()
                .startsWith("\"South, \"\"old\"\"\",2010-01,");
    }

    @Test
    void takesInputsAndTheOptionsForTuning(@TempDir Path place) {
        Call call = Call.carousel(small(
                "forecast",
                "fit",
                data,
                "--target",
                "sold",
                "--inputs",
                "price",
                "--horizon",
                2,
                "--season",
                12,
                "--window",
                18,
                "--hidden",
                8,
                "--layers",
                2,
                "--quantiles",
                "0.05,0.95",
                "--seed",
                7,
                "--threads",
                2,
                "--dropout",
                0,
                "--mode",
                "direct",
                "--log",
                "log",
                "--difference",
                "season",
                "--harmonics",
                1,
                "--learning-rate",
                0.01,
                "--batch",
                16,
                "--patience",
                2,
                "--validation-rows",
                20,
                "--fill",
                "linear",
                "--out",
                place.resolve("t.carousel"),
                "--json"));
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).contains("coverage90", "\"window\" : 18", "\"level\" : \"season\"");
    }

    @Test
    void theSameSeedWritesTheSameWeights(@TempDir Path place) throws IOException {
        String first = weights(place.resolve("a.carousel"), 1);
        String second = weights(place.resolve("b.carousel"), 2);
        assertThat(second).isEqualTo(first);
    }

    /** The forecast of a model that is fitted with that many threads. */
    private static String weights(Path to, int threads) throws IOException {
        Call.carousel(small("forecast", "fit", data, "--target", "sold", "--threads", threads, "--out", to));
        return Json.readObject(
                        Call.carousel("forecast", "predict", to, data, "--json").out(), "standard output")
                .get("forecasts")
                .toString();
    }

    private static Object[] small(Object... words) {
        List<Object> all = new java.util.ArrayList<>(List.of(words));
        all.addAll(List.of("--epochs", 2, "--members", 1, "--test-rows", 24));
        return all.toArray();
    }
}
