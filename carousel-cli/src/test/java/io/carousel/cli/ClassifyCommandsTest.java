package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.task.classify.SequenceClassifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClassifyCommandsTest {
    private static final Path EXAMPLES =
            Path.of("").toAbsolutePath().getParent().resolve("examples");

    @TempDir
    private static Path folder;

    private static Call fit;

    @BeforeAll
    static void fit() throws IOException {
        fit = call("fit EXAMPLES/messages.csv --label department --id id --epochs 12 --members 2 --hidden 12"
                + " --embedding 16 --out @/m.carousel --report @/m.html --json");
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        assertSucceeds("fit EXAMPLES/messages.csv --label topics --label-separator | --id id --epochs 8 --members 1"
                + " --hidden 12 --embedding 16 --weights balanced --out @/t.carousel");
        assertSucceeds("fit EXAMPLES/gestures.csv --key gesture --label kind --epochs 12 --members 2 --hidden 8"
                + " --pooling attention --out @/g.carousel");
        Files.writeString(folder.resolve("unlabelled.csv"), "text\nwhere is my book\n");
        Files.writeString(folder.resolve("strange.csv"), "text,label\nwhere is my book,sales\n");
        Files.writeString(folder.resolve("one.csv"), "text,label\na b,x\nc d,x\n");
        Files.writeString(folder.resolve("twice.csv"), "id,text,label\n1,a b,x\n1,c d,y\n");
        Files.writeString(folder.resolve("gap.csv"), "key,x,label\na,1,u\na,,u\n");
        Files.write(folder.resolve("latin.csv"), "text,label\ncaf\u00e9,x\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(folder.resolve("no.carousel"), "nothing");
    }

    private static Call call(String words) {
        String all =
                "classify " + words.replace("EXAMPLES", EXAMPLES.toString()).replace("@", folder.toString());
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
    void fitSaysWhatItLearnedAndWritesModelAndReport() throws IOException {
        JsonNode answer = json(fit);
        assertThat(answer.get("labels").toString()).isEqualTo("[\"billing\",\"delivery\",\"repair\"]");
        assertThat(answer.get("examples").asInt()).isEqualTo(300);
        assertThat(answer.get("validation").get("accuracy").asDouble()).isGreaterThan(0.7);
        assertThat(SequenceClassifier.load(folder.resolve("m.carousel")).labels())
                .hasSize(3);
        assertThat(folder.resolve("m.html")).content().contains("The training", "Provenance", "messages.csv");
    }

    @Test
    void theSameSeedGivesTheSameModelOnAnyNumberOfThreads() throws IOException {
        for (int threads : new int[] {1, 3}) {
            assertSucceeds("fit EXAMPLES/gestures.csv --key gesture --label kind --epochs 2 --members 1 --hidden 8"
                    + " --threads " + threads + " --out @/threads" + threads);
        }
        assertThat(SequenceClassifier.load(folder.resolve("threads1"))
                        .model()
                        .network()
                        .parameters()
                        .values())
                .isEqualTo(SequenceClassifier.load(folder.resolve("threads3"))
                        .model()
                        .network()
                        .parameters()
                        .values());
    }

    @Test
    void evaluateShowsEveryLabelAndWhatWasTakenForWhat() {
        Call call = assertSucceeds("evaluate @/m.carousel EXAMPLES/messages-new.csv --label department --id id"
                + " --report @/judged.html");
        assertThat(call.out())
                .contains(
                        "100 examples",
                        "Precision",
                        "AUC",
                        "Actual \\ predicted",
                        "billing",
                        "Right were ",
                        "Report: ");
        assertThat(folder.resolve("judged.html"))
                .content()
                .contains("What was taken for what", "<table class=\"matrix\"", "How honest the probabilities are");
        JsonNode answer = json(
                assertSucceeds("evaluate @/m.carousel EXAMPLES/messages-new.csv --label department --id id --json"));
        assertThat(answer.get("accuracy").asDouble()).isGreaterThan(0.7);
        assertThat(answer.get("each").size()).isEqualTo(3);
        assertThat(answer.has("predictions")).isFalse();
    }

    @Test
    void severalLabelsAreJudgedOneByOne() {
        Call call = assertSucceeds(
                "evaluate @/t.carousel EXAMPLES/messages-new.csv --label topics --label-separator | --id id");
        assertThat(call.out()).contains("All labels were right of ").doesNotContain("Actual \\ predicted");
        Call found = assertSucceeds("predict @/t.carousel EXAMPLES/messages-new.csv --id id");
        assertThat(found.out().lines()).hasSize(101);
        assertThat(found.out()).startsWith("Example").contains("Labels");
    }

    @Test
    void aLabelThatTrainingDidNotHaveCountsAsWrongAndIsNamed() {
        Call call = assertSucceeds("evaluate @/m.carousel @/strange.csv");
        assertThat(call.out()).contains("sales", "Right were 0.0 %");
        assertThat(call.err()).contains("sales");
    }

    @Test
    void predictWritesOneRowForEachExample() throws IOException {
        assertSucceeds("predict @/m.carousel EXAMPLES/messages-new.csv --id id --out @/found.csv");
        assertThat(Files.readAllLines(folder.resolve("found.csv")))
                .hasSize(101)
                .first()
                .isEqualTo("id,label,p billing,p delivery,p repair");
        assertThat(assertSucceeds("predict @/m.carousel @/unlabelled.csv").out().lines())
                .hasSize(2);
    }

    @Test
    void predictReadsTextsFromStandardInputAndExplainsThem() {
        Call call = withInput(
                "my lamp is broken\n\nwhere is <b>my</b> book\n",
                () -> call("predict @/m.carousel - --explain --report @/why.html --json"));
        assertThat(call.exitCode()).as(call.err()).isZero();
        JsonNode predictions = json(call).get("predictions");
        assertThat(predictions.size()).isEqualTo(2);
        JsonNode explanation = predictions.get(0).get("explanation");
        assertThat(explanation.get("tokens").toString()).isEqualTo("[\"my\",\"lamp\",\"is\",\"broken\"]");
        assertThat(explanation.get("weights").size()).isEqualTo(4);
        assertThat(folder.resolve("why.html"))
                .content()
                .contains("What moved the decisions", ">broken</span>", "&lt;</span>")
                .doesNotContain("<b>my");
        Call people = withInput("my lamp is broken\n", () -> call("predict @/m.carousel - --explain-label billing"));
        assertThat(people.out()).contains("1 is billing", "because of:", "broken ");
    }

    @Test
    void timeStepsAreExplainedToo() {
        Call call = assertSucceeds("predict @/g.carousel EXAMPLES/gestures-new.csv --key gesture --label kind --explain"
                + " --report @/gestures.html");
        assertThat(call.out()).contains("step ");
        assertThat(folder.resolve("gestures.html"))
                .content()
                .contains("The same by feature", "Drawn are the first 20 of 60");
        assertThat(json(assertSucceeds(
                                "evaluate @/g.carousel EXAMPLES/gestures-new.csv --key gesture --label kind --json"))
                        .get("accuracy")
                        .asDouble())
                .isGreaterThan(0.6);
    }

    @Test
    void aTokenizerOfTheClassPathCutsTheTextsAlsoOfAModelThatIsReadBack() {
        Call fitted = assertSucceeds("fit EXAMPLES/messages.csv --label department --id id --tokens test-stars:cut=e"
                + " --epochs 2 --members 1 --hidden 4 --embedding 4 --out @/stars.carousel --json");
        assertThat(json(fitted).at("/chosen/tokenizer").toString()).contains("test-stars", "\"cut\":\"e\"");

        Call found = assertSucceeds("predict @/stars.carousel @/unlabelled.csv --explain --json");
        assertThat(json(found).at("/predictions/0/explanation/tokens").toString())
                .isEqualTo("[\"wh\",\"r\",\"is\",\"my\",\"book\"]");
    }

    @Test
    void wordsStartWithPretrainedVectorsAndKeepThemWhenFrozen() throws IOException {
        Files.writeString(folder.resolve("glove.txt"), "book 1 2\nlamp 2 1\n");
        Call fitted = assertSucceeds("fit EXAMPLES/messages.csv --label department --id id --vectors @/glove.txt"
                + " --frozen-words --epochs 1 --members 1 --hidden 4 --out @/v.carousel --json");
        assertThat(json(fitted).at("/chosen/embedding").intValue()).isEqualTo(2);
        assertThat(json(fitted).get("notes").toString()).contains("words have a vector of glove.txt");
        assertThat(assertSucceeds("predict @/v.carousel @/unlabelled.csv --explain")
                        .out())
                .contains("book");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "fit @/nowhere.csv --out @/x ~ there is no data file",
                "fit @/unlabelled.csv --out @/x ~ label",
                "fit @/one.csv --out @/x ~ label",
                "fit @/twice.csv --id id --out @/x ~ line 3 of twice.csv must have an id of its own",
                "fit @/gap.csv --key key --out @/x ~ on line 3 of gap.csv must be a finite number, got an empty cell",
                "fit @/latin.csv --out @/x ~ latin.csv",
                "fit EXAMPLES/messages.csv --out @/x ~ there is no column label in messages.csv",
                "fit EXAMPLES/messages.csv --label department --out @ ~ --out must be a file, got the folder",
                "fit EXAMPLES/messages.csv --label department --tokens sounds --out @/x ~ --tokens must be words, characters, bytes, spaces, a",
                "fit EXAMPLES/messages.csv --label department --vectors @/none --out @/x ~ there is no vectors file",
                "fit EXAMPLES/messages.csv --label department --format wav --out @/x ~ expected one of csv, tsv, json-lines,",
                "fit EXAMPLES/messages.csv --label department --weights heavy --out @/x ~ weights must be balanced, or a label",
                "fit EXAMPLES/messages.csv --label department --weights sales=2 --out @/x ~ got sales",
                "fit EXAMPLES/messages.csv --label department --cell lstn --out @/x ~ got lstn",
                "fit EXAMPLES/messages.csv --label department --hidden 99999 --out @/x ~ see carousel classify fit --help",
                "fit EXAMPLES/messages.csv --label department --epochs 0 --out @/x ~ epochs must be positive, got 0; see",
                "evaluate @/no.carousel EXAMPLES/messages.csv --label department ~ no.carousel: file must have at least 10 bytes",
                "evaluate @/m.carousel EXAMPLES/gestures.csv --key gesture --label kind ~ must have a text like those of",
                "evaluate @/m.carousel @/unlabelled.csv ~ there is no column label in unlabelled.csv",
                "predict @/m.carousel @/nowhere ~ there is no data file",
                "predict @/g.carousel - ~ --format must say how standard input holds sequences of numbers",
                "predict @/m.carousel @/unlabelled.csv --explain-label sales ~ --explain-label must be one of billing,",
                "predict @/m.carousel @/unlabelled.csv --out @ ~ --out must be a file, got the folder",
            })
    void mistakesEndWithTwoAndOneLine(String words, String expected) {
        Call call = call(words);
        assertThat(call.exitCode()).as(call.err()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err().lines()).as(call.err()).hasSize(1);
        assertThat(call.err())
                .startsWith("carousel: ")
                .contains(expected.strip())
                .doesNotContain("Exception", "\tat ");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    private static Call withInput(String text, java.util.function.Supplier<Call> call) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return call.get();
        } finally {
            System.setIn(before);
        }
    }
}
