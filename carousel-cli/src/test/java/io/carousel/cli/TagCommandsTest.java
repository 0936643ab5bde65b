package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.model.Json;
import io.carousel.task.tag.ColumnFormat;
import io.carousel.task.tag.SentenceSet;
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

class TagCommandsTest {
    private static final Path EXAMPLES =
            Path.of("").toAbsolutePath().getParent().resolve("examples");
    private static final Path DATA = EXAMPLES.resolve("names.conll");
    private static final Path TEST = EXAMPLES.resolve("names-test.conll");

    @TempDir
    private static Path folder;

    private static Path model;
    private static Path report;
    private static Path sentences;
    private static Call fit;

    @BeforeAll
    static void fitAModelThatIsSmall() throws IOException {
        model = folder.resolve("m.carousel");
        report = folder.resolve("report.html");
        sentences = Files.writeString(
                folder.resolve("sentences.txt"),
                "Teddy Roosevelt was a great president.\n\n  \nTeddy bears are on sale");
        Files.write(folder.resolve("utf16.txt"), "Teddy bears".getBytes(StandardCharsets.UTF_16));
        Files.write(folder.resolve("latin1.txt"), "Teddy\nB\u00e4ren".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(folder.resolve("features.conll"), "Anna NN B-PER\nsings VB O\n\nBob NN B-PER\nran VB O\n");
        fit = Call.carousel(small(DATA, "--out", model, "--report", report, "--test", TEST, "--json"));
    }

    @Test
    void fitPrintsOneJsonObjectAndNothingElse() throws IOException {
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        assertThat(fit.err().lines()).allMatch(line -> line.startsWith("carousel: "));
        ObjectNode object = Json.readObject(fit.out(), "standard output");
        assertThat(object.get("tags")).hasSize(7);
        assertThat(object.get("scheme").asString()).isEqualTo("BIOES");
        assertThat(object.get("spec").get("capitals").asBoolean()).isTrue();
        assertThat(object.get("spec").get("suffixes")).hasSize(2);
        for (String part : List.of("validation", "test")) {
            JsonNode scores = object.get(part);
            assertThat(scores.get("f1").asDouble()).isBetween(0.0, 1.0);
            assertThat(scores.get("accuracy").asDouble()).isBetween(0.5, 1.0);
            assertThat(scores.get("usualTags").get("f1").asDouble()).isBetween(0.0, 1.0);
        }
        assertThat(object.get("test").get("sentences").asInt()).isEqualTo(40);
        assertThat(object.get("test").get("types").propertyNames()).contains("LOC", "PER");
        assertThat(object.get("provenance").get("dataFile").asString()).isEqualTo("names.conll");
    }

    @Test
    void theReportShowsSentencesScoresConfusionsMistakesAndTheTraining() throws IOException {
        assertThat(Files.readString(report))
                .contains("names-test.conll", "the usual tag of each word: F1 ", "Spans by type")
                .contains("Words by wanted and given tag", "B-PER", "The mistakes", "The sentences")
                .contains("Loss of each epoch", "Missing and wrong spans", "SHA-256", "IOB2");
    }

    @Test
    void fitPrintsTablesForPeople() {
        Call call = Call.carousel(small(DATA, "--test", TEST, "--out", folder.resolve("p.carousel")));
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out())
                .contains("7 tags learned from 203 sentences of names.conll", "that chose the best epoch")
                .contains("that training never saw", "Usual tag of each word", "Precision", "LOC", "Model:  ");
    }

    @Test
    void whatIsReadBesideAWordCanBeLeftOut() throws IOException {
        Call call = Call.carousel(small(
                DATA,
                "--no-capitals",
                "--suffixes",
                0,
                "--characters",
                "none",
                "--scheme",
                "iob2",
                "--output",
                "softmax",
                "--out",
                folder.resolve("bare.carousel"),
                "--json"));
        assertThat(call.exitCode()).as(call.err()).isZero();
        ObjectNode object = Json.readObject(call.out(), "standard output");
        assertThat(object.get("tags")).hasSize(5);
        assertThat(object.get("spec").get("capitals").asBoolean()).isFalse();
        assertThat(object.get("spec").get("suffixes")).isEmpty();
        assertThat(object.get("spec").get("output").asString()).isEqualTo("softmax");
    }

    @Test
    void theSameSeedGivesTheSameModelWhateverTheThreads() throws IOException {
        Path again = folder.resolve("again.carousel");
        Call call = Call.carousel(small(DATA, "--out", again, "--threads", 3, "--json"));
        assertThat(call.exitCode()).as(call.err()).isZero();
        Object[] question = {"tag", "predict", "MODEL", sentences, "--json"};
        assertThat(predicted(question, again)).isEqualTo(predicted(question, model));
    }

    private static String predicted(Object[] question, Path of) throws IOException {
        Object[] words = question.clone();
        words[2] = of;
        return Json.readObject(Call.carousel(words).out(), "standard output")
                .get("sentences")
                .toString();
    }

    @Test
    void evaluateScoresSentencesWhoseTagsAreKnown() throws IOException {
        Path page = folder.resolve("evaluation.html");
        Call table = Call.carousel("tag", "evaluate", model, TEST, "--report", page);
        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.out())
                .contains("40 sentences of names-test.conll, 234 words", "Network", "right in every word");
        assertThat(Files.readString(page)).contains("Words by wanted and given tag");

        ObjectNode object = Json.readObject(
                Call.carousel("tag", "evaluate", model, TEST, "--json").out(), "standard output");
        assertThat(object.get("words").asInt()).isEqualTo(234);
        assertThat(object.get("wanted").asInt()).isEqualTo(29);
        ObjectNode told = Json.readObject(fit.out(), "standard output");
        assertThat(object.get("f1")).isEqualTo(told.get("test").get("f1"));
    }

    @Test
    void predictTagsPlainSentences() {
        Call call = Call.carousel("tag", "predict", model, sentences);
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out().lines().filter(line -> line.startsWith("         Teddy")))
                .hasSize(2);
        assertThat(call.out().lines().filter(line -> line.matches(" *[0-9.]+ %(  +[A-Z-]+)+")))
                .hasSize(2);
    }

    @Test
    void predictGivesTheBestFew() throws IOException {
        Call call = Call.carousel("tag", "predict", model, sentences, "--n-best", 3, "--json");
        assertThat(call.exitCode()).as(call.err()).isZero();
        JsonNode first =
                Json.readObject(call.out(), "standard output").get("sentences").get(0);
        assertThat(first.get("words")).hasSize(7);
        assertThat(first.get("tags")).hasSize(7);
        assertThat(first.get("confidence")).hasSize(7);
        assertThat(first.get("others")).hasSize(2);
        double best = first.get("probability").asDouble();
        assertThat(first.get("others").get(0).get("probability").asDouble()).isBetween(0.0, best);
        assertThat(Call.carousel("tag", "predict", model, sentences, "--n-best", 3)
                        .out()
                        .lines()
                        .filter(line -> line.contains(" %  ")))
                .hasSize(6);
    }

    @Test
    void columnsThatAreWrittenAreReadBack() throws IOException {
        Path out = folder.resolve("tagged.conll");
        Path page = folder.resolve("tagged.html");
        Call call = Call.carousel("tag", "predict", model, sentences, "--out", out, "--report", page);
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).contains("Tags:   " + out, "Report: " + page);
        assertThat(Files.readString(page)).contains("The sentences", "All tags together");
        SentenceSet back = new ColumnFormat().read(out);
        assertThat(back.sentences()).hasSize(2);
        assertThat(back.sentences().get(1).words()).containsExactly("Teddy", "bears", "are", "on", "sale");
        assertThat(Call.carousel("tag", "evaluate", model, out).out())
                .contains("2 of 2 sentences are right in every word");

        String columns = Call.carousel("tag", "predict", model, out, "--input", "columns", "--format", "columns")
                .out();
        assertThat(columns).isEqualTo(Files.readString(out));
        assertThat(Call.carousel(
                                "tag",
                                "predict",
                                model,
                                out,
                                "--input",
                                "columns",
                                "--format",
                                "columns",
                                "--n-best",
                                2)
                        .out()
                        .lines()
                        .filter(line -> !line.isEmpty()))
                .allMatch(line -> line.split("\t").length == 3);
    }

    @Test
    void sentencesComeFromStandardInput() {
        Call call = withInput("Anna lives in Rome .\n", "tag", "predict", model, "-", "--input", "tokens");
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).contains("Anna", "lives", "Rome");
        Call empty = withInput("\n \n", "tag", "predict", model, "-");
        assertThat(empty.exitCode()).isEqualTo(2);
        assertThat(empty.err())
                .contains("standard input must have at least one sentence, got none; write a sentence a line");
    }

    @Test
    void longSentencesAreFoldedToTheWindow() {
        String words = "word ".repeat(60);
        Call call = withInput(words, "tag", "predict", model, "-");
        assertThat(call.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(call.out().split("word", -1)).hasSize(61);
    }

    @Test
    void aModelThatReadsColumnsAsksForThem() {
        Path other = folder.resolve("features.carousel");
        Call fitted = Call.carousel(
                small(folder.resolve("features.conll"), "--features", 2, "--validation-part", 0, "--out", other));
        assertThat(fitted.exitCode()).as(fitted.err()).isZero();
        Call text = Call.carousel("tag", "predict", other, sentences);
        assertThat(text.exitCode()).isEqualTo(2);
        assertThat(text.err()).contains("so that sentences must be columns, got text; give --input columns");
        Call columns = Call.carousel("tag", "predict", other, folder.resolve("features.conll"), "--input", "columns");
        assertThat(columns.exitCode()).as(columns.err()).isZero();
    }

    // @ is the folder, MODEL the model, TEST a file of tags
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fit                                          | '--out=MODEL', 'DATA'; see carousel tag fit --help",
                "fit TEST                                     | '--out=MODEL'; see carousel tag fit --help",
                "fit @/nowhere --out @/o                      | there is no data file",
                "fit @ --out @/o                              | data must be a file, got the folder",
                "fit @/sentences.txt --out @/o                | line 4 of sentences.txt has 5 columns, line 1 has 6",
                "fit TEST --out @/o --tag-column 7            | line 1 of names-test.conll has 2 columns, needed are at least 7",
                "fit TEST --out @/o --word-column 0           | word column must be from 1 to 4096, got 0",
                "fit TEST --out @/o --word-column 2 --tag-column 2 | tag column must be another than the word's, got 2",
                "fit TEST --out @/o --conllu upos             | line 1 of names-test.conll has 1 columns, CoNLL-U has 10",
                "fit TEST --out @/o --conllu upos --comment ; | --conllu must stand without options for columns",
                "fit TEST --out @/o --conllu lemma            | '--conllu': expected one of",
                "fit TEST --out @/o --hidden 0                | hidden must be from 1 to 16384, got 0",
                "fit TEST --out @/o --dropout 1               | dropout must be in [0, 1), got 1.0; see carousel tag fit",
                "fit TEST --out @/o --scheme iob9             | '--scheme': expected one of",
                "fit TEST --out @/o --epochs 0                | epochs must be positive, got 0; see carousel tag fit",
                "fit TEST --out @/o --vectors @/none          | there is no vectors file",
                "fit TEST --out @/o --cell time-lstm          | cell of a tagger must not need the time",
                "fit TEST --out @                             | --out must be a file, got the folder",
                "evaluate MODEL @/sentences.txt               | sentences.txt",
                "evaluate TEST TEST                           | names-test.conll: header length must be",
                "evaluate MODEL TEST --report @               | --report must be a file, got the folder",
                "predict MODEL @/nowhere                      | there is no data file",
                "predict MODEL @/utf16.txt                    | utf16.txt must be UTF-8, got UTF-16",
                "predict MODEL @/latin1.txt                   | line 2 of latin1.txt must be UTF-8, got the byte 0xE4",
                "predict MODEL @                              | data must be a file, got the folder",
                "predict MODEL TEST --n-best 0                | --n-best must be from 1 to 1000, got 0;",
                "predict MODEL TEST --input lines             | '--input': expected one of",
                "predict MODEL TEST --json --format table     | --json must stand without another --format, got both;",
                "predict MODEL @/features.conll --input columns --word-column 9 | line 1 of features.conll has 3 columns",
                "predict MODEL TEST --out @                   | --out must be a file, got the folder",
            })
    void mistakesEndWithTwoAndOneLine(String words, String expected) {
        String call = words.replace("MODEL", model.toString())
                .replace("TEST", TEST.toString())
                .replace("@", folder.toString());
        List<Object> all = new ArrayList<>(List.of("tag"));
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

    private static Object[] small(Path data, Object... words) {
        List<Object> all = new ArrayList<>(List.of("tag", "fit", data));
        all.addAll(List.of("--epochs", 2, "--hidden", 8, "--word-size", 8));
        all.addAll(Arrays.asList(words));
        return all.toArray();
    }
}
