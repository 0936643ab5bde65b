package io.carousel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Values and gradients against PyTorch in float64: {@code tools/golden/losses.py}. */
class LossGoldenTest {
    /** Rounding to float, and some forty roundings to double of terms of at most a thousand. */
    private static final double FLOAT = 0x1p-24;

    private static final double DOUBLE = 40 * 0x1p-53 * 1000;

    static List<JsonNode> cases() {
        List<JsonNode> cases = new ArrayList<>();
        JsonNode all = Golden.read("losses.json").get("cases");
        for (int i = 0; i < all.size(); i++) {
            cases.add(all.get(i));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valueAndGradientAreThoseOfPyTorch(JsonNode golden) throws FormatException {
        LossSpec loss = Json.convert(golden.get("loss"), LossSpec.class, "losses.json");
        float[] raw = Golden.floats(golden.get("raw"));
        float[] target = Golden.floats(golden.get("target"));
        double[] expected = Golden.doubles(golden.get("gradient"));
        float[] gradient = new float[raw.length];

        double value = loss.valueAndGradient(target.length, raw, 0, target, 0, gradient, 0);

        assertThat(value).isCloseTo(golden.get("value").doubleValue(), within(target.length * DOUBLE));
        for (int i = 0; i < raw.length; i++) {
            assertThat((double) gradient[i])
                    .as("gradient %d", i)
                    .isCloseTo(expected[i], within(Math.abs(expected[i]) * FLOAT + DOUBLE));
        }
    }
}
