package io.carousel.task.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.kernel.ScalarKernels;
import io.carousel.layer.DecoderSpec;
import io.carousel.layer.Direction;
import io.carousel.task.FitOptions;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.TokenSpec;
import io.carousel.train.ScheduledSampling;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The second promise: translators and what they write do not depend on threads, kernels or neighbours. */
@Tag("promise")
class TranslateSameBitsTest {
    private static final PairSet PAIRS = pairs();

    /** More than are computed at once, of several lengths, some with tokens that training has not seen. */
    private static final List<String> SOURCES = sources();

    static Stream<TranslateSpec> specs() {
        TokenSpec often = TokenSpec.of(new SpaceTokenizer(false)).withLeastCount(2);
        return Stream.of(
                small().attention(AttentionKind.NONE)
                        .layers(2)
                        .bridge(BridgeKind.COPY)
                        .build(),
                small().source(often).target(often).copying(true).build(),
                small().attention(AttentionKind.HEADS)
                        .heads(2)
                        .feeding(DecoderSpec.Feeding.NOTHING)
                        .smoothing(0.1)
                        .build(),
                small().window(2).feeding(DecoderSpec.Feeding.OUTPUT).build(),
                small().coverage(true, 0.5).build(),
                small().cell("gru")
                        .attention(AttentionKind.DOT)
                        .direction(Direction.FORWARD)
                        .sampling(new ScheduledSampling(ScheduledSampling.Decay.LINEAR, 8, 0.25))
                        .build(),
                small().source(TokenSpec.learned(false).withVocabulary(514))
                        .target(TokenSpec.of(new CharacterTokenizer(false)))
                        .attention(AttentionKind.GENERAL)
                        .build());
    }

    private static TranslateSpec.Builder small() {
        return Pairs.tiny().hidden(8).embedding(6).longest(20).dropout(0.2);
    }

    /** Numbers, and names of which each stands in one pair only. */
    private static PairSet pairs() {
        List<TextPair> pairs = new ArrayList<>(Pairs.numbers().pairs().subList(0, 34));
        for (int i = 0; i < 6; i++) {
            pairs.add(TextPair.of("hello n" + i, "bye n" + i));
        }
        return PairSet.of(pairs);
    }

    private static List<String> sources() {
        List<String> sources = new ArrayList<>(List.of("", "9 8 7 6 5 4 3 2 1 0", "hello zork", "zork", "1 1 1 1 1"));
        PAIRS.pairs().stream().map(TextPair::source).limit(32).forEach(sources::add);
        return sources;
    }

    /** A search with all its penalties, and texts that are drawn. */
    private static List<DecoderOptions> options(TranslateSpec spec) {
        DecoderOptions search = DecoderOptions.search(3).withTokens(1, 6).withDistinct(2);
        return List.of(
                search.withBest(2).withPenalties(0.6, spec.attention() == AttentionKind.NONE ? 0 : 0.3),
                DecoderOptions.drawn(5).withTokens(0, 6).withBest(2));
    }

    private static Translator fit(TranslateSpec spec, int threads) {
        return Translator.fit(
                        TranslateData.of(PAIRS),
                        spec,
                        Pairs.plan(2).withBatchSize(16).withShardSize(3),
                        FitOptions.defaults().withThreads(threads))
                .translator();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void threadsChangeNothing(TranslateSpec spec) {
        Translator one = fit(spec, 1);
        Translator three = fit(spec, 3);

        assertThat(three.model().network().parameters().values())
                .isEqualTo(one.model().network().parameters().values());
        assertThat(three.encoding()).isEqualTo(one.encoding());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aSourceAloneGivesWhatItGivesAmongOthersOnAnyKernels(TranslateSpec spec) {
        Translator translator = fit(spec, 1);
        Translator scalar = translator.withKernels(new ScalarKernels());
        for (DecoderOptions options : options(spec)) {
            List<Translation> together = translator.predict(SOURCES, options);

            assertThat(scalar.predict(SOURCES, options)).isEqualTo(together);
            assertThat(scalar.evaluate(PAIRS, options)).isEqualTo(translator.evaluate(PAIRS, options));
            IntStream.range(0, SOURCES.size()).parallel().forEach(i -> {
                Translation alone =
                        translator.predict(SOURCES.subList(i, i + 1), options).get(0);
                Translation.Candidate best = alone.candidates().get(0);

                assertThat(alone).isEqualTo(together.get(i));
                assertThat(scalar.attention(alone, best)).isEqualTo(translator.attention(alone, best));
            });
        }
    }
}
