package io.carousel.task.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.autograd.Tape;
import io.carousel.data.Streams;
import io.carousel.data.TokenFile;
import io.carousel.data.TokenStreams;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.layer.Network;
import io.carousel.layer.State;
import io.carousel.task.FitOptions;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import io.carousel.text.SpaceTokenizer;
import io.carousel.train.ShardLoss;
import io.carousel.train.SoftmaxOutput;
import io.carousel.train.TruncatedBackpropagation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second promise: the same bits, for a fit, for reading and for writing. */
class LanguageSameBitsTest {
    @TempDir
    static Path folder;

    private static Path text;
    private static LanguageModel model;

    private static LanguageModel fit(int threads) {
        LanguageRegularizers dropout =
                LanguageRegularizers.variational(0.1, 0.2, 0.1).withDropConnect(0.1);
        LanguageSpec spec = LanguageTexts.tiny(new SpaceTokenizer(false))
                .layers(2)
                .regularizers(dropout)
                .build();
        return LanguageModel.fit(
                        LanguageData.of(text),
                        spec,
                        LanguageTexts.plan().withEpochs(2).withShardSize(2),
                        FitOptions.defaults().withThreads(threads))
                .model();
    }

    @BeforeAll
    static void fit() throws IOException {
        text = Files.writeString(folder.resolve("text.txt"), LanguageTexts.weather(150));
        model = fit(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aFitGivesTheSameBitsOnAnyNumberOfThreads(int threads) {
        LanguageModel many = fit(threads);

        assertThat(many.model().network().parameters().values())
                .isEqualTo(model.model().network().parameters().values());
        assertThat(many.encoding()).isEqualTo(model.encoding());
    }

    @Test
    void aTextOnTheDiskIsLearntLikeOneInMemory() {
        int[] tokens = new int[5000];
        Rng rng = Rng.of(2);
        Arrays.setAll(tokens, i -> rng.nextInt(20));
        Network network = LanguageNetwork.create(
                LanguageTexts.tiny(new SpaceTokenizer(false)).build(), 20, Rng.of(1));
        try (TokenFile file = TokenFile.write(20, sink -> Arrays.stream(tokens).forEach(sink::token))) {
            float[] onDisk = gradient(network, file.streams(0, tokens.length, 4));

            assertThat(onDisk).isEqualTo(gradient(network, TokenStreams.of(tokens, 4)));
        }
    }

    private static float[] gradient(Network network, Streams streams) {
        TruncatedBackpropagation objective =
                new TruncatedBackpropagation(network, new SoftmaxOutput(), streams, 10, 10);
        float[] gradient = new float[network.parameters().size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        ShardLoss loss = objective.forward(tape, new int[] {0, 1, 2, 3}, 0, 4, null);
        tape.backward(loss.sum());
        return gradient;
    }

    private static List<Float> read(int rows, Kernels kernels) {
        List<Float> found = new ArrayList<>();
        TextCode code = new TextCode(model.spec().tokenizer(), model.vocabulary());
        SurpriseReader reader = new SurpriseReader(
                model.model().network(), kernels, code.lineEnd(), (number, log) -> found.add(log), rows);
        code.lines(LanguageTexts.weather(30)).forEach(line -> reader.read(line.numbers()));
        reader.flush();
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void howMuchOfATextIsReadAtOnceChangesNothing(int rows) {
        assertThat(read(rows, Kernels.best())).isEqualTo(read(1000, Kernels.best()));
    }

    @Test
    void theScalarKernelsReadTheSame() {
        assertThat(read(16, new ScalarKernels())).isEqualTo(read(16, Kernels.best()));
    }

    @Test
    void aSessionSaysTokenByTokenWhatTheWholeTextSays() {
        List<Float> stepped = new ArrayList<>();
        LanguageSession session = model.session();
        TextCode code = new TextCode(model.spec().tokenizer(), model.vocabulary());
        for (TextCode.Line line : code.lines(LanguageTexts.weather(30))) {
            for (int number : line.numbers()) {
                stepped.add(session.logProbability(number));
                session.read(number);
            }
        }

        assertThat(stepped).isEqualTo(read(100, Kernels.best()));
    }

    @Test
    void aSessionGoesOnFromItsForkItsStateAndItsBeginning() {
        LanguageSession session = model.session();
        float[] beginning = session.logProbabilities();
        session.read("when it");
        State state = session.state();
        LanguageSession fork = session.fork();
        int rains = model.vocabulary().number("rains");
        session.read(rains);
        float[] after = session.logProbabilities();

        assertThat(fork.logProbabilities()).isNotEqualTo(after);
        fork.read("rains");
        assertThat(fork.logProbabilities()).isEqualTo(after);
        fork.restore(state);
        fork.read(rains);
        assertThat(fork.logProbabilities()).isEqualTo(after);
        session.reset();
        assertThat(session.logProbabilities()).isEqualTo(beginning);
    }

    @Test
    void theScalarKernelsWriteTheSameText() {
        LanguageModel scalar = model.withKernels(new ScalarKernels());
        GenerationOptions options = GenerationOptions.defaults().withLength(40);
        for (GenerationOptions each : List.of(
                options,
                options.withTemperature(0.7).withTopK(5).withTopP(0.9),
                options.withLength(8).withBeam(4, 0.5))) {
            assertThat(scalar.generate("when it", each)).isEqualTo(model.generate("when it", each));
        }
    }
}
