package io.carousel.task.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.task.FitListener;
import io.carousel.task.FitOptions;
import io.carousel.task.StopSignal;
import io.carousel.task.classify.Example;
import io.carousel.task.classify.ExampleInput;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.NumberScaling;
import io.carousel.train.EpochReport;
import io.carousel.train.TrainingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoencoderTest {
    private static final ExampleSet WAVES = Sequences.waves(24, 10, 1);

    private static Autoencoder fit(ExampleSet set, EncodeSpec.Builder spec, int epochs) {
        return Autoencoder.fit(set, spec.build(), Sequences.epochs(epochs), FitOptions.defaults())
                .autoencoder();
    }

    private static Autoencoder ofLetters() {
        return fit(Sequences.letters(20, 1), Sequences.ofLetters(), 1);
    }

    private static Decoded decoded(Autoencoder autoencoder, Encoded encoded, int most) {
        return autoencoder
                .decode(new float[][] {encoded.vector()}, Part.RECONSTRUCTION, most)
                .get(0);
    }

    private static ExampleSet texts(String... texts) {
        return ExampleSet.ofTexts(
                "texts",
                java.util.stream.IntStream.range(0, texts.length)
                        .mapToObj(i -> Example.text("t" + i, texts[i]))
                        .toList());
    }

    @Test
    void aVectorHasTheSizeThatWasAskedForWhateverTheLength() {
        Autoencoder autoencoder = fit(WAVES, Sequences.small().longest(5_000), 1);

        for (int steps : new int[] {1, 2, 33, 5_000}) {
            ExampleSet set = Sequences.waves(1, steps, 5);
            Encoded encoded = autoencoder.encode(set).get(0);
            Decoded again = autoencoder.reconstruct(set).get(0);

            assertThat(encoded.vector()).hasSize(4);
            assertThat(encoded.labels()).isEqualTo(set.examples().get(0).labels());
            assertThat(again.values()).hasSize(2 * steps);
        }
    }

    @Test
    void anEmptyTextAndAnUnknownSymbolHaveVectorsToo() {
        Autoencoder autoencoder = ofLetters();
        List<Encoded> encoded = autoencoder.encode(texts("", "?", "a"));

        assertThat(encoded).allSatisfy(each -> assertThat(each.vector()).hasSize(4));
        assertThat(encoded.get(0).vector()).isNotEqualTo(encoded.get(1).vector());
        assertThat(autoencoder.evaluate(texts("", "?")).scores().get(0).targets())
                .isEqualTo(1 + 2);
        assertThat(autoencoder.encode(texts("!")).get(0).vector())
                .containsExactly(encoded.get(1).vector());
    }

    @Test
    void aTextEndsWhereTheDecoderSaysOrAtTheMostTokens() {
        Autoencoder autoencoder = ofLetters();
        float[][] vectors = {{0, 0, 0, 0}, {9, -9, 9, -9}};

        for (Decoded decoded : autoencoder.decode(vectors, Part.RECONSTRUCTION, 2)) {
            assertThat(decoded.tokens().size()).isLessThanOrEqualTo(2);
            assertThat(decoded.ended() || decoded.tokens().size() == 2).isTrue();
        }
        assertThat(autoencoder.decode(vectors, Part.RECONSTRUCTION, 0).get(0).text())
                .isEmpty();
        assertThat(autoencoder.decode(new float[0][], Part.RECONSTRUCTION, 3)).isEmpty();
    }

    @Test
    void aTextOfTheMostTokensMayEnd() {
        Autoencoder autoencoder = fit(Sequences.letters(20, 1), Sequences.ofLetters(), 40);
        int ended = 0;
        for (Encoded encoded : autoencoder.encode(Sequences.letters(20, 1))) {
            List<String> tokens = decoded(autoencoder, encoded, 10).tokens();
            if (decoded(autoencoder, encoded, 10).ended() && !tokens.isEmpty()) {
                assertThat(decoded(autoencoder, encoded, tokens.size()).ended()).isTrue();
                assertThat(decoded(autoencoder, encoded, tokens.size()).tokens())
                        .isEqualTo(tokens);
                assertThat(decoded(autoencoder, encoded, tokens.size() - 1).ended())
                        .isFalse();
                ended++;
            }
        }
        assertThat(ended).isPositive();
    }

    @Test
    void aConstantSequenceComesBackInItsOwnUnits() {
        float[][] rows = {{7}, {7}, {7}};
        ExampleSet set = ExampleSet.ofNumbers("flat", List.of("x"), List.of(Example.numbers("f", rows)));
        Autoencoder autoencoder =
                fit(set, Sequences.small().scaling(NumberScaling.SEQUENCES).validation(0), 1);

        for (float value : autoencoder.reconstruct(set).get(0).values()) {
            assertThat(value).isBetween(6f, 8f); // scaled by 1 about 7, and an untrained output is below 1
        }
    }

    @Test
    void windowsComeBackAsTheExamplesWould() {
        Autoencoder autoencoder = fit(WAVES, Sequences.small(), 1);
        float[] window = {5, 0, 5.5f, 0.1f, 6, 0};
        ExampleSet set = ExampleSet.ofNumbers(
                "window", List.of("x", "y"), List.of(Example.numbers("1", new float[][] {{5, 0}, {5.5f, 0.1f}, {6, 0}
                })));

        assertThat(autoencoder.reconstruct(new float[][] {window})[0])
                .containsExactly(autoencoder.reconstruct(set).get(0).values());
    }

    @Test
    void aReversedDecoderBeginsWithTheEnd() {
        SequenceCoder coder =
                SequenceCoder.fit(Sequences.small().scaling(NumberScaling.NONE).build(), WAVES);
        SequenceCoder.Coded coded = coder.scaled(new float[] {1, 2, 3, 4, 5, 6}, 3);

        assertThat(coder.target(Part.RECONSTRUCTION, coded)).containsExactly(5, 6, 3, 4, 1, 2);
        assertThat(coder.turned(Part.RECONSTRUCTION, coder.target(Part.RECONSTRUCTION, coded)))
                .containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void whatIsPredictedIsNeitherReadNorKnownToTheScales() {
        SequenceCoder coder = SequenceCoder.fit(
                Sequences.small()
                        .decoder(DecoderKind.COMPOSITE)
                        .ahead(1)
                        .scaling(NumberScaling.SEQUENCES)
                        .conditioned(true)
                        .build(),
                WAVES);
        SequenceCoder.Coded coded = coder.scaled(new float[] {1, 1, 3, 3, 1000, 1000}, 2);

        assertThat(coded.scales().get(0).mean()).isEqualTo(2);
        assertThat(coder.source(coded).rows()).isEqualTo(2);
        assertThat(coder.pair(Part.RECONSTRUCTION, coded).targets().toArray()).containsExactly(1, 1, -1, -1);
        assertThat(coder.pair(Part.RECONSTRUCTION, coded).inputs().toArray()).containsExactly(0, 0, 1, 1);
        assertThat(coder.pair(Part.PREDICTION, coded).targets().toArray()).containsExactly(998, 998);
        assertThat(coder.pair(Part.PREDICTION, coded).inputs().toArray()).containsExactly(0, 0);
    }

    @Test
    void aCompositeModelDoesBothAndEachOtherOnlyItsOwn() {
        Autoencoder both =
                fit(WAVES, Sequences.small().decoder(DecoderKind.COMPOSITE).ahead(3), 1);
        Autoencoder only =
                fit(WAVES, Sequences.small().decoder(DecoderKind.PREDICTION).ahead(3), 1);

        assertThat(both.reconstruct(WAVES).get(0).values()).hasSize(20);
        assertThat(both.predict(WAVES).get(0).values()).hasSize(6);
        assertThat(both.evaluate(WAVES).scores()).hasSize(2);
        assertThat(only.predict(WAVES).get(0).values()).hasSize(6);
        assertThatThrownBy(() -> only.reconstruct(WAVES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the model must have a decoder for the reconstruction, got only one for the prediction; "
                        + "train one that does both, a composite one");
    }

    @Test
    void aStoppedFitKeepsTheBestSoFar() {
        StopSignal stop = new StopSignal();
        FitListener listener = new FitListener() {
            @Override
            public void epoch(EpochReport report) {
                if (report.epoch() == 2) {
                    stop.stop();
                }
            }
        };
        TrainingPlan plan = Sequences.epochs(50);
        EncodeFit fit = Autoencoder.fit(
                WAVES,
                Sequences.small().build(),
                plan,
                FitOptions.defaults().withStop(stop).withListener(listener));

        assertThat(fit.stopped()).isTrue();
        assertThat(fit.stages().get(0).epochs()).hasSize(2);
        assertThat(fit.autoencoder().encoding().stopped()).isTrue();
        assertThat(fit.validation()).isNotNull();
    }

    @Test
    void mistakesAreTold() {
        Autoencoder autoencoder = fit(WAVES, Sequences.small().longest(10), 1);

        assertThatThrownBy(() -> autoencoder.encode(texts("a")))
                .isInstanceOf(DataException.class)
                .hasMessage("example t0 of texts must have 2 features like those of the training, got a text");
        assertThatThrownBy(() -> new ExampleInput.Numbers(2, new float[0]))
                .hasMessage("numbers of an example must be rows of 2 features, at least one, got 0 numbers");
        assertThatThrownBy(() -> autoencoder.encode(Sequences.waves(1, 11, 1)))
                .hasMessage("example w0 of waves must have at most 10 time steps, got 11; allow more, or cut it");
        assertThatThrownBy(() -> autoencoder.decode(new float[][] {{1}}, Part.RECONSTRUCTION, 3))
                .hasMessage("vector 1 must have shape [Z] = [4], got [1]");
        assertThatThrownBy(() -> autoencoder.decode(new float[][] {{1, 2, Float.NaN, 4}}, Part.RECONSTRUCTION, 3))
                .hasMessage("vector 1 must be finite, got NaN");
        assertThatThrownBy(() -> autoencoder.decode(new float[1][4], Part.RECONSTRUCTION, 11))
                .hasMessage("length must be from 0 to 10, the most time steps of the model, got 11");
        assertThatThrownBy(() -> autoencoder.decode(new float[1][4], Part.PREDICTION, 3))
                .hasMessageContaining("the model must have a decoder for the prediction");
        assertThatThrownBy(() -> ofLetters().reconstruct(new float[][] {{1}}))
                .hasMessageContaining("windows of numbers must be made again by a model of numbers");
        assertThatThrownBy(() -> fit(
                        WAVES, Sequences.small().decoder(DecoderKind.PREDICTION).ahead(10), 1))
                .hasMessage("example w1 of waves must have at least 11 time steps, of which the last 10 are predicted, "
                        + "got 10; leave it out, or predict fewer");
        assertThatThrownBy(() -> fit(texts("", ""), Sequences.ofLetters(), 1))
                .hasMessage("texts must have at least one token, got none; check the texts");
        assertThatThrownBy(() -> fit(WAVES.with(List.of()), Sequences.small(), 1))
                .hasMessage("waves must have examples to learn from, got none");
    }
}
