package io.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.cell.CellSpec;
import io.carousel.data.Scaler;
import io.carousel.layer.NetworkSpec;
import io.carousel.task.forecast.ForecastSpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is read without Jackson's data binding is what Jackson would have read, and it is enough to open a model. */
class PlainJsonParityTest {
    private final JsonMapper jackson = new JsonMapper();
    private final JsonFactory factory = new JsonFactory();

    @ParameterizedTest
    @ValueSource(classes = {NetworkSpec.class, Provenance.class, ForecastSpec.class, Scaler.class})
    void whatAModelFileHoldsNeedsNoDataBinding(Class<?> type) {
        for (long seed = 0; seed < 200; seed++) {
            Object value = new RandomRecords(seed).next(type);

            assertThat(RecordReader.read(Json.tree(value), type).map(Object.class::cast))
                    .as("%s of seed %d", type.getSimpleName(), seed)
                    .contains(value);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {NetworkSpec.class, Provenance.class, Scaler.class, ForecastSpec.class})
    void everyTreeIsJacksonsTree(Class<?> type) {
        for (long seed = 0; seed < 50; seed++) {
            String json = Json.writePretty(new RandomRecords(seed).next(type));

            assertThat(TreeReader.read(factory, json)).contains(jackson.readTree(json));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,-2,2147483648,9223372036854775808,0.5,1e3,1e400,true,false,null,\"\\u00e9\\n\",{},[]]}",
                "17",
                " \"text\" ",
                "[[[]]]"
            })
    void everyKindOfValueIsJacksonsToo(String json) {
        assertThat(TreeReader.read(factory, json)).contains(jackson.readTree(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "[1,]", "{\"a\":1}x", "nul", "{\"a\"}"})
    void documentsThatAreNotSoundAreLeftToJackson(String json) {
        assertThat(TreeReader.read(factory, json)).isEmpty();
    }

    @Test
    void whatIsNotPlainIsLeftToJackson() {
        assertThat(cell("\"no such form!\"")).isEmpty();
        assertThat(cell("17")).isEmpty();
        assertThat(cell("{\"name\":\"gru\"}")).isEmpty();
        assertThat(network("{\"inputSize\":2}")).isEmpty();
        assertThat(network("{\"inputSize\":2.0,\"layers\":[{\"type\":\"last-step\"}]}"))
                .isEmpty();
        assertThat(network("{\"inputSize\":null,\"layers\":[{\"type\":\"last-step\"}]}"))
                .isEmpty();
        assertThat(network("{\"inputSize\":2,\"layers\":[{\"type\":\"none\"}]}"))
                .isEmpty();
        assertThat(network("{\"inputSize\":2,\"layers\":[{\"type\":\"last-step\",\"more\":1}]}"))
                .isEmpty();
        assertThat(network("{\"inputSize\":2,\"layers\":[]}")).isEmpty();
        assertThat(network("{\"inputSize\":2,\"layers\":[{\"type\":\"last-step\"}]}"))
                .isPresent();
    }

    private Optional<CellSpec> cell(String json) {
        return RecordReader.read(tree(json), CellSpec.class);
    }

    private Optional<NetworkSpec> network(String json) {
        return RecordReader.read(tree(json), NetworkSpec.class);
    }

    private JsonNode tree(String json) {
        return jackson.readTree(json);
    }
}
