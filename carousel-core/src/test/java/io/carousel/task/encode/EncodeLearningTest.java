package io.carousel.task.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.task.FitOptions;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.encode.EncodeEvaluation.PartScore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class EncodeLearningTest {
    /** Of four letters there are 4 + 16 + 64 texts, of which a vector has to tell which it is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void textsAreCopiedThroughTheVector(boolean conditioned) {
        ExampleSet set = Sequences.letters(300, 1);
        EncodeFit fit = Autoencoder.fit(
                set,
                Sequences.ofLetters()
                        .hidden(24)
                        .size(8)
                        .conditioned(conditioned)
                        .build(),
                Sequences.epochs(60),
                FitOptions.defaults().withThreads(2));
        EncodeEvaluation evaluation = fit.autoencoder().evaluate(Sequences.letters(60, 2));
        PartScore score = evaluation.scores().get(0);

        assertThat(score.error()).isLessThan(0.2 * score.others().get(0).error());
        assertThat(score.whole()).isGreaterThan(0.7);
        assertThat(score.perplexity()).isLessThan(score.trivialPerplexity() / 2);
        assertThat(evaluation.good()).isTrue();
    }

    @Test
    void aCompositeModelReconstructsAndPredictsWaves() {
        EncodeFit fit = Autoencoder.fit(
                Sequences.waves(120, 16, 1),
                Sequences.small()
                        .hidden(24)
                        .decoder(DecoderKind.COMPOSITE)
                        .ahead(4)
                        .build(),
                Sequences.epochs(60),
                FitOptions.defaults().withThreads(2));
        EncodeEvaluation evaluation = fit.autoencoder().evaluate(Sequences.waves(40, 16, 2));

        for (PartScore score : evaluation.scores()) {
            // a quarter of the variance is left of what the mean of a sequence leaves
            assertThat(score.error()).isLessThan(0.25 * score.others().get(0).error());
        }
    }

    @Test
    void aVariationalVectorThatCostsTooMuchIsNotUsedAndTheVerdictSaysSo() {
        EncodeFit fit = Autoencoder.fit(
                Sequences.waves(40, 8, 1),
                Sequences.small()
                        .variational(true)
                        .divergence(1e4)
                        .divergenceEpochs(0)
                        .build(),
                Sequences.epochs(5),
                FitOptions.defaults());
        EncodeEvaluation evaluation = fit.autoencoder().evaluate(Sequences.waves(20, 8, 2));

        assertThat(evaluation.good()).isFalse();
        assertThat(evaluation.verdict())
                .startsWith("The reconstruction has a mean squared error of ")
                .endsWith(": the network does not beat 4 principal components; a linear code of the same size keeps "
                        + "more here.");
    }
}
