package io.carousel.task.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.data.DataException;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.layer.AdaptiveSoftmaxSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.model.Json;
import io.carousel.task.FitOptions;
import io.carousel.task.TrainingStage;
import io.carousel.tensor.Rng;
import io.carousel.text.ByteTokenizer;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The choice of an output: each learns, and each is judged and writes by exact probabilities. */
class LanguageOutputTest {
    @TempDir
    private Path folder;

    private Path text;

    static List<LanguageOutput> outputs() {
        return List.of(new LanguageOutput.Softmax(), new LanguageOutput.Adaptive(), new LanguageOutput.Sampled(16));
    }

    @BeforeEach
    void write() throws IOException {
        text = Files.writeString(folder.resolve("text.txt"), LanguageTexts.weather(1500));
    }

    private static LanguageSpec.Builder spec(LanguageOutput output) {
        return LanguageTexts.tiny(new SpaceTokenizer(false)).output(output);
    }

    /** A line is one of five sentences, all equally likely: log 5 nats, see {@link LanguageLearningTest}. */
    @ParameterizedTest
    @MethodSource("outputs")
    void aFitWithEachReachesTheEntropyOfItsSource(LanguageOutput output) {
        LanguageFit fit = LanguageModel.fit(
                LanguageData.of(text),
                spec(output).hidden(48).build(),
                LanguageTexts.plan().withEpochs(25),
                FitOptions.defaults());

        LanguageEvaluation evaluation = fit.model().evaluate(text);
        assertThat(evaluation.nats() / 1500).isBetween(StrictMath.log(5) - 0.02, StrictMath.log(5) + 0.12);
        // the validation loss is exact, also where that of training is estimated
        TrainingStage stage = fit.stages().get(0);
        Double validation = stage.epochs().get(stage.bestEpoch() - 1).validationLoss();
        assertThat(validation).isNotNull().isCloseTo(evaluation.natsPerToken(), within(0.05));
        assertThat(fit.model()
                        .generate("when it", GenerationOptions.defaults().withTemperature(0))
                        .text())
                .contains("i stay home");
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void promiseTwoThreadsChangeNothingAndAFileReadsBackEqual(LanguageOutput output) throws IOException {
        LanguageModel one = fit(output, 1);
        LanguageModel three = fit(output, 3);
        Path file = folder.resolve("model.carousel");
        three.save(file);
        LanguageModel loaded = LanguageModel.load(file);

        assertThat(loaded.encoding()).isEqualTo(one.encoding());
        assertThat(loaded.model().network().parameters().values())
                .isEqualTo(one.model().network().parameters().values());
        assertThat(loaded.evaluate(text)).isEqualTo(one.evaluate(text));
    }

    private LanguageModel fit(LanguageOutput output, int threads) {
        return LanguageModel.fit(
                        LanguageData.of(text),
                        spec(output).build(),
                        LanguageTexts.plan().withEpochs(1).withShardSize(2),
                        FitOptions.defaults().withThreads(threads))
                .model();
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void promiseTwoATextSteppedHasTheBitsOfTheWhole(LanguageOutput output) {
        List<String> symbols = new ArrayList<>(List.of(Vocabulary.UNKNOWN, "<eos>"));
        for (int i = 0; i < 35; i++) {
            symbols.add("w" + i);
        }
        LanguageModel model = LanguageTexts.random(spec(output).build(), symbols.toArray(new String[0]));
        int[] numbers = new int[100];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i * 11 % symbols.size();
        }
        List<Float> stepped = new ArrayList<>();
        LanguageSession session = model.session();
        for (int number : numbers) {
            stepped.add(session.logProbability(number));
            session.read(number);
        }
        double all = 0;
        for (float log : session.logProbabilities()) {
            all += StrictMath.exp(log);
        }
        // each of 37 logarithms, of a size below 10, is off by a few units in its last place, 2^-20 at most
        assertThat(all).isCloseTo(1, within(8 * StrictMath.pow(2, -20)));
        for (Kernels kernels : List.of(Kernels.best(), new ScalarKernels())) {
            for (int rows : new int[] {1, 7, 256}) {
                List<Float> whole = new ArrayList<>();
                SurpriseReader reader =
                        new SurpriseReader(model.model().network(), kernels, 1, (number, log) -> whole.add(log), rows);
                reader.read(numbers);
                reader.flush();
                assertThat(whole).isEqualTo(stepped);
            }
        }
    }

    @Test
    void whatASearchAndDrawsWriteHasTheProbabilityThatItIsScoredWith() {
        LanguageModel model = fit(new LanguageOutput.Adaptive(), 1);
        GenerationOptions draw = GenerationOptions.defaults().withLength(7);
        for (GenerationOptions options : List.of(draw, draw.withBeam(3, 0))) {
            GeneratedText written = model.generate("", options);
            double sum = 0;
            LanguageSession session = model.session();
            for (WrittenToken token : written.tokens()) {
                int number = model.vocabulary().number(token.symbol());
                sum += session.logProbability(number);
                session.read(number);
            }
            assertThat(written.logProbability()).isEqualTo(sum);
        }
    }

    @Test
    void clustersOfAnAdaptiveOutputBeginAtATenthAndAHalfOfTheVocabularyAndItIsNotTied() {
        LanguageSpec spec = spec(new LanguageOutput.Adaptive()).build();
        assertThat(spec.tied()).isFalse();
        List<LayerSpec> layers =
                LanguageNetwork.create(spec, 100, Rng.of(1)).spec().layers();

        assertThat(layers.get(layers.size() - 1)).isEqualTo(new AdaptiveSoftmaxSpec("decoder", 100, List.of(10, 50)));
    }

    @Test
    void symbolsThatATokenizerKnowsAreNumberedByFrequencyWhereTheOutputWantsIt() throws IOException {
        Path some = Files.writeString(folder.resolve("some.txt"), "bbbbaac");
        LanguageSpec.Builder bytes = LanguageTexts.tiny(new ByteTokenizer());
        TextCode.Counted usual = TextCode.count(some, bytes.build(), () -> {});
        TextCode.Counted counted =
                TextCode.count(some, bytes.output(new LanguageOutput.Adaptive()).build(), () -> {});

        assertThat(counted.vocabulary().symbols().subList(0, 6)).containsExactly("<unk>", "0a", "62", "61", "63", "00");
        assertThat(counted.vocabulary().symbols())
                .containsExactlyInAnyOrderElementsOf(usual.vocabulary().symbols());
        assertThat(usual.vocabulary().symbols().get(2)).isEqualTo("00");
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void aSpecPrintsAsJsonAndReadsBackEqual(LanguageOutput output) throws IOException {
        LanguageSpec spec = spec(output).build();

        assertThat(Json.read(Json.write(spec), LanguageSpec.class, "test")).isEqualTo(spec);
    }

    @Test
    void promiseFiveAnOutputThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new LanguageOutput.Sampled(0))
                .hasMessage("samples of the output must be at least 1, got 0; a thousand suits most texts");
        assertThatThrownBy(() -> spec(new LanguageOutput.Adaptive()).tied(true).build())
                .hasMessage("tied must be false where the output is adaptive, got true; its clusters have fewer"
                        + " features than the embedding");
        LanguageSpec many = spec(new LanguageOutput.Sampled(1000)).build();
        assertThatThrownBy(() ->
                        LanguageModel.fit(LanguageData.of(text), many, LanguageTexts.plan(), FitOptions.defaults()))
                .isInstanceOf(DataException.class)
                .hasMessage("samples of the output must be fewer than the 23 symbols of the vocabulary, got 1000;"
                        + " ask for fewer, or for a softmax, which takes all");
    }
}
