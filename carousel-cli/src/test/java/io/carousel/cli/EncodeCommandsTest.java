package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.task.encode.Autoencoder;
import io.carousel.task.encode.DecoderKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EncodeCommandsTest {
    private static final Path EXAMPLES =
            Path.of("").toAbsolutePath().getParent().resolve("examples");

    private static final String GESTURES = "EXAMPLES/gestures-new.csv --key gesture --label kind";

    @TempDir
    private static Path folder;

    private static Call fit;

    @BeforeAll
    static void fit() throws IOException {
        fit = call("fit " + GESTURES + " --size 3 --hidden 8 --epochs 3 --decoder composite --ahead 2"
                + " --out @/g.carousel --report @/g.html --json");
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        Files.writeString(folder.resolve("words.csv"), "text\nabc\nabd\nbcd\ncab\n\"<b>,\"\n");
        Files.writeString(folder.resolve("bad.csv"), "id,v1,v2\na,1,2\n");
        assertSucceeds("fit @/words.csv --tokens characters --size 3 --hidden 8 --epochs 3 --variational"
                + " --out @/w.carousel");
    }

    private static Call call(String words) {
        String all = "encode " + words.replace("EXAMPLES", EXAMPLES.toString()).replace("@", folder.toString());
        return Call.carousel(Arrays.stream(all.split(" +")).toArray());
    }

    private static Call assertSucceeds(String words) {
        Call call = call(words);
        assertThat(call.exitCode()).as(words + "\n" + call.err()).isZero();
        return call;
    }

    private static JsonNode json(Call call) {
        return JsonMapper.shared().readTree(call.out());
    }

    @Test
    void fitSaysWhatIsLostAndWritesModelAndReport() throws IOException {
        JsonNode answer = json(fit);
        assertThat(answer.get("examples").asInt()).isEqualTo(60);
        assertThat(answer.get("validation").get("scores").size()).isEqualTo(2);
        assertThat(answer.get("validation").has("errors")).isFalse();
        assertThat(Autoencoder.load(folder.resolve("g.carousel"))
                        .encoding()
                        .chosen()
                        .decoder())
                .isEqualTo(DecoderKind.COMPOSITE);
        assertThat(folder.resolve("g.html"))
                .content()
                .contains("The vectors in two dimensions", "circle", "Reconstruction", "Prediction", "The training");
    }

    @Test
    void vectorsAreReadByTheClassifierAndMadeSequencesAgain() throws IOException {
        assertSucceeds("predict @/g.carousel " + GESTURES + " --out @/v.csv --report @/map.html");
        List<String> lines = Files.readAllLines(folder.resolve("v.csv"));
        assertThat(lines).hasSize(61).first().isEqualTo("id,label,v1,v2,v3");
        assertThat(folder.resolve("map.html")).content().contains("The map");

        String classify = "classify fit @/v.csv --key id --members 1 --hidden 4 --epochs 2 --out @/c.carousel";
        Call learned = Call.carousel(
                Arrays.stream(classify.replace("@", folder.toString()).split(" +"))
                        .toArray());
        assertThat(learned.exitCode()).as(learned.err()).isZero();

        Call made = assertSucceeds("predict @/g.carousel @/v.csv --decode --length 4");
        assertThat(made.out().lines()).hasSize(1 + 60 * 4).first().isEqualTo("id,x,y");
        JsonNode next = json(assertSucceeds("predict @/g.carousel @/v.csv --decode --part prediction --json"));
        assertThat(next.get("sequences").get(0).get("rows").size()).isEqualTo(2);
    }

    @Test
    void textsAreMadeAgainAsTexts() throws IOException {
        Call vectors = assertSucceeds("predict @/w.carousel @/words.csv --out @/wv.csv");
        assertThat(vectors.out()).contains("Vectors:  ");
        JsonNode made = json(assertSucceeds("predict @/w.carousel @/wv.csv --decode --length 3 --json"));
        assertThat(made.get("sequences").size()).isEqualTo(5);
        assertThat(made.get("sequences").get(0).get("text").asString().length()).isLessThanOrEqualTo(3);

        Call judged = assertSucceeds("evaluate @/w.carousel @/words.csv --report @/w.html");
        assertThat(judged.out())
                .contains("Wrong tokens", "Perplexity", "the most frequent symbol", "The reconstruction has");
        assertThat(folder.resolve("w.html")).content().contains("&lt;b&gt;,").doesNotContain("<b>,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fit EXAMPLES/co2.csv --out @/x --decoder prediction | time steps to predict must be from 1 to 1000000, got 0
            fit EXAMPLES/co2.csv --out @/x --ahead 3 | time steps to predict must be from 0 to 0, got 3
            fit EXAMPLES/co2.csv --out @/x --cell none | none
            predict @/g.carousel @/words.csv | must have 2 features like those of the training, got a text
            predict @/g.carousel @/words.csv --length 3 | --length and --part must go with --decode
            predict @/g.carousel @/bad.csv --decode | bad.csv
            predict @/w.carousel @/bad.csv --decode --report @/r.html | --report must go without --decode
            predict @/w.carousel none.csv | there is no data file none.csv
            evaluate @/words.csv @/words.csv | words.csv
            """)
    void mistakesAreToldInALine(String words, String message) {
        Call call = call(words);
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains(message);
        assertThat(call.err().lines()).hasSize(1);
    }
}
