package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.model.Json;
import io.carousel.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel inspect --gates}. */
class GatesTest {
    @TempDir
    private static Path folder;

    private static Path data;
    private static Path model;

    @BeforeAll
    static void fitAModelWhoseNetworksHelp() throws IOException {
        data = SampleFiles.maps(folder, 150);
        model = fit("lstm", "m.carousel", 2, 0.01);
    }

    private static Path fit(String cell, String name, int members, double rate) {
        Path out = folder.resolve(name);
        List<Object> words = new ArrayList<>(List.of("forecast", "fit", data, "--target", "y", "--series", "kind"));
        words.addAll(List.of("--cell", cell, "--hidden", 4, "--window", 6, "--season", 1, "--difference", "none"));
        words.addAll(List.of("--members", members, "--learning-rate", rate, "--epochs", 12, "--out", out));
        Call call = Call.carousel(words.toArray());
        assertThat(call.exitCode()).as(call.err()).isZero();
        return out;
    }

    @Test
    void everyGateOfEveryMemberIsPrinted() {
        Call call = Call.carousel("inspect", model, data, "--gates");

        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).startsWith("6 time steps of <first>, 145 to 150\n");
        assertThat(call.out())
                .contains("encoder1_l0: lstm, 4 units", "encoder2_l0: lstm, 4 units", "half-life")
                .containsPattern("forget +0\\.\\d{3} +\\d+\\.\\d % +\\d+\\.\\d % +\\S+ +\\S+ to \\S+")
                .containsPattern("gradient at +lag 0 +1 +2 +4\n")
                .containsPattern("hidden state( +\\S+){4}\n")
                .containsPattern("cell state( +\\S+){4}\n");
    }

    @Test
    void oneObjectHasTheNumbersOfEveryUnitAndLag() throws IOException {
        ObjectNode object = gates(model, "--series", "second", "--at", "10");

        assertThat(object.get("series").asString()).isEqualTo("second");
        assertThat(object.get("from").asString()).isEqualTo("5");
        assertThat(object.get("to").asString()).isEqualTo("10");
        assertThat(object.get("timeSteps").asInt()).isEqualTo(6);
        assertThat(object.get("features").get(0).asString()).isEqualTo("y");
        assertThat(object.get("layers")).hasSize(2);
        JsonNode layer = object.get("layers").get(1);
        assertThat(layer.get("name").asString()).isEqualTo("encoder2_l0");
        assertThat(layer.get("cell").asString()).isEqualTo("lstm");
        assertThat(layer.get("units").asInt()).isEqualTo(4);
        JsonNode forget = layer.get("gates").get(1);
        assertThat(forget.get("gate").asString()).isEqualTo("forget");
        assertThat(forget.get("mean").asDouble()).isBetween(0.0, 1.0);
        assertThat(forget.get("lowByUnit")).hasSize(4);
        assertThat(forget.get("halfLives")).hasSize(4);
        assertThat(forget.get("medianHalfLife").asDouble()).isPositive();
        assertThat(layer.get("gates").get(0).has("halfLives")).isFalse();
        assertThat(layer.get("gradients")).hasSize(2);
        assertThat(layer.get("gradients").get(0).get("state").asString()).isEqualTo("hidden");
        assertThat(layer.get("gradients").get(0).get("norms")).hasSize(6);
    }

    @Test
    void aHalfLifeThatNeverEndsIsNull() throws IOException {
        Model loaded = Model.load(model);
        var bias = loaded.network().parameters().get("encoder1.bias_ih_l0");
        bias.tensor().data()[bias.offset() + 4] = 100;
        Path open = folder.resolve("open.carousel");
        Model.of(loaded.network(), loaded.task(), loaded.provenance()).save(open);

        JsonNode forget = gates(open).get("layers").get(0).get("gates").get(1);
        assertThat(forget.get("halfLives").get(0).isNull()).isTrue();
        assertThat(Call.carousel("inspect", open, data, "--gates").out()).contains(" to ∞");
    }

    @Test
    void aReportHasTheHeatMapsOfEveryMember() throws IOException {
        Path report = folder.resolve("gates.html");
        Call call = Call.carousel("inspect", model, data, "--gates", "--report", report);

        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).contains("Report:   " + report);
        String html = Files.readString(report);
        assertThat(html)
                .contains("Forget gate", "Cell state", "Gradient by lag", "Half-life of each unit", "encoder2_l0")
                .contains("&lt;first&gt;")
                .doesNotContain("<first>");
        assertThat(html.length()).isLessThan(200_000);
    }

    @Test
    void aCellWithoutAMemoryGateHasNoHalfLives() throws IOException {
        Path elman = fit("elman", "elman.carousel", 1, 0.01);
        ObjectNode object = gates(elman);

        assertThat(object.get("layers")).hasSize(1);
        assertThat(object.toString()).doesNotContain("halfLives");
        Path report = folder.resolve("elman.html");
        assertThat(Call.carousel("inspect", elman, data, "--gates", "--report", report)
                        .exitCode())
                .isZero();
        assertThat(Files.readString(report)).contains("Hidden state").doesNotContain("Half-life of each unit");
    }

    @Test
    void aCellWithoutGatesHasStatesAndGradients() throws IOException {
        Path relu = fit("elman-relu", "relu.carousel", 1, 0.01);
        Path report = folder.resolve("relu.html");
        Call call = Call.carousel("inspect", relu, data, "--gates", "--report", report);

        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out())
                .contains("elman-relu, 4 units, no gates", "hidden state")
                .doesNotContain("half-life");
        assertThat(Files.readString(report)).contains("Hidden state").doesNotContain("How the gates were used");
    }

    @Test
    void aModelWithoutRecurrentNetworksSaysSo() throws IOException {
        // So large a first step makes every network worse than none.
        Path linear = fit("elman", "linear.carousel", 1, 1);

        Path report = folder.resolve("linear.html");
        Call call = Call.carousel("inspect", linear, data, "--gates", "--report", report);
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).contains("The model is its linear part alone");
        assertThat(Files.readString(report)).contains("The model is its linear part alone");
        ObjectNode object = Json.readObject(
                Call.carousel("inspect", linear, data, "--gates", "--json").out(), "standard output");
        assertThat(object.get("layers")).isEmpty();
    }

    @Test
    void mistakesAreNamed() throws IOException {
        assertMistake(
                "there is no series third in maps.csv; it has <first>, second",
                "inspect",
                model,
                data,
                "--gates",
                "--series",
                "third");
        assertMistake(
                "the last row of a window of series '<first>' must be from row 6 (6) to row 150 (150), got row 2; "
                        + "choose one of these",
                "inspect",
                model,
                data,
                "--gates",
                "--at",
                "2");
        assertMistake(
                "--at must be a time stamp as in the file, from 1 to 150, or a row from 1 to 150, got soon; choose one of "
                        + "these",
                "inspect",
                model,
                data,
                "--gates",
                "--at",
                "soon");
        Path few = Files.writeString(folder.resolve("few.csv"), "kind,y\na,1\na,2\n");
        assertMistake(
                "series 'a' has 2 rows; the model reads 6 for a window; give a longer series",
                "inspect",
                model,
                few,
                "--gates");
        Model loaded = Model.load(model);
        Path tagger = folder.resolve("tagger.carousel");
        Model.of(loaded.network(), loaded.task().put("task", "tag"), loaded.provenance())
                .save(tagger);
        assertThat(Call.carousel("inspect", tagger, data, "--gates").err())
                .contains("task of the model must be forecast, got tag; use the command of that task");
    }

    private static void assertMistake(String message, Object... words) {
        Call call = Call.carousel(words);
        assertThat(call.exitCode()).as(call.err()).isEqualTo(2);
        assertThat(call.err()).isEqualTo("carousel: " + message + System.lineSeparator());
    }

    private static ObjectNode gates(Path of, Object... more) throws IOException {
        List<Object> words = new ArrayList<>(List.of("inspect", of, data, "--gates", "--json"));
        words.addAll(List.of(more));
        Call call = Call.carousel(words.toArray());
        assertThat(call.err()).isEmpty();
        assertThat(call.exitCode()).isZero();
        return Json.readObject(call.out(), "standard output");
    }
}
