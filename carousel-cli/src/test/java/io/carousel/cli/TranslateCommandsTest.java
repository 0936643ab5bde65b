package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TranslateCommandsTest {
    private static final Path EXAMPLES =
            Path.of("").toAbsolutePath().getParent().resolve("examples");
    private static final Path TEST = EXAMPLES.resolve("dates-test.tsv");

    @TempDir
    private static Path folder;

    private static Path model;
    private static Path report;
    private static Path sources;
    private static Call fit;

    @BeforeAll
    static void fitAModelThatIsSmall() throws IOException {
        model = folder.resolve("m.carousel");
        report = folder.resolve("report.html");
        sources = Files.writeString(folder.resolve("sources.txt"), "5 March 1997\n\nMay 1, 2001 ☃\n");
        Files.write(folder.resolve("latin1.txt"), "M\u00e4rz".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(folder.resolve("bare.tsv"), "only a source\n");
        Files.writeString(folder.resolve("a.en"), "one\ntwo\n");
        Files.writeString(folder.resolve("a.fr"), "un\n");
        Files.writeString(folder.resolve("words.dict"), "cat K AE1 T\nact AE1 K T\nact(2) AE0 K T\ntack T AE1 K\n");
        fit = Call.carousel(small(TEST, "--out", model, "--report", report, "--test-part", 0.1, "--json"));
    }

    private static Object[] small(Path data, Object... words) {
        List<Object> all = new ArrayList<>(List.of("translate", "fit", data));
        all.addAll(
                List.of("--epochs", 2, "--hidden", 8, "--embedding", 8, "--from", "characters", "--to", "characters"));
        all.addAll(Arrays.asList(words));
        return all.toArray();
    }

    @Test
    void fitPrintsOneJsonObjectAndNothingElse() throws IOException {
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        assertThat(fit.err().lines()).allMatch(line -> line.startsWith("carousel: "));
        ObjectNode object = Json.readObject(fit.out(), "standard output");
        assertThat(object.get("trainingPairs").asInt()).isEqualTo(171);
        assertThat(object.get("validationPairs").asInt()).isEqualTo(9);
        JsonNode scores = object.get("test");
        assertThat(scores.get("sources").asInt()).isEqualTo(20);
        assertThat(scores.get("bleuSignature").asString()).isEqualTo("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp");
        for (JsonNode way : List.of(scores, scores.get("sourceCopied"), scores.get("mostFrequentTarget"))) {
            assertThat(way.get("chrf").asDouble()).isBetween(0.0, 100.0);
            assertThat(way.get("right").asDouble()).isBetween(0.0, 1.0);
            assertThat(way.get("tokenErrors").get("wanted").asInt()).isEqualTo(200);
        }
        assertThat(object.get("spec").at("/source/tokenizer/type").asString()).isEqualTo("characters");
        assertThat(object.get("provenance").get("dataFile").asString()).isEqualTo("dates-test.tsv");
    }

    @Test
    void theReportShowsScoresLengthsSentencesAndTheTraining() throws IOException {
        assertThat(Files.readString(report))
                .contains("dates-test.tsv", "The network ", "Source copied", "Most frequent target")
                .contains("by the length of the source", "Sources and translations", "nrefs:1|case:mixed")
                .contains("What was read for what", "td class=\"share\"")
                .contains("Loss of each epoch", "SHA-256", "bidirectional");
    }

    @Test
    void fitPrintsTablesForPeople() {
        Call call = Call.carousel(small(TEST, "--out", folder.resolve("p.carousel")));
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out())
                .contains("190 pairs learned of dates-test.tsv", "10 sources that chose the best epoch, 10 pairs")
                .contains("BLEU", "chrF", "Token errors", "Source copied", "Perplexity", "Model:  ");
    }

    @Test
    void aDictionaryIsReadAsCharactersAndPhonemes() throws IOException {
        Call call = Call.carousel(
                "translate",
                "fit",
                folder.resolve("words.dict"),
                "--no-stress",
                "--epochs",
                1,
                "--hidden",
                4,
                "--embedding",
                4,
                "--validation-part",
                0,
                "--out",
                folder.resolve("d.carousel"),
                "--json");
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.err()).isEqualTo("carousel: 1 pair that had been there before was left out\n");
        ObjectNode object = Json.readObject(call.out(), "standard output");
        assertThat(object.get("trainingPairs").asInt()).isEqualTo(3);
        assertThat(object.get("spec").at("/source/tokenizer/type").asString()).isEqualTo("characters");
        assertThat(object.get("spec").at("/target/tokenizer/type").asString()).isEqualTo("spaces");
        assertThat(object.has("validation")).isFalse();
    }

    @Test
    void twoFilesAreReadLineByLine() throws IOException {
        Path targets = Files.writeString(folder.resolve("b.fr"), "un\ndeux\n");
        Call call = Call.carousel(small(
                folder.resolve("a.en"),
                targets,
                "--validation-part",
                0,
                "--out",
                folder.resolve("two.carousel"),
                "--json"));
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(Json.readObject(call.out(), "standard output")
                        .get("trainingPairs")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void theSameSeedGivesTheSameModelWhateverTheThreads() throws IOException {
        Path again = folder.resolve("again.carousel");
        Call call = Call.carousel(small(TEST, "--out", again, "--threads", 3, "--test-part", 0.1));
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(Call.carousel("translate", "predict", again, sources).out())
                .isEqualTo(Call.carousel("translate", "predict", model, sources).out());
    }

    @Test
    void evaluateScoresPairs() throws IOException {
        Path page = folder.resolve("evaluation.html");
        Call table = Call.carousel("translate", "evaluate", model, TEST, "--report", page, "--beam", 2);
        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.out()).contains("200 sources of dates-test.tsv, 200 pairs", "Network", "Source tokens");
        assertThat(Files.readString(page)).contains("Sources and translations");

        ObjectNode object = Json.readObject(
                Call.carousel("translate", "evaluate", model, TEST, "--json").out(), "standard output");
        assertThat(object.get("pairs").asInt()).isEqualTo(200);
        assertThat(object.get("byLength").size()).isGreaterThan(2);
    }

    @Test
    void predictGivesALineForEachLine() {
        Call call = Call.carousel("translate", "predict", model, sources);
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out().lines()).hasSize(3);
        assertThat(call.out().lines().skip(1).findFirst()).contains("");
        assertThat(call.err()).isEqualTo("carousel: the model does not know ☃, and reads it as <unk>\n");
    }

    @Test
    void predictSaysThatItReadsWhatStandsAfterATab() throws IOException {
        Path pairs = Files.writeString(folder.resolve("pairs.txt"), "1.2.1990\t1990-02-01\n");
        Call call = Call.carousel("translate", "predict", model, pairs, "--beam", 1);
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.err()).contains("a line is a source as a whole, also what stands after a tab");
    }

    @Test
    void predictGivesTheBestFew() throws IOException {
        Call call = Call.carousel("translate", "predict", model, sources, "--n-best", 3);
        assertThat(call.out().lines().filter(line -> line.matches(" *-[0-9.]+  .*")))
                .hasSize(6);

        JsonNode all = Json.readObject(
                        Call.carousel("translate", "predict", model, sources, "--n-best", 3, "--json")
                                .out(),
                        "standard output")
                .get("translations");
        assertThat(all).hasSize(3);
        assertThat(all.get(0).get("candidates")).hasSize(3);
        assertThat(all.get(2).get("unknown").get(0).asString()).isEqualTo("☃");
    }

    @Test
    void linesOfStandardInputAreTranslatedAndObjectsMayBeALine() throws IOException {
        Call call = withInput("5 March 1997\nMay 1, 2001\n", "translate", "predict", model, "-", "--json-lines");
        assertThat(call.exitCode()).as(call.err()).isZero();
        List<String> lines = call.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(Json.readObject(lines.get(1), "line 2").get("source").asString())
                .isEqualTo("May 1, 2001");
        assertThat(withInput("", "translate", "predict", model, "-").out()).isEmpty();
    }

    @Test
    void translationsAreWrittenToAFileAndAReport() throws IOException {
        Path out = folder.resolve("out.txt");
        Path page = folder.resolve("predicted.html");
        Call call = Call.carousel("translate", "predict", model, sources, "--out", out, "--report", page);
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).isEqualTo("Translations: " + out + "\nReport: " + page + "\n");
        assertThat(Files.readString(out))
                .isEqualTo(Call.carousel("translate", "predict", model, sources).out());
        assertThat(Files.readString(page)).contains("5 March 1997", "Translations of 3 sources");
    }

    @Test
    void drawnTranslationsFollowTheirSeed() {
        Object[] drawn = {"translate", "predict", model, sources, "--temperature", 2, "--seed", 4};
        Call call = Call.carousel(drawn);
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(Call.carousel(drawn)).isEqualTo(call);
        drawn[7] = 5;
        assertThat(Call.carousel(drawn).out()).isNotEqualTo(call.out());
    }

    @Test
    void whatIsDrawnMayBeTheLikeliestFewOnly() {
        String likeliest = Call.carousel("translate", "predict", model, sources, "--beam", 1)
                .out();
        assertThat(Call.carousel("translate", "predict", model, sources, "--temperature", 2, "--top-k", 1)
                        .out())
                .isEqualTo(likeliest);
        assertThat(Call.carousel("translate", "predict", model, sources, "--temperature", 2, "--top-p", 1e-9)
                        .out())
                .isEqualTo(likeliest);
    }

    @Test
    void translationsAreAsLongAsAskedFor() throws IOException {
        Call call = Call.carousel(
                "translate", "predict", model, sources, "--least-tokens", 30, "--most-tokens", 30, "--json");
        assertThat(call.exitCode()).as(call.err()).isZero();
        JsonNode translations = Json.readObject(call.out(), "standard output").get("translations");
        assertThat(translations.get(0).get("candidates").get(0).get("tokens")).hasSize(30);
        assertThat(translations.get(1).get("candidates").get(0).get("tokens")).isEmpty();
    }

    @Test
    void sidesMayBeBytesOrATokenizerOfTheClassPathAndTheDecoderMayReadItself() throws IOException {
        Path out = folder.resolve("bytes.carousel");
        String options = "--epochs 1 --hidden 8 --embedding 8 --from test-stars:cut=/ --to bytes --vocabulary 50"
                + " --scheduled-sampling inverse-sigmoid:5:0.25 --json";
        List<Object> words = new ArrayList<>(List.of("translate", "fit", TEST, "--out", out));
        words.addAll(Arrays.asList(options.split(" ")));
        Call call = Call.carousel(words.toArray());
        assertThat(call.exitCode()).as(call.err()).isZero();
        JsonNode spec = Json.readObject(call.out(), "standard output").get("spec");
        assertThat(spec.get("source").get("tokenizer").get("name").asString()).isEqualTo("test-stars");
        assertThat(spec.get("source").get("vocabulary").asInt()).isEqualTo(50);
        assertThat(spec.get("target").get("vocabulary").asInt()).isZero();
        assertThat(spec.get("sampling").get("decay").asString()).isEqualTo("inverse-sigmoid");
        assertThat(Call.carousel("translate", "predict", out, sources).exitCode())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fit TEST                                      | Missing required option: '--out",
                "fit --out @/o                                 | Missing required parameter: 'DATA'",
                "fit @/none --out @/o                          | there is no data file",
                "fit @/bare.tsv --out @/o                      | line 1 of bare.tsv must have at least 2 columns with a tab",
                "fit @/a.en @/a.fr --out @/o                   | a.en and a.fr must have as many lines, got 2 and 1;",
                "fit TEST --out @/o --source en                | there is no column en in dates-test.tsv",
                "fit TEST --out @/o --hidden 0                 | hidden must be from 1 to 16384, got 0; see carousel",
                "fit TEST --out @/o --attention none --window 2 | heads, window, feeding, coverage and copying must be left away",
                "fit TEST --out @/o --attention strong        | expected one of [NONE, ADDITIVE",
                "fit TEST --out @/o --cell time-lstm           | cell of a translator must not need the time",
                "fit TEST --out @/o --to bpe --vocabulary 9 | symbols of a vocabulary of learned pieces must be from 514",
                "fit TEST --out @/o --from bytes --lower-case | --lower-case must not be given with --from bytes, which takes",
                "fit TEST --out @/o --to letters              | --to must be words, characters, bytes, spaces, bpe, a .model",
                "fit TEST --out @/o --from bytes --to bytes --vocabulary 9 | --vocabulary must be left away where no side takes it",
                "fit TEST --out @/o --from bytes --to bpe --least-count 2 | --least-count must be left away where no side",
                "fit TEST --out @/o --from @/none.model       | there is no SentencePiece model",
                "fit TEST --out @/o --scheduled-sampling linear | --scheduled-sampling must be linear, exponential or",
                "fit TEST --out @/o --scheduled-sampling linear:x | updates and perhaps a share, with colons between, got",
                "fit TEST --out @/o --scheduled-sampling linear:9:2 | least probability of scheduled sampling must be in [0, 1], got",
                "fit TEST --out @/o --most-words 0             | most words of a side must be positive, got 0; see",
                "fit TEST --out @/o --most-characters 3        | 200 pairs with more than 3 characters on a side were",
                "fit TEST --out @/o --test-part 1              | share of the sources to hold out must be in [0, 1)",
                "fit TEST --out @/o --test-part 0.1 --test TEST | --test and --test-part must not be given both",
                "fit TEST --out @/o --encoding none-such       | '--encoding'",
                "fit TEST --out @                              | --out must be a file, got the folder",
                "evaluate MODEL @/bare.tsv                     | line 1 of bare.tsv must have at least 2 columns",
                "evaluate TEST TEST                            | dates-test.tsv",
                "evaluate MODEL TEST --report @                | --report must be a file, got the folder",
                "predict MODEL @/nowhere                       | there is no data file",
                "predict MODEL @/latin1.txt                    | line 1 of latin1.txt must be UTF-8, got the byte 0xE4",
                "predict MODEL TEST --n-best 0                 | wanted texts must be from 1 to 5, got 0",
                "predict MODEL TEST --beam 0                   | beam must be from 1 to 1000, got 0",
                "predict MODEL TEST --beam 3 --temperature 1   | --beam must not be given with --temperature",
                "predict MODEL TEST --top-k 3                  | --top-k and --top-p must be given with --temperature",
                "predict MODEL TEST --temperature 1 --top-p 2  | top-p must be in (0, 1], got 2.0",
                "predict MODEL TEST --coverage-penalty -1      | coverage penalty must be finite and not negative, got",
                "predict MODEL TEST --least-tokens 90 --most-tokens 9 | tokens of a text must be at least 0 and at most",
                "predict MODEL TEST --json --json-lines        | --json and --json-lines must not be given both",
                "predict MODEL TEST --out @                    | --out must be a file, got the folder",
            })
    void mistakesEndWithTwoAndOneLine(String words, String expected) {
        String call = words.replace("MODEL", model.toString())
                .replace("TEST", TEST.toString())
                .replace("@", folder.toString());
        List<Object> all = new ArrayList<>(List.of("translate"));
        all.addAll(Arrays.asList(call.split(" +")));
        Call made = Call.carousel(all.toArray());
        assertThat(made.exitCode()).as(made.err()).isEqualTo(2);
        assertThat(made.out()).isEmpty();
        assertThat(made.err()).contains(expected).startsWith("carousel: ");
        assertThat(made.err().lines()).hasSize(1);
    }

    private static Call withInput(String text, Object... words) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return Call.carousel(words);
        } finally {
            System.setIn(before);
        }
    }
}
