package io.carousel.loss;

import static io.carousel.autograd.Gradients.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.text.TagScheme;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChainDecoderTest {
    private static final List<String> BIOES = List.of("O", "B-A", "I-A", "E-A", "S-A", "B-B", "E-B");

    private final Rng rng = Rng.of(12);

    @ParameterizedTest
    @CsvSource({"1, NONE", "2, NONE", "6, NONE", "1, IOB2", "2, IOB1", "5, IOB2", "4, BIOES", "5, BIOES"})
    void theBestPathsAreThoseOfLookingAtEveryPath(int length, TagScheme scheme) {
        List<String> names = scheme == TagScheme.BIOES ? BIOES : List.of("O", "B-A", "I-A", "I-B");
        ChainRules rules = ChainRules.of(scheme, names);
        for (int trial = 0; trial < 5; trial++) {
            ChainWeights weights = weights(names.size());
            Tensor emissions = emissions(length, names.size());
            ChainDecoder decoder = new ChainDecoder(Kernels.best(), weights, rules);
            List<int[]> ranked = Chains.ranked(weights, emissions, rules);

            assertThat(decoder.best(emissions)).containsExactly(ranked.get(0));
            List<ChainDecoder.Path> best = decoder.best(emissions, 100);
            assertThat(best).hasSize(Math.min(100, ranked.size()));
            for (int n = 0; n < best.size(); n++) {
                assertThat(best.get(n).tags()).isEqualTo(list(ranked.get(n)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, NONE", "5, NONE", "1, IOB2", "5, IOB2", "4, BIOES"})
    void probabilitiesAreThoseOfLookingAtEveryPath(int length, TagScheme scheme) {
        List<String> names = scheme == TagScheme.BIOES ? BIOES : List.of("O", "B-A", "I-A");
        ChainRules rules = ChainRules.of(scheme, names);
        ChainWeights weights = weights(names.size());
        Tensor emissions = emissions(length, names.size());
        ChainDecoder decoder = new ChainDecoder(Kernels.best(), weights, rules);
        double logPartition = Chains.logPartition(weights, emissions, rules);
        double[] expected = new double[length * names.size()];
        for (int[] path : Chains.paths(length, names.size(), rules)) {
            double probability = StrictMath.exp(Chains.score(weights, emissions, path) - logPartition);
            for (int t = 0; t < length; t++) {
                expected[t * names.size() + path[t]] += probability;
            }
        }
        double bound = Chains.bound(length, names.size(), Chains.largest(weights, emissions));

        assertThat(decoder.logPartition(emissions)).isCloseTo(logPartition, within(bound));
        float[] marginals = decoder.marginals(emissions).toArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) marginals[i]).isCloseTo(expected[i], within(bound));
            assertThat(marginals[i] == 0).isEqualTo(expected[i] == 0);
        }
        double all = 0;
        for (ChainDecoder.Path path : decoder.best(emissions, 100_000)) {
            all += path.probability();
        }
        assertThat(all).isCloseTo(1, within(bound));
    }

    @ParameterizedTest
    @EnumSource(TagScheme.class)
    void noImpossibleSequenceIsEverGiven(TagScheme scheme) {
        List<String> names = scheme == TagScheme.BIOES ? BIOES : List.of("O", "B-A", "I-A", "B-B", "I-B", "I-C");
        ChainRules rules = ChainRules.of(scheme, names);
        for (int trial = 0; trial < 200; trial++) {
            ChainDecoder decoder =
                    new ChainDecoder(Kernels.best(), Chains.weights(Chains.parameters(names.size(), 5, rng)), rules);
            float[] scores = normal(rng, (1 + trial % 9) * names.size(), trial % 2 == 0 ? 3 : 1e30);
            Tensor emissions = new Tensor(Shape.of(1 + trial % 9, names.size()), scores, 0);

            assertThat(rules.allow(decoder.best(emissions))).isTrue();
            for (ChainDecoder.Path path : decoder.best(emissions, 20)) {
                assertThat(scheme.firstViolation(
                                path.tags().stream().map(names::get).toList()))
                        .isNegative();
            }
        }
    }

    @Test
    void ofPathsThatScoreAlikeThoseWithLowerTagsComeFirst() {
        Parameters parameters = Chains.parameters(2, 1, rng);
        Arrays.fill(parameters.values(), 0);
        parameters.changed();
        ChainDecoder decoder = new ChainDecoder(Kernels.best(), Chains.weights(parameters), ChainRules.none(2));

        assertThat(decoder.best(Tensor.zeros(2, 2))).containsExactly(0, 0);
        assertThat(decoder.best(Tensor.zeros(2, 2), 9))
                .extracting(ChainDecoder.Path::tags)
                .containsExactly(List.of(0, 0), List.of(1, 0), List.of(0, 1), List.of(1, 1));
    }

    @Test
    void allKernelsGiveTheSameProbabilities() {
        ChainWeights weights = weights(7);
        ChainRules rules = ChainRules.of(TagScheme.BIOES, BIOES);
        Tensor emissions = emissions(23, 7);

        assertThat(new ChainDecoder(Kernels.best(), weights, rules)
                        .marginals(emissions)
                        .toArray())
                .isEqualTo(new ChainDecoder(new ScalarKernels(), weights, rules)
                        .marginals(emissions)
                        .toArray());
    }

    @Test
    void aSequenceWithoutTimeStepsHasOnePath() {
        ChainDecoder decoder = new ChainDecoder(Kernels.best(), weights(3), ChainRules.none(3));

        assertThat(decoder.best(emissions(0, 3))).isEmpty();
        assertThat(decoder.best(emissions(0, 3), 4)).containsExactly(new ChainDecoder.Path(List.of(), 0, 1));
        assertThat(decoder.marginals(emissions(0, 3)).rows()).isZero();
        assertThat(decoder.logPartition(emissions(0, 3))).isZero();
    }

    @Test
    void whatCannotBeDecodedIsNamed() {
        ChainDecoder decoder =
                new ChainDecoder(Kernels.best(), weights(2), ChainRules.of(TagScheme.BIOES, List.of("B-A", "E-A")));
        Tensor bad = emissions(2, 2);
        bad.data()[3] = Float.NaN;

        assertThatThrownBy(() -> decoder.best(emissions(3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rules of a chain must allow a sequence of 3 tags, got none; "
                        + "add the tag O, or the missing tags of the scheme");
        assertThatThrownBy(() -> decoder.marginals(emissions(1, 2))).hasMessageContaining("a sequence of 1 tags");
        assertThatThrownBy(() -> decoder.best(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("score of tag 1 at time step 1 must be finite, got NaN; "
                        + "check the inputs and the weights of the network");
        assertThatThrownBy(() -> decoder.best(emissions(2, 3)))
                .hasMessage("scores of a chain must have shape [L, 2], a column for each tag, got [2, 3]");
        assertThatThrownBy(() -> decoder.best(emissions(2, 2), 0))
                .hasMessage("number of best sequences must be positive, got 0");
        assertThatThrownBy(() -> new ChainDecoder(Kernels.best(), weights(2), ChainRules.none(3)))
                .hasMessage("rules of a chain must be those of its 2 tags, got 3; make them of the same tags");
    }

    private ChainWeights weights(int tags) {
        return Chains.weights(Chains.parameters(tags, 1, rng));
    }

    private Tensor emissions(int length, int tags) {
        return new Tensor(Shape.of(length, tags), normal(rng, length * tags, 2), 0);
    }

    private static List<Integer> list(int[] path) {
        return Arrays.stream(path).boxed().toList();
    }
}
