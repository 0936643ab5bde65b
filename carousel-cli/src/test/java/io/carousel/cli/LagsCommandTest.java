package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LagsCommandTest {

    @Test
    void withoutATaskTheProblemsAreListed() {
        Call call = Call.carousel("lags");

        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).contains("adding", "temporal-order-3", "74,000", "571,100");
        JsonNode tasks = json(Call.carousel("lags", "--json")).get("tasks");
        assertThat(tasks.size()).isEqualTo(27);
        assertThat(tasks.get(0).get("task").asString()).isEqualTo("reber");
        assertThat(tasks.get(0).get("lag").isNull()).isTrue();
        assertThat(tasks.get(0).get("paperSequences").asLong()).isEqualTo(8_440);
    }

    @Test
    void aProblemIsTrainedAndTested() {
        JsonNode result = json(
                Call.carousel("lags", "--task", "2c", "--lag", "50", "--cell", "lstm", "--threads", "1", "--json"));

        assertThat(result.get("solved").asBoolean()).isTrue();
        assertThat(result.get("sequences").asLong()).isBetween(1L, 30_000L);
        assertThat(result.get("seconds").asDouble()).isPositive();
        assertThat(result.get("errors").asInt()).isLessThan(26);
        assertThat(result.get("tested").asInt()).isEqualTo(2_560);
        assertThat(result.get("paperSequences").asLong()).isEqualTo(30_000);
    }

    @Test
    void whatIsNotSolvedIsAnAnswerToo() {
        Call call = Call.carousel("lags", "--task", "adding", "--hidden", "4", "--sequences", "64");

        assertThat(call.exitCode()).isZero();
        assertThat(call.out())
                .startsWith("adding: add the two marked numbers; T = 100\nlstm with 4 units, ")
                .contains(
                        "not solved; used 64 sequences; the LSTM of 1997 took 74,000",
                        "of 2,560 fresh sequences wrong");
    }

    @Test
    void gradientsByLagAreToldBeforeAndAfterTheTraining(@TempDir Path folder) throws IOException {
        Path report = folder.resolve("lags.html");
        Object[] words = {"lags", "--task", "adding", "--lag", 20, "--hidden", 4, "--sequences", 64, "--report", report
        };
        JsonNode gradients = json(Call.carousel(with(words, "--json"))).get("gradients");

        assertThat(gradients).hasSize(2);
        assertThat(gradients.get(0).get("state").asString()).isEqualTo("hidden");
        assertThat(gradients.get(1).get("state").asString()).isEqualTo("cell");
        assertThat(gradients.get(0).get("start").size()).isBetween(20, 22);
        assertThat(gradients.get(0).get("trained").get(0).asDouble()).isPositive();
        assertThat(Files.readString(report)).contains("Gradient by lag", "Not solved with 64 sequences.");
        assertThat(Call.carousel(with(words, "--gradients")).out())
                .contains("gradient at the start", "gradient, trained", "cell state", "Report:   " + report);
    }

    private static Object[] with(Object[] words, Object more) {
        Object[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = more;
        return all;
    }

    private static JsonNode json(Call call) {
        assertThat(call.err()).isEmpty();
        assertThat(call.exitCode()).isZero();
        return JsonMapper.shared().readTree(call.out());
    }
}
