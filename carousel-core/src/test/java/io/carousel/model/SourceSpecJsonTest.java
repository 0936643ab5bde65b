package io.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.layer.DenseBridge;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.SourceSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceSpecJsonTest {
    private static final String WITHOUT =
            "{\"inputSize\":2,\"layers\":[{\"type\":\"dense\",\"name\":\"head\",\"outputs\":3}]}";
    private static final NetworkSpec PLAIN = new NetworkSpec(2, List.of(new DenseSpec("head", 3)));

    @Test
    void aNetworkWithoutASourceIsWrittenAsBeforeThereWereSources() throws IOException {
        assertThat(Json.write(PLAIN)).isEqualTo(WITHOUT);
        assertThat(Json.read(WITHOUT, NetworkSpec.class, "here")).isEqualTo(PLAIN);
        assertThat(Json.read(" " + WITHOUT.replace("}]}", "}],\"source\":null}"), NetworkSpec.class, "here"))
                .isEqualTo(PLAIN);
    }

    @Test
    void jacksonAndTheFastReaderReadASourceAlike() throws IOException {
        NetworkSpec spec =
                new NetworkSpec(2, List.of(new DenseSpec("head", 3)), new SourceSpec(PLAIN, new DenseBridge("bridge")));
        String json = Json.write(spec);

        assertThat(json).startsWith(WITHOUT.substring(0, WITHOUT.length() - 1) + ",\"source\":{\"network\":" + WITHOUT);
        assertThat(RecordReader.read(Json.tree(spec), NetworkSpec.class)).contains(spec);
        assertThat(RecordReader.read(Json.tree(PLAIN), NetworkSpec.class)).contains(PLAIN);
        assertThat(Json.read(json, NetworkSpec.class, "here")).isEqualTo(spec);
        assertThat(Json.read(json.replace("true", "  false"), NetworkSpec.class, "here"))
                .isNotEqualTo(spec);
    }

    @Test
    void whatElseIsMissingOrUnknownIsStillRefused() {
        assertThatThrownBy(() -> Json.read("{\"inputSize\":2}", NetworkSpec.class, "here"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("layers");
        assertThatThrownBy(() -> Json.read(WITHOUT.replace("}]}", "}],\"sauce\":null}"), NetworkSpec.class, "here"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("unknown property 'sauce'");
    }
}
