package io.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

class JsonTest {

    enum Colour {
        RED,
        GREEN
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    sealed interface Figure permits Circle, Group {}

    @JsonTypeName("circle")
    record Circle(double radius, Colour colour, @Nullable String label) implements Figure {
        Circle {
            if (!(radius > 0)) {
                throw new IllegalArgumentException("radius must be positive, got " + radius);
            }
        }

        /** Not a component, so it must not become a property. */
        public boolean isLarge() {
            return radius > 10;
        }

        public double getArea() {
            return radius * radius * Math.PI;
        }
    }

    @JsonTypeName("group")
    record Group(List<Figure> members, Map<String, Integer> counts, int[] sizes, long seed) implements Figure {}

    @Test
    void aRecordPrintsItsComponentsInOrder() {
        assertThat(Json.write(new Circle(1.5, Colour.GREEN, null)))
                .isEqualTo("{\"type\":\"circle\",\"radius\":1.5,\"colour\":\"GREEN\",\"label\":null}");
    }

    @Test
    void aMapPrintsSortedByKey() {
        Map<String, Integer> counts = new HashMap<>();
        for (String key : List.of("zeta", "b", "a10", "a9", "m")) {
            counts.put(key, key.length());
        }
        assertThat(Json.write(new Group(List.of(), counts, new int[] {3, 4}, Long.MAX_VALUE)))
                .isEqualTo(
                        "{\"type\":\"group\",\"members\":[],\"counts\":{\"a10\":3,\"a9\":2,\"b\":1,\"m\":1,\"zeta\":4},"
                                + "\"sizes\":[3,4],\"seed\":9223372036854775807}");
    }

    @Test
    void aSealedTypeReadsBackEqual() throws Exception {
        Figure figure = new Group(
                List.of(new Circle(2, Colour.RED, "a \"quoted\" ü\n"), new Circle(1e-300, Colour.GREEN, "")),
                Map.of("x", 1),
                new int[] {},
                -1);
        Figure back = Json.read(Json.write(figure), Figure.class, "test");
        assertThat(back).usingRecursiveComparison().isEqualTo(figure);
    }

    @Test
    void prettyTextReadsBackEqual() throws Exception {
        Figure figure = new Circle(2, Colour.RED, "r");
        assertThat(Json.writePretty(figure)).contains("\n");
        assertThat(Json.read(Json.writePretty(figure), Figure.class, "test")).isEqualTo(figure);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aNumberThatIsNotFiniteIsNotWritten(double value) {
        assertThatThrownBy(() -> Json.write(Map.of("mase", List.of(1.0, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON value /mase/1 must be finite, got " + value + "; leave it out or write null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"type\":\"circle\",\"radius\":1,\"colour\":\"RED\",\"label\":null,\"extra\":1} | unknown property",
                "{\"type\":\"circle\",\"radius\":1,\"colour\":\"RED\"} | label",
                "{\"type\":\"circle\",\"radius\":1,\"radius\":2,\"colour\":\"RED\",\"label\":null} | uplicate",
                "{\"type\":\"circle\",\"radius\":-1,\"colour\":\"RED\",\"label\":null} | radius must be positive, got -1.0",
                "{\"type\":\"circle\",\"radius\":\"1\",\"colour\":\"RED\",\"label\":null} | radius",
                "{\"type\":\"circle\",\"radius\":null,\"colour\":\"RED\",\"label\":null} | radius",
                "{\"type\":\"circle\",\"radius\":1e999,\"colour\":\"RED\",\"label\":null} | must fit a 64-bit float",
                "{\"type\":\"circle\",\"radius\":NaN,\"colour\":\"RED\",\"label\":null} | NaN",
                "{\"type\":\"circle\",\"radius\":1,\"colour\":0,\"label\":null} | colour",
                "{\"type\":\"circle\",\"radius\":1,\"colour\":\"BLUE\",\"label\":null} | BLUE",
                "{\"type\":\"circle\",\"radius\":1,\"colour\":\"RED\",\"label\":7} | label",
                "{\"type\":\"circle\",\"radius\":1,\"colour\":\"RED\",\"label\":1.5} | label",
                "{\"type\":\"circle\",\"radius\":1,\"colour\":\"RED\",\"label\":true} | label",
                "{\"type\":\"circle\",\"radius\":1,\"colour\":\"RED\",\"label\":null} {} | railing",
                "{\"type\":\"java.lang.Runtime\",\"radius\":1} | java.lang.Runtime",
                "{\"radius\":1,\"colour\":\"RED\",\"label\":null} | type",
                "[\"circle\"] | Figure",
                "{\"type\":\"circle\",\"radius\":1,\"colour\":\"RED\",\"label\":null | end",
                "null | null",
                "'' | null",
                "{\"type\":\"group\",\"members\":[],\"counts\":{},\"sizes\":[1.5],\"seed\":1} | sizes",
                "{\"type\":\"group\",\"members\":[],\"counts\":{},\"sizes\":[99999999999],\"seed\":1} | out of range",
            })
    void whatDoesNotDescribeTheTypeIsRefused(String json, String reason) {
        assertThatThrownBy(() -> Json.read(json, Figure.class, "spec.json"))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("spec.json: JSON")
                .hasMessageContaining(reason);
    }

    @Test
    void deepNestingIsRefused() {
        String json = "[".repeat(100_000) + "]".repeat(100_000);
        assertThatThrownBy(() -> Json.readObject(json, "deep.json"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void whatCouldNotBeReadBackIsNotWritten() {
        ObjectNode root = Json.object();
        ObjectNode node = root;
        for (int depth = 2; depth <= Json.MAX_DEPTH; depth++) {
            node = node.putObject("n");
        }
        assertThat(Json.write(root)).endsWith("}".repeat(Json.MAX_DEPTH));
        node.putObject("n");
        assertThatThrownBy(() -> Json.write(root))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void aLongNumberIsRefused() {
        assertThatThrownBy(() -> Json.readObject("{\"n\":" + "9".repeat(100_000) + "}", "long.json"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("length");
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> Json.readObject("[1]", "array.json"))
                .isInstanceOf(FormatException.class)
                .hasMessage("array.json: JSON must be an object, got [1]");
    }

    @Test
    void aTreeSharesNothingWithWhatItWasMadeFrom() {
        var object = Json.object().put("a", 1);
        var tree = Json.tree(object);
        object.put("a", 2);
        assertThat(Json.write(tree)).isEqualTo("{\"a\":1}");
    }
}
