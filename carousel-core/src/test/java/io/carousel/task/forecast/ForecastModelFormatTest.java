package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.SeriesSet;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.task.FitOptions;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fourth promise: a model file whose task does not fit its network is refused, and takes no memory. */
class ForecastModelFormatTest {
    private static final SeriesSet SET = Examples.monthly("units", Examples.sales(72, 1));
    private static final Model MODEL = Forecaster.fit(
                    SET,
                    Examples.small("units").horizon(2).harmonics(1).build(),
                    Examples.quick(),
                    FitOptions.defaults())
            .forecaster()
            .model();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /numbers   | season    | 2000000000 | season must be at most 1000000, got 2000000000
                    /numbers   | window    | 25         | steps of lags must be 25 as the task says, got 22
                    /numbers   | scale     | 0          | scale must be in [1.0E-150, 1.0E150], got 0.0
                    /numbers   | scale     | 1e-320     | scale must be in [1.0E-150, 1.0E150], got 1.0E-320
                    /numbers   | scale     | -1         | scale must be in [1.0E-150, 1.0E150], got -1.0
                    /numbers   | floor     | -0.5       | floor must be in [0.0, 1.0E150], got -0.5
                    /numbers   | center    | 1e300      | center must be in [-1.0E150, 1.0E150], got 1.0E300
                    ''         | ridge     | -1e-3      | ridge must be in [0.0, 1.0E150], got -0.001
                    /transform | harmonics | 2          | inputs of the network must be 5 as the task says, got 3
                    /transform | harmonics | 2000000000 | harmonics must be at most 32, got 2000000000
                    /spec      | horizon   | 3          | outputs of the network must be 9 as the task says, got 6
                    /spec      | horizon   | 2000000000 | horizon must be at most 1000000, got 2000000000
                    """)
    void numbersThatDoNotFitTheNetworkAreRefused(String object, String property, String value, String message)
            throws IOException {
        ObjectNode task = MODEL.task();
        ((ObjectNode) task.at(object)).set(property, Json.read(value, JsonNode.class, "test"));

        assertThatThrownBy(() -> Forecaster.of(Model.of(MODEL.network(), task, MODEL.provenance()), "m.carousel"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }
}
