package io.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.Golden;
import io.carousel.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** SentencePiece's own models and cuts, made by {@code tools/golden/sentencepiece_models.py}. */
class SentencePieceGoldenTest {
    @TempDir
    Path folder;

    static Stream<JsonNode> models() {
        return Golden.read("sentencepiece.json").get("models").valueStream();
    }

    private SentencePieceTokenizer read(String name) throws IOException {
        String file = "sentencepiece-" + name + ".model.gz";
        try (InputStream in = SentencePieceGoldenTest.class.getResourceAsStream("/golden/" + file)) {
            Files.copy(in, folder.resolve(file));
        }
        return SentencePieceFile.read(folder.resolve(file));
    }

    private static List<String> strings(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(each -> all.add(each.asString()));
        return all;
    }

    @ParameterizedTest
    @MethodSource("models")
    void textsAreCutAndPutTogetherAsSentencePieceDoes(JsonNode model) throws IOException {
        SentencePieceTokenizer tokenizer = read(model.get("name").asString());
        assertThat(tokenizer.pieces().pieces()).hasSize(model.get("size").intValue());
        for (JsonNode each : model.get("cases")) {
            String text = each.get("text").asString();
            assertThat(tokenizer.tokens(text)).as(text).isEqualTo(strings(each.get("pieces")));
            assertThat(tokenizer.text(strings(each.get("known"))))
                    .as(text)
                    .isEqualTo(each.get("back").asString());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aModelIsKeptInJsonAndKnowsAllThatItGives(JsonNode model) throws IOException {
        SentencePieceTokenizer tokenizer = read(model.get("name").asString());
        Tokenizer back = Json.read(Json.write(tokenizer), Tokenizer.class, "test");
        assertThat(back).isEqualTo(tokenizer);
        for (JsonNode each : model.get("cases")) {
            String text = each.get("text").asString();
            assertThat(back.tokens(text)).isEqualTo(tokenizer.tokens(text));
            assertThat(tokenizer.tokens(text))
                    .allMatch(token -> token.equals(Vocabulary.UNKNOWN)
                            || tokenizer.symbols().contains(token));
        }
    }
}
