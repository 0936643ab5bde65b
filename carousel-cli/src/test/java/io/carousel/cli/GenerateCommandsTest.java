package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code carousel generate} from a text to texts, scores and reports. */
class GenerateCommandsTest {
    @TempDir
    private static Path folder;

    private static Path text;
    private static Path model;
    private static Call fit;

    @BeforeAll
    static void fit() throws IOException {
        String[] lines = new String[300];
        String[] sky = {"when it rains i stay home", "when it snows i stay in", "when it is warm i go out to swim"};
        for (int i = 0; i < lines.length; i++) {
            lines[i] = sky[i * 7 % 13 % 3];
        }
        text = Files.writeString(folder.resolve("weather.txt"), String.join("\n", lines) + "\n");
        model = folder.resolve("weather.carousel");
        fit = Call.carousel(words(
                "generate fit TEXT --tokens words --hidden 16 --layers 1 --epochs 8 --dropout 0 --learning-rate 0.02"
                        + " --out MODEL --report @/fit.html"));
    }

    private static Object[] words(String call) {
        return Arrays.stream(call.split(" +"))
                .map(word -> word.replace("TEXT", String.valueOf(text))
                        .replace("MODEL", String.valueOf(model))
                        .replace("@", folder.toString()))
                .toArray();
    }

    private static Call carousel(String call) {
        return Call.carousel(words(call));
    }

    private static JsonNode json(Call call) {
        assertThat(call.exitCode()).as(call.err()).isZero();
        return JsonMapper.shared().readTree(call.out());
    }

    @Test
    void fitSaysHowGoodTheModelIsBesideCounts() throws IOException {
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        assertThat(fit.out())
                .startsWith("weather.txt, ")
                .contains("Perplexity", "Network", "Pairs of tokens", "Frequencies", "Model:  " + model)
                .contains("The network foresees more than counts of pairs of tokens: perplexity");
        assertThat(Files.readString(folder.resolve("fit.html")))
                .contains("Where it is surprised", "Temperature 0.8", "Loss of each epoch", "weather.txt");
    }

    @Test
    void evaluateAddsUpTheSurprisesAndCountsPairsOfTheTextThatIsNamed() {
        JsonNode found = json(carousel("generate evaluate MODEL TEXT --counts TEXT --json"));
        double perplexity = found.get("network").get("perplexity").doubleValue();
        assertThat(perplexity).isLessThan(found.get("bigram").get("perplexity").doubleValue());
        assertThat(found.get("bigram").get("perplexity").doubleValue())
                .isLessThan(found.get("unigram").get("perplexity").doubleValue());
        double bits = found.get("network").get("bitsPerToken").doubleValue();
        assertThat(perplexity).isCloseTo(Math.pow(2, bits), within(1e-9 * perplexity));

        Call plain = carousel("generate evaluate MODEL TEXT --report @/evaluate.html");
        assertThat(plain.out())
                .contains("Bits per character", "The network wavers among", "Report: ")
                .doesNotContain("Pairs");
        assertThat(folder.resolve("evaluate.html")).isNotEmptyFile();
    }

    @Test
    void predictGoesOnWithAPromptAndTheSameSeedGivesTheSameText() {
        Object[] call = {"generate", "predict", model, "--prompt", "when it", "--temperature", 0, "--length", 3};
        Call first = Call.carousel(call);
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).startsWith("when it ").endsWith(System.lineSeparator());
        assertThat(Call.carousel(call).out()).isEqualTo(first.out());

        Object[] drawn = {"generate", "predict", model, "--prompt", "when", "--seed", 5, "--top-k", 4, "--top-p", 0.9};
        assertThat(Call.carousel(drawn)).isEqualTo(Call.carousel(drawn));
    }

    @Test
    void predictPrintsWhatTheJsonHoldsAndWritesItToAFile() throws IOException {
        JsonNode found = json(carousel("generate predict MODEL --prompt it --length 12 --json"));
        String whole = found.get("prompt").asString() + found.get("text").asString();
        assertThat(carousel("generate predict MODEL --prompt it --length 12").out())
                .isEqualTo(whole + System.lineSeparator());
        assertThat(found.get("tokens")).hasSize(12);

        Call written = carousel("generate predict MODEL --prompt it --length 12 --out @/it.txt");
        assertThat(written.out()).isEqualTo("Text: " + folder.resolve("it.txt") + System.lineSeparator());
        assertThat(Files.readString(folder.resolve("it.txt"))).isEqualTo(whole + "\n");
    }

    @Test
    void aSearchFindsTheLikeliestTextAndEndsAtTheStopSymbol() {
        Call call = Call.carousel(
                "generate",
                "predict",
                model,
                "--prompt",
                "when it rains",
                "--beam",
                3,
                "--stop",
                "<eos>",
                "--length",
                9);
        assertThat(call.out()).isEqualTo("when it rains i stay home" + System.lineSeparator());
    }

    @Test
    void unknownWordsOfAPromptAreNamed() {
        Call call = carousel("generate predict MODEL --prompt elephants --length 2");
        assertThat(call.exitCode()).isZero();
        assertThat(call.err())
                .isEqualTo("carousel: the model does not know elephants of the prompt, and reads it as <unk>"
                        + System.lineSeparator());
    }

    @Test
    void linesOfAFileAreRankedByHowLikelyTheyAre() throws IOException {
        Files.writeString(folder.resolve("lines.txt"), "home stay i rains it when\n\nwhen it rains i stay home\n");
        Call call = carousel("generate predict MODEL --score @/lines.txt");
        List<String> lines = call.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("when it rains i stay home");
        JsonNode found = json(carousel("generate predict MODEL --score @/lines.txt --json"));
        assertThat(found.get("lines").get(0).get("line").intValue()).isEqualTo(3);
    }

    @Test
    void fillingsAreRankedAndTheLikeliestTokensNamed() {
        Object[] ranking = {"generate", "predict", model, "--fill", "when it rains i …", "--with", "swim,stay home"};
        Call ranked = Call.carousel(ranking);
        assertThat(ranked.out().lines().toList().get(1)).startsWith("stay home");
        Call next = Call.carousel("generate", "predict", model, "--fill", "when it rains i ___");
        assertThat(next.out().lines().toList().get(1)).startsWith("stay");
        Call json = Call.carousel("generate", "predict", model, "--fill", "when it rains i ___", "--json");
        assertThat(json(json).get("next").get(0).get("symbol").asString()).isEqualTo("stay");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "characters",
                "bytes",
                "spaces",
                "bpe",
                "words --lower-case",
                "words --rule averaged",
                "words --output adaptive",
                "words --output sampled --samples 5"
            })
    void everyLevelAndRuleFitsAndWrites(String level) {
        Call call = carousel("generate fit TEXT --tokens " + level
                + " --vocabulary 600 --hidden 8 --layers 1 --epochs 1 --variational --word-dropout 0.1"
                + " --drop-connect 0.1 --embedding 6 --out @/level.carousel --json");
        assertThat(json(call).get("heldOut").get("network").get("perplexity").doubleValue())
                .isPositive();
        assertThat(carousel("generate predict @/level.carousel --prompt when --length 5")
                        .out())
                .startsWith("when");
    }

    @Test
    void aTokenizerOfTheClassPathCutsTheTextAndIsNamedInTheModel() {
        Call call = carousel("generate fit TEXT --tokens test-stars:cut=i --hidden 8 --layers 1 --epochs 1"
                + " --out @/stars.carousel --json");
        assertThat(json(call).get("tokens").intValue()).isPositive();
        assertThat(call.out()).contains("test-stars", "\"cut\"");
        Call written = carousel("generate predict @/stars.carousel --prompt when --length 5");
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(written.out()).startsWith("when*");
    }

    @Test
    void anotherTextMayValidateAndThreadsChangeNothing() throws IOException {
        Files.writeString(folder.resolve("other.txt"), "when it rains i stay home\n".repeat(30));
        String call =
                "generate fit TEXT --tokens words --validation @/other.txt --hidden 8 --layers 1 --epochs 1 --json";
        JsonNode one = json(carousel(call + " --threads 1 --out @/one.carousel"));
        JsonNode two = json(carousel(call + " --threads 3 --out @/two.carousel"));
        assertThat(one.get("heldOut")).isEqualTo(two.get("heldOut"));
        assertThat(one.get("heldOut").get("source").asString()).isEqualTo("other.txt");
        assertThat(one.get("heldOut").get("network").has("bitsPerCharacter")).isTrue();
    }

    // In each line the words of the call, and what the message must say.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "generate fit @/none.txt --out @/m                    | there is no text file",
                "generate fit TEXT                                    | '--out=MODEL'; see carousel generate fit --help",
                "generate fit TEXT --tokens letters --out @/m         | --tokens must be characters, bytes, words, spaces, bpe, a",
                "generate fit TEXT --tokens letters --out @/m         | got letters: tokenizer letters must be on the class path, found only [test-stars]; see",
                "generate fit TEXT --tokens test-stars:at=x --out @/m | option of test-stars must be cut, got [at]; see carousel generate fit --help",
                "generate fit TEXT --tokens test-stars:cut --out @/m  | options in --tokens must be NAME=VALUE, each once",
                "generate fit TEXT --tokens test-stars --lower-case --out @/m | --lower-case must not be given with --tokens test-stars",
                "generate fit TEXT --tokens @/x.model --out @/m       | there is no SentencePiece model file",
                "generate fit TEXT --tokens bytes --lower-case --out @/m | --lower-case must not be given with --tokens bytes",
                "generate fit TEXT --tokens bpe --vocabulary 300 --out @/m | symbols of a tokenizer must be from 512",
                "generate fit TEXT --dropout 1 --out @/m              | must be in [0, 1), got 1.0; 0 turns it off",
                "generate fit TEXT --vocabulary 1 --out @/m           | symbols of the vocabulary must be from 2 to",
                "generate fit TEXT --hidden 0 --out @/m               | hidden must be from 1 to 16384, got 0; see",
                "generate fit TEXT --output hashed --out @/m         | '--output': expected one of",
                "generate fit TEXT --samples 9 --out @/m             | --samples must stand beside --output sampled, got it beside softmax",
                "generate fit TEXT --output sampled --samples 0 --out @/m | samples of the output must be at least 1, got 0",
                "generate fit TEXT --output sampled --out @/m         | samples of the output must be fewer than the 17 symbols",
                "generate fit TEXT --rule fast --out @/m              | '--rule': expected one of",
                "generate fit TEXT --out @                            | --out must be a file, got the folder",
                "generate fit @/latin.txt --out @/m                   | must be UTF-8",
                "generate fit @/empty.txt --out @/m                   | empty.txt",
                "generate evaluate TEXT TEXT                          | header length must be",
                "generate evaluate MODEL @/none.txt                   | there is no text file",
                "generate evaluate MODEL @/empty.txt                  | empty.txt must have at least one line",
                "generate predict @/none                              | there is no model file",
                "generate predict MODEL --temperature -1              | temperature must be finite and not negative, got -1.0",
                "generate predict MODEL --top-p 0                     | top-p must be in (0, 1], got 0.0",
                "generate predict MODEL --top-k -1                    | top-k must not be negative",
                "generate predict MODEL --beam 0                      | beam must be from 1 to 100, got 0",
                "generate predict MODEL --beam 2 --temperature 2      | temperature, top-k and top-p must be left",
                "generate predict MODEL --length 0                    | length must be at least 1 token, got 0",
                "generate predict MODEL --stop rainbow                | stop symbol must be one of the vocabulary",
                "generate predict MODEL --score @/empty.txt           | --score must have a line of text, got none",
                "generate predict MODEL --score TEXT --prompt a       | --score and --fill must stand without options for writing",
                "generate predict MODEL --with a,b                    | --with must stand beside --fill",
                "generate predict MODEL --fill home --with a          | text must have a gap",
                "generate predict MODEL --fill a___b                  | --fill must end with its gap where no --with",
            })
    void aMistakeEndsWithTwoAndOneLine(String call, String expected) throws IOException {
        Files.writeString(folder.resolve("empty.txt"), "");
        Files.write(folder.resolve("latin.txt"), new byte[] {'a', (byte) 0xe9, '\n'});

        Call found = carousel(call);

        assertThat(found.exitCode()).as(found.err()).isEqualTo(2);
        assertThat(found.out()).isEmpty();
        assertThat(found.err()).startsWith("carousel: ").contains(expected);
        assertThat(found.err().lines()).hasSize(1);
    }

    @Test
    void aModelOfAnotherTaskIsRefused() throws IOException {
        Path data = SampleFiles.monthly(folder, 60);
        Call forecast = carousel("forecast fit " + data + " --target sold --horizon 3 --epochs 1 --out @/f.carousel");
        assertThat(forecast.exitCode()).as(forecast.err()).isZero();
        Call call = carousel("generate predict @/f.carousel");
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err().lines()).hasSize(1);
    }
}
