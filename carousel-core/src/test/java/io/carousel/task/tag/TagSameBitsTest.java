package io.carousel.task.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.autograd.Tape;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.layer.Network;
import io.carousel.task.CharacterReader;
import io.carousel.task.FitListener;
import io.carousel.task.FitOptions;
import io.carousel.task.StopSignal;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import io.carousel.text.TagScheme;
import io.carousel.train.ShardLoss;
import io.carousel.train.StepReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The second promise: the same bits, here for whole fits and for predictions. */
class TagSameBitsTest {
    private static TagSpec spec(CharacterReader reader) {
        return TagExamples.spec()
                .characters(reader)
                .suffixes(List.of(2))
                .scheme(TagScheme.BIOES)
                .build();
    }

    private static SequenceTagger fit(FitOptions options) {
        return SequenceTagger.fit(
                        TagExamples.data(),
                        spec(CharacterReader.RECURRENT),
                        TagExamples.plan().withEpochs(3),
                        options)
                .tagger();
    }

    private static void assertSame(SequenceTagger actual, SequenceTagger expected) {
        assertThat(actual.model().network().parameters().values())
                .isEqualTo(expected.model().network().parameters().values());
        assertThat(actual.encoding()).isEqualTo(expected.encoding());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aFitGivesTheSameBitsOnAnyNumberOfThreads(int threads) {
        assertSame(fit(FitOptions.defaults().withThreads(threads)), fit(FitOptions.defaults()));
    }

    @Test
    void aFitThatWasStoppedGoesOnWithTheSameResult(@TempDir Path folder) {
        StopSignal stop = new StopSignal();
        FitOptions options = FitOptions.defaults().withCheckpoints(folder).withCheckpointEvery(Duration.ZERO);
        SequenceTagger stopped = fit(options.withStop(stop).withListener(new FitListener() {
            @Override
            public void step(StepReport report) {
                if (report.step() == 9) {
                    stop.stop();
                }
            }
        }));

        assertThat(stopped.encoding().stopped()).isTrue();
        assertThat(stopped.encoding().notes())
                .containsExactly("the training was stopped early; the best so far was kept");
        assertSame(fit(options), fit(FitOptions.defaults()));
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(CharacterReader.class)
    void aSentenceIsTaggedAloneAsAmongOthersInAnyOrder(CharacterReader reader) {
        SequenceTagger tagger = SequenceTagger.fit(
                        TagExamples.data(), spec(reader), TagExamples.plan().withEpochs(2), FitOptions.defaults())
                .tagger();
        List<Sentence> sentences = new ArrayList<>(TagExamples.sentences(70, 3));
        sentences.add(Sentence.of(List.of("unheard", "of", "Pneumonoultramicroscopicsilicovolcanoconiosis", "x")));
        List<TagPrediction> together = tagger.predict(sentences, 3);

        List<Sentence> reversed = new ArrayList<>(sentences);
        Collections.reverse(reversed);
        List<TagPrediction> backwards = new ArrayList<>(tagger.predict(reversed, 3));
        Collections.reverse(backwards);
        assertThat(backwards).isEqualTo(together);
        for (int i = 0; i < sentences.size(); i++) {
            assertThat(tagger.predict(List.of(sentences.get(i)), 3)).containsExactly(together.get(i));
        }
    }

    @ParameterizedTest
    @EnumSource(CharacterReader.class)
    void theScalarKernelsPredictAndDeriveTheSame(CharacterReader reader) {
        SequenceTagger tagger = SequenceTagger.fit(
                        TagExamples.data(), spec(reader), TagExamples.plan().withEpochs(1), FitOptions.defaults())
                .tagger();
        Network network = tagger.model().network();
        List<Sentence> sentences = TagExamples.sentences(40, 3);
        assertThat(new TagDecoding(network, tagger.encoding(), new ScalarKernels()).best(sentences, 3))
                .isEqualTo(tagger.predict(sentences, 3));

        assertThat(gradient(tagger, sentences, new ScalarKernels()))
                .isEqualTo(gradient(tagger, sentences, Kernels.best()));
    }

    /** The loss of some sentences, and behind it every derivative, with dropout. */
    private static float[] gradient(SequenceTagger tagger, List<Sentence> sentences, Kernels kernels) {
        TagEncoding encoding = tagger.encoding();
        SentenceEncoder encoder = new SentenceEncoder(encoding);
        List<EncodedSentence> encoded = sentences.stream()
                .map(sentence -> new EncodedSentence(
                        encoder.encode(sentence),
                        encoding.scheme().convert(sentence.tags()).stream()
                                .mapToInt(encoding.tags()::indexOf)
                                .toArray(),
                        sentence.tags()))
                .toList();
        Network network = Network.create(tagger.model().spec(), Rng.of(4));
        long[] counts = new long[encoding.words().size()];
        Arrays.fill(counts, 1);
        TagObjective objective = new TagObjective(network, encoding, encoded, counts);
        float[] gradient = new float[network.parameters().size()];
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin(gradient);
        int[] examples = new int[encoded.size()];
        Arrays.setAll(examples, i -> i);
        ShardLoss loss = objective.forward(tape, examples, 0, examples.length, Rng.of(5));
        tape.backward(loss.sum());
        float[] all = Arrays.copyOf(gradient, gradient.length + 1);
        all[gradient.length] = loss.sum().value().at();
        return all;
    }
}
