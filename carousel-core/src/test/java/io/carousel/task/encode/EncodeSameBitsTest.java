package io.carousel.task.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.task.FitOptions;
import io.carousel.task.classify.Example;
import io.carousel.task.classify.ExampleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The second promise: vectors and what is made of them do not depend on threads, kernels or neighbours. */
@Tag("promise")
class EncodeSameBitsTest {
    static Stream<EncodeSpec> specs() {
        return Stream.of(
                Sequences.small().build(),
                Sequences.small()
                        .conditioned(true)
                        .variational(true)
                        .cell("gru")
                        .build(),
                Sequences.small().decoder(DecoderKind.COMPOSITE).ahead(2).build(),
                Sequences.ofLetters().build(),
                Sequences.ofLetters().conditioned(false).variational(true).build());
    }

    /** More than a batch, of several lengths. */
    private static ExampleSet set(EncodeSpec spec) {
        if (spec.text() != null) {
            return Sequences.letters(70, 2);
        }
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            Example one = Sequences.waves(1, 3 + i % 5, i).examples().get(0);
            examples.add(new Example("w" + i, one.input(), List.of(), 0));
        }
        return ExampleSet.ofNumbers("waves", List.of("x", "y"), examples);
    }

    private static Autoencoder fit(EncodeSpec spec, int threads) {
        return Autoencoder.fit(
                        set(spec),
                        spec,
                        Sequences.epochs(2),
                        FitOptions.defaults().withThreads(threads))
                .autoencoder();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void threadsChangeNothing(EncodeSpec spec) {
        assertThat(fit(spec, 3).model().network().parameters().values())
                .isEqualTo(fit(spec, 1).model().network().parameters().values());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aSequenceAloneGivesWhatItGivesAmongOthersOnAnyKernels(EncodeSpec spec) {
        Autoencoder autoencoder = fit(spec, 1);
        ExampleSet set = set(spec);
        List<Encoded> vectors = autoencoder.encode(set);
        List<Encoded> scalar = autoencoder.encode(set, new ScalarKernels());
        for (Part part : spec.decoder().parts()) {
            List<Decoded> made = autoencoder.made(Kernels.best(), set, part);
            List<Decoded> scalarMade = autoencoder.made(new ScalarKernels(), set, part);
            IntStream.range(0, set.size()).parallel().forEach(i -> {
                ExampleSet one = set.with(List.of(set.examples().get(i)));
                Decoded alone = autoencoder.made(Kernels.best(), one, part).get(0);

                assertThat(autoencoder.encode(one).get(0).vector())
                        .isEqualTo(vectors.get(i).vector());
                assertThat(scalar.get(i).vector()).isEqualTo(vectors.get(i).vector());
                assertThat(alone.values()).isEqualTo(made.get(i).values());
                assertThat(alone.tokens()).isEqualTo(made.get(i).tokens());
                assertThat(scalarMade.get(i).values()).isEqualTo(made.get(i).values());
                assertThat(scalarMade.get(i).tokens()).isEqualTo(made.get(i).tokens());
            });
        }
    }
}
