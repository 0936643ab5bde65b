package io.carousel.task.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Gradients;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.DenseBridge;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.Source;
import io.carousel.layer.SourceSpec;
import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeamDecoderTest {
    private static final int VOCABULARY = 5;
    private static final int START = 0;
    private static final int END = 1;
    private static final BeamDecoder.Symbols SYMBOLS = new BeamDecoder.Symbols(START, END, Set.of(START));
    private static final int[][] SOURCES = {{2, 3, 4}, {4}, {2, 2, 3, 3, 2, 4}, {}, {3, 2}};

    private final Kernels kernels = Kernels.best();
    private final Network network = network();
    private final List<Source> sources = network.encode(kernels, batch());

    @ParameterizedTest
    @CsvSource({"0, 4, 0", "0.6, 4, 0", "1.3, 3, 0", "0.6, 4, 1", "0.6, 4, 2"})
    void aBeamThatIsWideEnoughFindsWhatTryingAllTextsFinds(double lengthPenalty, int most, int distinct) {
        // All ways to go on from all texts of up to four of three tokens: at most 4 x 81.
        DecoderOptions options = DecoderOptions.search(400)
                .withTokens(0, most)
                .withPenalties(lengthPenalty, 0)
                .withDistinct(distinct)
                .withBest(7);

        for (int i = 0; i < SOURCES.length; i++) {
            List<Hypothesis> found = decode(options, List.of(sources.get(i))).get(0);
            List<Hypothesis> all = all(sources.get(i), options);
            assertThat(found).hasSize(7);
            for (int k = 0; k < 7; k++) {
                assertThat(found.get(k).tokens()).isEqualTo(all.get(k).tokens());
                assertThat(found.get(k).score()).isEqualTo(all.get(k).score());
                assertThat(found.get(k).ended()).isTrue();
            }
        }
    }

    /** All texts that end, best first, each from a session of its own. */
    private List<Hypothesis> all(Source source, DecoderOptions options) {
        List<Hypothesis> all = new ArrayList<>();
        collect(source, new Session(network, kernels, source), START, List.of(), 0, options, all);
        all.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        return all;
    }

    private void collect(
            Source source,
            Session session,
            int token,
            List<Integer> tokens,
            double sum,
            DecoderOptions options,
            List<Hypothesis> all) {
        float[] scores = new float[VOCABULARY];
        session.step(new float[] {token}, scores);
        SoftmaxCrossEntropy.logProbabilities(kernels, 1, VOCABULARY, scores, 0);
        double whole = sum + scores[END];
        double factor = StrictMath.pow((5.0 + tokens.size() + 1) / 6, options.lengthPenalty());
        all.add(new Hypothesis(tokens, whole, whole / factor, true));
        if (tokens.size() == options.most()) {
            return;
        }
        for (int v = 2; v < VOCABULARY; v++) {
            List<Integer> longer = new ArrayList<>(tokens);
            longer.add(v);
            if (options.distinct() == 0 || isDistinct(longer, options.distinct())) {
                collect(source, session.fork(), v, longer, sum + scores[v], options, all);
            }
        }
    }

    private static boolean isDistinct(List<Integer> tokens, int n) {
        Set<List<Integer>> seen = new HashSet<>();
        for (int i = 0; i + n <= tokens.size(); i++) {
            if (!seen.add(tokens.subList(i, i + n))) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40})
    void sentencesTogetherGiveTheBitsThatEachGivesAlone(int beam) {
        DecoderOptions options = DecoderOptions.search(beam).withTokens(1, 12).withBest(Math.min(2, beam));
        List<Source> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            many.add(sources.get(i % sources.size()));
        }
        List<List<Hypothesis>> together = decode(options, many);

        for (int i = 0; i < many.size(); i++) {
            assertThat(together.get(i))
                    .isEqualTo(decode(options, List.of(many.get(i))).get(0));
        }
    }

    @Test
    void theGreedyTextTakesTheMostLikelyTokenEachTime() {
        Hypothesis greedy =
                decode(DecoderOptions.greedy().withTokens(0, 9), sources).get(0).get(0);
        Session session = new Session(network, sources.get(0));
        float[] scores = new float[VOCABULARY];
        int token = START;
        for (int next : greedy.tokens()) {
            session.step(new float[] {token}, scores);
            scores[START] = Float.NEGATIVE_INFINITY;
            for (float score : scores) {
                assertThat(scores[next]).isGreaterThanOrEqualTo(score);
            }
            token = next;
        }
        assertThat(greedy.ended() || greedy.tokens().size() == 9).isTrue();
    }

    @Test
    void drawnTextsDependOnTheSeedAloneAndAreNoWorseWithTopKOne() {
        DecoderOptions drawn = DecoderOptions.drawn(5).withTokens(0, 8).withBest(3);
        List<List<Hypothesis>> texts = decode(drawn, sources);

        assertThat(decode(drawn, sources)).isEqualTo(texts);
        assertThat(decode(drawn, List.of(sources.get(2))).get(0)).isEqualTo(texts.get(2));
        assertThat(decode(DecoderOptions.drawn(6).withTokens(0, 8).withBest(3), sources))
                .isNotEqualTo(texts);
        Hypothesis likeliest = decode(DecoderOptions.drawn(5).withTokens(0, 8).withDrawing(1, 1, 1), sources)
                .get(0)
                .get(0);
        assertThat(likeliest.tokens())
                .isEqualTo(decode(DecoderOptions.greedy().withTokens(0, 8), sources)
                        .get(0)
                        .get(0)
                        .tokens());
    }

    @Test
    void textsAreAsLongAsIsAllowedAndSayWhetherTheyEnded() {
        for (List<Hypothesis> texts :
                decode(DecoderOptions.search(4).withTokens(3, 5).withBest(4), sources)) {
            for (Hypothesis text : texts) {
                assertThat(text.tokens().size()).isBetween(3, 5);
                assertThat(text.tokens()).doesNotContain(START, END);
            }
        }
    }

    @Test
    void aTextOfTheMostTokensMayEndAndIsCutWhereItWouldGoOn() {
        // Greedily, each of the three tokens once, and then nothing is left but the end.
        DecoderOptions once = DecoderOptions.greedy().withDistinct(1);
        for (DecoderOptions options :
                List.of(once.withTokens(1, 9), DecoderOptions.drawn(5).withTokens(1, 100))) {
            int tried = 0;
            for (Source source : sources) {
                Hypothesis whole = only(options, source);
                int length = whole.tokens().size();
                if (!whole.ended() || length < 2) {
                    continue;
                }
                tried++;
                Hypothesis cut = only(options.withTokens(1, length - 1), source);

                assertThat(only(options.withTokens(1, length), source)).isEqualTo(whole);
                assertThat(cut.tokens()).isEqualTo(whole.tokens().subList(0, length - 1));
                assertThat(cut.ended()).isFalse();
                assertThat(cut.logProbability()).isGreaterThan(whole.logProbability());
            }
            assertThat(tried).isPositive();
        }
    }

    private Hypothesis only(DecoderOptions options, Source source) {
        return decode(options, List.of(source)).get(0).get(0);
    }

    @Test
    void aTextThatMayGoOnWithNothingIsGivenAsFarAsItCame() {
        // Three tokens, none twice, and the end not before the fourth.
        for (DecoderOptions options : List.of(DecoderOptions.search(3), DecoderOptions.drawn(2))) {
            List<Hypothesis> texts =
                    decode(options.withTokens(4, 9).withDistinct(1), sources).get(0);

            assertThat(texts).hasSize(1);
            assertThat(texts.get(0).tokens()).hasSize(3);
            assertThat(texts.get(0).logProbability()).isFinite();
            assertThat(texts.get(0).ended()).isFalse();
        }
    }

    @Test
    void aCancelledDecoderGivesWhatItHasAndMayBeUsedAgain() {
        BeamDecoder decoder = new BeamDecoder(
                network, kernels, SYMBOLS, DecoderOptions.search(3).withTokens(9, 1000));
        int[] asked = {0};
        List<List<Hypothesis>> texts = decoder.decode(sources, () -> ++asked[0] > 4);

        assertThat(asked[0]).isEqualTo(5);
        assertThat(texts).allSatisfy(each -> {
            assertThat(each.get(0).tokens()).hasSize(4);
            assertThat(each.get(0).ended()).isFalse();
        });
        assertThat(decoder.decode(sources.subList(0, 1), () -> true)
                        .get(0)
                        .get(0)
                        .tokens())
                .isEmpty();
        asked[0] = 0;
        assertThat(decoder.decode(sources, () -> ++asked[0] > 4)).isEqualTo(texts);
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> DecoderOptions.search(2).withBest(3))
                .hasMessage("wanted texts must be from 1 to 2, got 3; widen the beam");
        assertThatThrownBy(() -> DecoderOptions.search(2).withDrawing(1, 0, 1))
                .hasMessage("temperature must be 0 for a beam of 2, got 1.0; a search draws nothing at random");
        assertThatThrownBy(() -> new BeamDecoder(network(), kernels, SYMBOLS, DecoderOptions.greedy()).decode(sources))
                .hasMessage(
                        "source must be one that this network encoded, got one of another network; encode it again");
    }

    private List<List<Hypothesis>> decode(DecoderOptions options, List<Source> each) {
        return new BeamDecoder(network, kernels, SYMBOLS, options).decode(each);
    }

    private static Network network() {
        NetworkSpec encoder = new NetworkSpec(
                1, List.of(new EmbeddingSpec("words", VOCABULARY, 4), RecurrentSpec.of("encoder", "gru", List.of(6))));
        Network network = Network.create(
                new NetworkSpec(
                        1,
                        List.of(
                                new EmbeddingSpec("target", VOCABULARY, 4),
                                RecurrentSpec.of("decoder", "lstm", List.of(7)),
                                new DenseSpec("head", VOCABULARY)),
                        new SourceSpec(encoder, new DenseBridge("bridge"))),
                Rng.of(3));
        float[] values = network.parameters().values();
        System.arraycopy(Gradients.normal(Rng.of(4), values.length, 0.9), 0, values, 0, values.length);
        network.parameters().changed();
        return network;
    }

    private static SequenceBatch batch() {
        int[] lengths = new int[SOURCES.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = SOURCES[i].length;
        }
        BatchLayout layout = BatchLayout.of(lengths);
        SequenceBatch batch = new SequenceBatch(layout, Tensor.zeros(layout.rows(), 1));
        for (int i = 0; i < lengths.length; i++) {
            for (int t = 0; t < lengths[i]; t++) {
                batch.values().data()[batch.offset(i, t)] = SOURCES[i][t];
            }
        }
        return batch;
    }
}
