package io.carousel.task.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Tape;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.data.SequencePair;
import io.carousel.kernel.Kernels;
import io.carousel.layer.AttentionSpec;
import io.carousel.layer.DecoderSpec;
import io.carousel.layer.DenseBridge;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Direction;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.NetworkStepper;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.Source;
import io.carousel.layer.SourceSpec;
import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import io.carousel.train.CopyOutput;
import io.carousel.train.SequenceLoss;
import io.carousel.train.SoftmaxOutput;
import io.carousel.train.TeacherForcing;
import io.carousel.train.Trainer;
import io.carousel.train.TrainingPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Decoders that attend to their source: what they tell of it, coverage, copies, and that they learn. */
class AttendingDecoderTest {
    private static final int VOCABULARY = 8;
    private static final int START = 0;
    private static final int END = 1;
    private static final int UNKNOWN = 2;
    private static final BeamDecoder.Symbols SYMBOLS = new BeamDecoder.Symbols(START, END, Set.of(START, UNKNOWN));
    private static final int[][] SOURCES = {{3, 4, 5}, {4}, {3, 3, 6, 7, 4, 5, 6}, {}, {7, 5}};

    private final Kernels kernels = Kernels.best();

    @Test
    void theAttentionOfATextReadStepByStepIsThatOfTheWholeDecoder() {
        Network network = network(VOCABULARY, AttentionSpec.additive(6), 0.8);
        List<List<Hypothesis>> texts = new BeamDecoder(
                        network, kernels, SYMBOLS, DecoderOptions.search(3).withTokens(2, 6))
                .decode(encode(network));
        for (int i = 0; i < SOURCES.length; i++) {
            Hypothesis text = texts.get(i).get(0);
            int[] read = read(text);
            Tape tape = new Tape(kernels, new Workspace());
            tape.begin();
            NetworkOutput whole =
                    network.forward(tape, network.encode(tape, batch(SOURCES[i]), null), batch(read), null, null, null);

            List<float[]> stepped = attention(network, SOURCES[i], text);
            for (int t = 0; t < read.length; t++) {
                assertThat(stepped.get(t))
                        .isEqualTo(whole.attention().get(0).of(0, t))
                        .hasSize(SOURCES[i].length);
            }
        }
    }

    @Test
    void theScoreCountsWhatWasCoveredAndTogetherIsAlone() {
        Network network = network(VOCABULARY, AttentionSpec.additive(6), 0.8);
        List<Source> sources = encode(network);
        DecoderOptions options = DecoderOptions.search(4)
                .withTokens(1, 6)
                .withPenalties(0.6, 0.3)
                .withBest(4);
        BeamDecoder decoder = new BeamDecoder(network, kernels, SYMBOLS, options);
        List<List<Hypothesis>> texts = decoder.decode(sources);

        for (int i = 0; i < SOURCES.length; i++) {
            List<Hypothesis> alone = decoder.decode(List.of(sources.get(i))).get(0);
            for (int k = 0; k < texts.get(i).size(); k++) {
                Hypothesis text = texts.get(i).get(k);
                assertThat(alone.get(k).tokens()).isEqualTo(text.tokens());
                assertThat(alone.get(k).score()).isEqualTo(text.score());
                double expected = text.logProbability()
                        / Math.pow((5.0 + text.tokens().size() + (text.ended() ? 1 : 0)) / 6, 0.6);
                List<float[]> attention = attention(network, SOURCES[i], text);
                for (int s = 0; s < SOURCES[i].length; s++) {
                    double covered = 0;
                    for (float[] weights : attention) {
                        covered += weights[s];
                    }
                    expected += 0.3 * Math.log(Math.min(covered, 1));
                }
                // The sums of at most 7 weights are float32.
                assertThat(text.score()).isCloseTo(expected, within(7 * 8 * 0x1p-24 * 8));
            }
        }
        assertThatThrownBy(() -> new BeamDecoder(
                                network(VOCABULARY, AttentionSpec.additive(6), 0.8), kernels, SYMBOLS, options)
                        .decode(sources))
                .hasMessageStartingWith("source must be one that this network encoded");
    }

    @Test
    void aBeamThatIsWideEnoughFindsWhatTryingAllTextsFindsWhereCoverageCounts() {
        Network network = network(VOCABULARY, AttentionSpec.additive(6), 0.8);
        // All ways to go on from all texts of up to three of five symbols: at most 6 x 125.
        DecoderOptions options = DecoderOptions.search(800)
                .withTokens(0, 3)
                .withPenalties(0.6, 0.3)
                .withBest(7);
        List<List<Hypothesis>> found = new BeamDecoder(network, kernels, SYMBOLS, options).decode(encode(network));

        for (int i = 0; i < SOURCES.length; i++) {
            assertThat(found.get(i)).isEqualTo(all(network, SOURCES[i], options).subList(0, 7));
        }
    }

    /** All texts that end, best first. */
    private List<Hypothesis> all(Network network, int[] source, DecoderOptions options) {
        List<List<Integer>> texts = new ArrayList<>(List.of(List.of()));
        List<Hypothesis> all = new ArrayList<>();
        for (int k = 0; k < texts.size(); k++) {
            List<Integer> text = texts.get(k);
            all.add(judged(network, source, text, options));
            for (int v = UNKNOWN + 1; v < VOCABULARY && text.size() < options.most(); v++) {
                List<Integer> longer = new ArrayList<>(text);
                longer.add(v);
                texts.add(longer);
            }
        }
        all.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        return all;
    }

    /** A text that ends, read from its beginning. */
    private Hypothesis judged(Network network, int[] source, List<Integer> text, DecoderOptions options) {
        NetworkStepper stepper = network.stepper(kernels, 1);
        stepper.begin(encode(network, source));
        float[] scores = new float[VOCABULARY];
        float[] weights = new float[source.length];
        float[] covered = new float[source.length];
        double sum = 0;
        int token = START;
        for (int t = 0; t <= text.size(); t++) {
            stepper.step(1, new float[] {token}, 0, scores, 0);
            stepper.attention(0, weights, 0);
            for (int s = 0; s < covered.length; s++) {
                covered[s] += weights[s];
            }
            SoftmaxCrossEntropy.logProbabilities(kernels, 1, VOCABULARY, scores, 0);
            token = t < text.size() ? text.get(t) : END;
            sum += scores[token];
        }
        double penalty = 0;
        for (float each : covered) {
            penalty += StrictMath.log(Math.min(Math.max(each, 1e-10f), 1));
        }
        double score = sum / options.lengthFactor(text.size() + 1) + options.coveragePenalty() * penalty;
        return new Hypothesis(text, sum, score, true);
    }

    @Test
    void aDecoderWithAttentionLearnsToReverseItsSource() {
        Network network = network(VOCABULARY, AttentionSpec.general(), 0);
        List<SequencePair> pairs = new ArrayList<>();
        Rng rng = Rng.of(9);
        for (int i = 0; i < 300; i++) {
            int[] source = symbols(rng, 1 + rng.nextInt(5));
            pairs.add(SequencePair.ofTokens(source, reversed(source), START, END));
        }
        train(network, pairs, new SoftmaxOutput(0.05));

        List<List<Hypothesis>> texts =
                new BeamDecoder(network, kernels, SYMBOLS, DecoderOptions.search(3)).decode(encode(network, SEEN));
        int right = 0;
        for (int i = 0; i < SEEN.length; i++) {
            right += texts.get(i).get(0).tokens().equals(list(reversed(SEEN[i]))) ? 1 : 0;
        }
        assertThat(right).isGreaterThanOrEqualTo(3);
    }

    private static final int[][] SEEN = {{3, 4, 5}, {6, 3}, {7, 4, 4, 3}, {5}};

    @Test
    void aDecoderThatCopiesWritesSymbolsThatItNeverSaw() {
        Network network = network(VOCABULARY + 1, AttentionSpec.additive(12), 0);
        List<SequencePair> pairs = new ArrayList<>();
        Rng rng = Rng.of(9);
        for (int i = 0; i < 300; i++) {
            // Every source has one symbol that the decoder's vocabulary does not have, and the text is the source.
            int length = 1 + rng.nextInt(3);
            int[] source = symbols(rng, length);
            int[] copied = source.clone();
            int strange = rng.nextInt(length);
            source[strange] = UNKNOWN;
            copied[strange] = VOCABULARY;
            int[] read = source.clone();
            SequencePair told = SequencePair.ofTokens(source, read, START, END);
            SequencePair wanted = SequencePair.ofTokens(source, copied, START, END);
            pairs.add(new SequencePair(told.source(), told.inputs(), wanted.targets()).withSymbols(copied));
        }
        train(network, pairs, new CopyOutput());

        int[][] sources = {{3, UNKNOWN}, {UNKNOWN}, {UNKNOWN, 5, 4}};
        List<int[]> copied =
                List.of(new int[] {3, VOCABULARY}, new int[] {VOCABULARY + 3}, new int[] {VOCABULARY + 1, 5, 4});
        BeamDecoder decoder = BeamDecoder.copying(network, kernels, SYMBOLS, DecoderOptions.search(3), UNKNOWN);
        List<List<Hypothesis>> texts = decoder.decode(encode(network, sources), copied, () -> false);
        for (int i = 0; i < sources.length; i++) {
            assertThat(texts.get(i).get(0).tokens()).isEqualTo(list(copied.get(i)));
        }
        assertThatThrownBy(() -> decoder.decode(encode(network, sources)))
                .hasMessage("a decoder that copies must be given the symbols of its sources");
    }

    @Test
    void aSourceOfFiveThousandTokensIsReadAndOneTooLongForItsCoverageRefused() {
        int[] source = symbols(Rng.of(3), 5000);
        Network network = network(VOCABULARY, AttentionSpec.additive(6), 0.8);
        Hypothesis text = new BeamDecoder(
                        network, kernels, SYMBOLS, DecoderOptions.search(2).withTokens(2, 4))
                .decode(encode(network, source))
                .get(0)
                .get(0);
        double sum = 0;
        for (float weight : attention(network, source, text).get(0)) {
            sum += weight;
        }
        // Each weight is at most 1, and one rounding of it the scale that 16 lanes and 313 additions gave.
        assertThat(sum).isCloseTo(1, within(400 * 0x1p-24));
        Network covering = network(VOCABULARY, AttentionSpec.additive(6).withCoverage(4999, 1), 0.8);
        assertThatThrownBy(() -> new BeamDecoder(covering, kernels, SYMBOLS, DecoderOptions.greedy())
                        .decode(encode(covering, source)))
                .hasMessage("source must have at most 4999 rows for the coverage of decoder, got 5000; shorten it, or"
                        + " train a decoder that covers more");
    }

    /** What the decoder reads to write a text. */
    private static int[] read(Hypothesis text) {
        int[] read = new int[text.tokens().size() + (text.ended() ? 1 : 0)];
        for (int t = 1; t < read.length; t++) {
            read[t] = text.tokens().get(t - 1);
        }
        return read;
    }

    /** What is attended to in each time step of a text, which is read step by step. */
    private List<float[]> attention(Network network, int[] source, Hypothesis text) {
        NetworkStepper stepper = network.stepper(kernels, 1);
        stepper.begin(encode(network, source));
        List<float[]> attention = new ArrayList<>();
        for (int token : read(text)) {
            stepper.step(1, new float[] {token}, 0, new float[network.outputSize()], 0);
            float[] weights = new float[source.length];
            assertThat(stepper.attention(0, weights, 0)).isTrue();
            attention.add(weights);
        }
        return attention;
    }

    private static void train(Network network, List<SequencePair> pairs, SequenceLoss loss) {
        TrainingPlan plan = TrainingPlan.defaults()
                .withoutValidation()
                .withEpochs(25)
                .withBatchSize(20)
                .withLearningRate(0.02);
        Trainer.builder(plan).threads(1).build().fit(new TeacherForcing(network, pairs, loss), null);
    }

    private static int[] symbols(Rng rng, int length) {
        int[] symbols = new int[length];
        for (int i = 0; i < length; i++) {
            symbols[i] = 3 + rng.nextInt(VOCABULARY - 3);
        }
        return symbols;
    }

    private static int[] reversed(int[] symbols) {
        int[] reversed = new int[symbols.length];
        for (int i = 0; i < symbols.length; i++) {
            reversed[i] = symbols[symbols.length - 1 - i];
        }
        return reversed;
    }

    private static List<Integer> list(int[] symbols) {
        List<Integer> list = new ArrayList<>();
        for (int symbol : symbols) {
            list.add(symbol);
        }
        return list;
    }

    private List<Source> encode(Network network) {
        return encode(network, SOURCES);
    }

    private List<Source> encode(Network network, int[]... sources) {
        return network.encode(kernels, batch(sources));
    }

    /** A network whose weights are random; those of a new one where the scale is 0. */
    private static Network network(int outputs, AttentionSpec attention, double scale) {
        NetworkSpec encoder = new NetworkSpec(
                1,
                List.of(
                        new EmbeddingSpec("words", VOCABULARY, 8),
                        RecurrentSpec.of("encoder", "gru", List.of(8)).withDirection(Direction.BIDIRECTIONAL)));
        RecurrentSpec levels = RecurrentSpec.of("decoder", "lstm", List.of(16));
        NetworkSpec spec = new NetworkSpec(
                1,
                List.of(
                        new EmbeddingSpec("target", VOCABULARY, 8),
                        new DecoderSpec(levels, attention, 16, DecoderSpec.Feeding.OUTPUT, 16),
                        new DenseSpec("head", outputs)),
                new SourceSpec(encoder, new DenseBridge("bridge")));
        Network network = Network.create(spec, Rng.of(3));
        if (scale > 0) {
            float[] values = network.parameters().values();
            System.arraycopy(Gradients.normal(Rng.of(4), values.length, scale), 0, values, 0, values.length);
            network.parameters().changed();
        }
        return network;
    }

    private static SequenceBatch batch(int[]... sequences) {
        int[] lengths = new int[sequences.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = sequences[i].length;
        }
        BatchLayout layout = BatchLayout.of(lengths);
        SequenceBatch batch = new SequenceBatch(layout, Tensor.zeros(layout.rows(), 1));
        for (int i = 0; i < lengths.length; i++) {
            for (int t = 0; t < lengths[i]; t++) {
                batch.values().data()[batch.offset(i, t)] = sequences[i][t];
            }
        }
        return batch;
    }
}
