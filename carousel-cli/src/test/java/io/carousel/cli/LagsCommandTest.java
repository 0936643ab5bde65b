package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

    private static JsonNode json(Call call) {
        assertThat(call.err()).isEmpty();
        assertThat(call.exitCode()).isZero();
        return JsonMapper.shared().readTree(call.out());
    }
}
