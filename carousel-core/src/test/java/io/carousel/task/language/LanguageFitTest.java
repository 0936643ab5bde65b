package io.carousel.task.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.task.FitListener;
import io.carousel.task.FitOptions;
import io.carousel.task.StopSignal;
import io.carousel.text.BpeLearner;
import io.carousel.text.ByteTokenizer;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.Tokenizer;
import io.carousel.text.WordTokenizer;
import io.carousel.train.EpochReport;
import io.carousel.train.StepReport;
import io.carousel.train.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageFitTest {
    private static final TrainingPlan SHORT = LanguageTexts.plan().withEpochs(2);

    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("text.txt"), text);
    }

    private static LanguageFit fit(Path text, Tokenizer tokenizer) {
        return fit(LanguageData.of(text), LanguageTexts.tiny(tokenizer).build());
    }

    private static LanguageFit fit(LanguageData data, LanguageSpec spec) {
        return LanguageModel.fit(data, spec, SHORT, FitOptions.defaults());
    }

    // ---------------------------------------------------------------- texts

    @Test
    void promiseFiveATextThatIsTooShortIsRefused() throws IOException {
        assertThatThrownBy(() -> fit(write(""), new SpaceTokenizer(false)))
                .isInstanceOf(DataException.class)
                .hasMessage("text.txt must have at least 2 tokens, a line end among them, got 0; give a longer text");
        assertThatThrownBy(() -> fit(LanguageData.of(write("\n")).withShare(0), words()))
                .hasMessage("text.txt must have at least 2 tokens, a line end among them, got 1; give a longer text");
        assertThatThrownBy(() -> fit(write("one two three four\n"), new SpaceTokenizer(false)))
                .hasMessage(
                        "the part of the text that validates must have at least 2 tokens, a line end among them, got 0;"
                                + " give a longer text");
        Path validation = Files.writeString(folder.resolve("validation.txt"), "");
        assertThatThrownBy(() -> fit(LanguageData.of(write("one two\n")).withValidation(validation), words()))
                .hasMessage(
                        "validation.txt must have at least 2 tokens, a line end among them, got 0; give a longer text");
    }

    private static LanguageSpec words() {
        return LanguageTexts.tiny(new SpaceTokenizer(false)).build();
    }

    @Test
    void aTextOfTwoTokensIsLearntInOnePieceAndSaysSo() throws IOException {
        LanguageFit fit = fit(LanguageData.of(write("word")).withShare(0), words());

        assertThat(fit.notes()).containsExactly("the text was read in 1 pieces and not in 8, because it is short");
        assertThat(fit.model().vocabulary().symbols()).containsExactly("<unk>", "<eos>", "word");
        assertThat(fit.stages().get(0).epochs())
                .allSatisfy(epoch -> assertThat(epoch.validationLoss()).isNull());
    }

    @Test
    void promiseFiveATextOfAnotherEncodingIsRefusedWithItsLine() throws IOException {
        Path file = folder.resolve("latin.txt");
        Files.write(file, "good\nna\u00efve\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> fit(file, new CharacterTokenizer(false)))
                .isInstanceOf(DataException.class)
                .hasMessage("line 2 of latin.txt must be UTF-8, got the byte 0xEF; save the file as UTF-8");
    }

    @Test
    void aLineOfAnyLengthIsReadInParts() throws IOException {
        String line = LanguageTexts.weather(5000).replace('\n', ' ');
        assertThat(line.length()).isGreaterThan(150_000);
        Path file = write(line);

        for (Tokenizer tokenizer : List.of(new SpaceTokenizer(false), new CharacterTokenizer(false))) {
            TextCode code = new TextCode(
                    tokenizer,
                    TextCode.count(file, LanguageTexts.tiny(tokenizer).build(), () -> {})
                            .vocabulary());
            int[] whole = code.vocabulary().numbers(tokenizer.tokens(line));
            try (TextCode.Encoded encoded = code.encode(file, () -> {})) {
                int[] read = new int[(int) encoded.file().size() - 1];
                encoded.file().read(0, read.length, read);

                assertThat(read).isEqualTo(whole);
            }
        }
    }

    @Test
    void compressedTextsAndTextsOfWindowsGiveTheSameModel() throws IOException {
        String text = LanguageTexts.weather(60);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Path compressed = folder.resolve("text.gz");
        Files.write(compressed, bytes.toByteArray());
        float[] plain = weights(fit(write(text), new CharacterTokenizer(false)));

        assertThat(weights(fit(compressed, new CharacterTokenizer(false)))).isEqualTo(plain);
        assertThat(weights(fit(write(text.replace("\n", "\r\n")), new CharacterTokenizer(false))))
                .isEqualTo(plain);
    }

    private static float[] weights(LanguageFit fit) {
        return fit.model().model().network().parameters().values();
    }

    static List<Tokenizer> tokenizers() {
        BpeLearner learner = new BpeLearner(false);
        LanguageTexts.SENTENCES.forEach(learner::add);
        return List.of(
                new ByteTokenizer(),
                new CharacterTokenizer(true),
                new SpaceTokenizer(true),
                new WordTokenizer(false),
                learner.learn(512));
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void everyLevelIsLearntSavedAndWritten(Tokenizer tokenizer) throws IOException {
        Path text = write(LanguageTexts.weather(60));
        LanguageModel model = fit(text, tokenizer).model();
        Path file = folder.resolve("model.carousel");
        model.save(file);

        LanguageModel loaded = LanguageModel.load(file);

        assertThat(loaded.encoding()).isEqualTo(model.encoding());
        LanguageEvaluation evaluation = loaded.evaluate(text);
        assertThat(evaluation).isEqualTo(model.evaluate(text));
        assertThat(evaluation.unknown()).isZero();
        assertThat(evaluation.characters()).isEqualTo(Files.size(text));
        GenerationOptions options = GenerationOptions.defaults().withLength(30);
        assertThat(loaded.generate("it is", options)).isEqualTo(model.generate("it is", options));
    }

    @Test
    void bytesKnowEveryText() throws IOException {
        LanguageModel model =
                fit(write(LanguageTexts.weather(60)), new ByteTokenizer()).model();

        assertThat(model.vocabulary().size()).isEqualTo(257);
        assertThat(model.score("\u65e5\u672c \ud83d\ude00").evaluation().unknown())
                .isZero();
    }

    @Test
    void rareWordsAreUnknownAndCounted() throws IOException {
        Path text = write(LanguageTexts.weather(60) + "hail\n");
        LanguageModel model = fit(
                        LanguageData.of(text),
                        LanguageTexts.tiny(new SpaceTokenizer(false))
                                .leastCount(2)
                                .build())
                .model();

        assertThat(model.vocabulary().contains("hail")).isFalse();
        LanguageSpec usual =
                LanguageTexts.tiny(new SpaceTokenizer(false)).leastCount(0).build();
        assertThat(TextCode.count(text, usual, () -> {}).vocabulary()).isEqualTo(model.vocabulary());
        assertThat(model.evaluate(text).unknown()).isEqualTo(1);
        assertThat(model.score("when it hail").tokens().get(2))
                .satisfies(token -> assertThat(token.known()).isFalse());
    }

    @Test
    void aTextOfManyUnknownWordsIsNoted() throws IOException {
        LanguageSpec spec =
                LanguageTexts.tiny(new SpaceTokenizer(false)).vocabulary(8).build();

        LanguageFit fit = fit(LanguageData.of(write(LanguageTexts.weather(60))), spec);

        assertThat(fit.model().vocabulary().size()).isEqualTo(8);
        assertThat(fit.notes())
                .hasSize(1)
                .allMatch(note -> note.endsWith(
                        " % of the tokens are unknown; a lower least count or a larger vocabulary would know more"));
    }

    // ---------------------------------------------------------------- courses

    @Test
    void temporaryFilesAreRemovedAlsoWhenAFitFails() throws IOException {
        Path text = write(LanguageTexts.weather(60));
        Set<String> before = temporaryFiles();
        FitListener failing = new FitListener() {
            @Override
            public void step(StepReport report) {
                throw new IllegalStateException("a crash");
            }
        };

        assertThatThrownBy(() -> LanguageModel.fit(
                        LanguageData.of(text),
                        words(),
                        SHORT,
                        FitOptions.defaults().withListener(failing)))
                .hasMessage("a crash");
        Path missing = folder.resolve("missing.txt");
        assertThatThrownBy(() -> fit(LanguageData.of(text).withValidation(missing), words()))
                .hasMessage(missing + " does not exist; check the name and the folder");
        fit(text, new SpaceTokenizer(false));

        assertThat(temporaryFiles()).isEqualTo(before);
    }

    private static Set<String> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".tokens"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void promiseTwoAFitThatIsStoppedAndResumedEndsWithTheSameBits() throws IOException {
        LanguageData data = LanguageData.of(write(LanguageTexts.weather(60)));
        LanguageSpec spec = LanguageTexts.tiny(new SpaceTokenizer(false))
                .regularizers(LanguageRegularizers.dropout(0.1))
                .build();
        LanguageFit whole = LanguageModel.fit(data, spec, SHORT, FitOptions.defaults());
        Path checkpoints = folder.resolve("checkpoints");
        StopSignal stop = new StopSignal();
        FitListener stopping = new FitListener() {
            @Override
            public void step(StepReport report) {
                if (report.step() == 5) {
                    stop.stop();
                }
            }
        };
        FitOptions options = FitOptions.defaults().withCheckpoints(checkpoints).withCheckpointEvery(Duration.ofDays(1));

        LanguageFit stopped =
                LanguageModel.fit(data, spec, SHORT, options.withStop(stop).withListener(stopping));
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.notes()).containsExactly("the training was stopped early; the best so far was kept");
        LanguageFit resumed = LanguageModel.fit(data, spec, SHORT, options.withThreads(2));

        assertThat(weights(resumed)).isEqualTo(weights(whole));
        assertThat(resumed.model().encoding()).isEqualTo(whole.model().encoding());
        assertThat(checkpoints).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reading the text", "numbering its tokens"})
    void aFitThatIsStoppedWhileItReadsLearnsNothingAndSaysSo(String stage) throws IOException {
        LanguageData data = LanguageData.of(write(LanguageTexts.weather(60)));
        Path checkpoints = folder.resolve("checkpoints");
        StopSignal stop = new StopSignal();
        List<String> stages = new ArrayList<>();
        FitListener stopping = new FitListener() {
            @Override
            public void stage(String name, int index, int count) {
                stages.add(name);
                if (name.equals(stage)) {
                    stop.stop();
                }
            }
        };
        Set<String> before = temporaryFiles();
        FitOptions options =
                FitOptions.defaults().withStop(stop).withListener(stopping).withCheckpoints(checkpoints);

        assertThatThrownBy(() -> LanguageModel.fit(data, words(), SHORT, options))
                .isInstanceOf(CancellationException.class)
                .hasMessage("the fit was stopped while it was reading the text, so nothing was learnt;"
                        + " fit again when there is time");
        assertThat(stages.get(stages.size() - 1)).isEqualTo(stage);
        assertThat(checkpoints).doesNotExist();
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    @Test
    void theUsualPlanOfAShortTextHasMoreUpdates() throws IOException {
        TrainingPlan plan = LanguageModel.defaultPlan(LanguageData.of(write("a".repeat((1 << 20) - 1))));
        assertThat(plan.batchSize()).isEqualTo(8);
        assertThat(plan.learningRate()).isEqualTo(5e-3);
        assertThat(LanguageModel.defaultPlan(LanguageData.of(write("a".repeat(1 << 20)))))
                .isEqualTo(LanguageModel.defaultPlan());

        Path missing = folder.resolve("missing.txt");
        assertThatThrownBy(() -> LanguageModel.defaultPlan(LanguageData.of(missing)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(missing + " must be a text that can be read, got java.nio");
    }

    @Test
    void theBestEpochByTheValidationTextIsKept() throws IOException {
        Path other = Files.writeString(folder.resolve("other.txt"), LanguageTexts.weather(30));
        LanguageFit fit = fit(LanguageData.of(write(LanguageTexts.weather(60))).withValidation(other), words());

        double best = Double.POSITIVE_INFINITY;
        for (EpochReport epoch : fit.stages().get(0).epochs()) {
            best = Math.min(best, epoch.validationLoss());
        }
        int epoch = fit.stages().get(0).bestEpoch();
        assertThat(fit.stages().get(0).epochs().get(epoch - 1).validationLoss()).isEqualTo(best);
    }

    // ---------------------------------------------------------------- specs

    @Test
    void promiseFiveASpecThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> LanguageSpec.builder().vocabulary(1).build())
                .hasMessage("symbols of the vocabulary must be from 2 to 262144, got 1");
        assertThatThrownBy(() -> LanguageSpec.builder().leastCount(-1).build())
                .hasMessage("least count of a token must be from 0 to 2147483647, got -1");
        assertThatThrownBy(() -> LanguageSpec.builder().steps(0).build())
                .hasMessage("steps must be from 1 to 100000, got 0");
        assertThatThrownBy(() -> LanguageSpec.builder().cell("time-lstm").build())
                .hasMessageStartingWith("cell of a language model must not need the time since the last step, got");
        assertThatThrownBy(() -> LanguageRegularizers.dropout(1))
                .hasMessage("input dropout must be in [0, 1), got 1.0; 0 turns it off");
        assertThatThrownBy(() -> new LanguageData(folder, null, 1))
                .hasMessage("share of the text that validates must be in [0, 1), got 1.0");
    }
}
