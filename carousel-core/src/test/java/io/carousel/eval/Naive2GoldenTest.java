package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.SharedData;
import io.carousel.data.CsvSeriesReader;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Figures from {@code tools/golden/naive2.py}, which follows R's functions with NumPy. */
class Naive2GoldenTest {
    static List<JsonNode> cases() throws Exception {
        try (InputStream in = Naive2GoldenTest.class.getResourceAsStream("/golden/naive2.json")) {
            List<JsonNode> cases = new ArrayList<>();
            new JsonMapper().readTree(in).forEach(cases::add);
            return cases;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theForecastIsThatOfTheCompetition(JsonNode golden) {
        String column = golden.get("column").asString();
        double[] values = CsvSeriesReader.builder()
                .build()
                .read(SharedData.projectRoot()
                        .resolve("examples")
                        .resolve(golden.get("file").asString()))
                .list()
                .get(0)
                .column(column);
        double[] history = Arrays.copyOfRange(
                values, golden.get("from").asInt(), golden.get("to").asInt());
        int season = golden.get("season").asInt();
        JsonNode expected = golden.get("forecast");

        double[] forecast = Naive2.forecast(history, season, expected.size());

        assertThat(Naive2.isSeasonal(history, season))
                .isEqualTo(golden.get("seasonal").asBoolean());
        // positive terms only: a sum of k terms is off by at most k roundings. The average has season + 1 terms and two
        // factors, the mean of ratios n / season terms and a quotient, the mean of indices season terms, and both
        // programs round; three indices make a forecast
        double roundings = 2.0 * 3 * (season + 3 + history.length / season + 2 + season + 2);
        for (int h = 0; h < expected.size(); h++) {
            double value = expected.get(h).asDouble();
            assertThat(forecast[h]).isCloseTo(value, within(roundings * 0x1p-53 * Math.abs(value)));
        }
    }
}
