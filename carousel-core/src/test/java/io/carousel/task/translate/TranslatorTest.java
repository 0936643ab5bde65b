package io.carousel.task.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.data.DataException;
import io.carousel.layer.DecoderSpec;
import io.carousel.layer.Direction;
import io.carousel.task.FitOptions;
import io.carousel.task.FitRun;
import io.carousel.task.StopSignal;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.TokenCode;
import io.carousel.text.TokenSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TranslatorTest {
    private static TranslateFit fit;
    private static Translator translator;

    @TempDir
    Path folder;

    @BeforeAll
    static void learnNumbers() {
        fit = Pairs.fit(Pairs.tiny().build(), 15);
        translator = fit.translator();
    }

    private static List<String> texts(Translator by, List<String> sources) {
        return by.predict(sources).stream().map(Translation::text).toList();
    }

    // ---------------------------------------------------------------- learning

    @Test
    void pairsThatWereHeldOutAreTranslated() {
        TranslateEvaluation evaluation = translator.evaluate(fit.validation());

        assertThat(evaluation.network().sources()).isEqualTo(11);
        assertThat(evaluation.network().accuracy()).isGreaterThan(0.9);
        assertThat(evaluation.wins()).isTrue();
        assertThat(evaluation.verdict()).startsWith("The network beats the most frequent target: ");
        assertThat(fit.stages().get(0).epochs()).hasSize(15);
        assertThat(translator.encoding().trainingPairs()).isEqualTo(99);
        assertThat(translator.encoding().validationPairs()).isEqualTo(11);
    }

    @Test
    void thePerplexityIsThatOfTheProbabilitiesOfTheTranslations() {
        List<Translation> translations = translator.predict(List.of("1 2", "7", "9 9"));
        double nats = 0;
        List<TextPair> pairs = new ArrayList<>();
        for (Translation each : translations) {
            nats -= each.candidates().get(0).logProbability();
            pairs.add(TextPair.of(each.source(), each.text()));
        }

        TranslateEvaluation evaluation = translator.evaluate(PairSet.of(pairs));

        assertThat(evaluation.network().accuracy()).isEqualTo(1);
        // 8 terms, each off by the roundings of its row, and summed in another order in floats below 8
        assertThat(evaluation.nats()).isCloseTo(nats, within(8 * 8 * 0x1p-21));
        assertThat(evaluation.predictions()).isEqualTo(8);
        assertThat(evaluation.perplexity()).isEqualTo(StrictMath.exp(evaluation.nats() / 8));
    }

    @Test
    void theBestFewAreGivenAndTheirProbabilitiesFall() {
        Translation translation = translator
                .predict(List.of("4 2"), translator.defaultOptions().withBest(3))
                .get(0);

        assertThat(translation.candidates())
                .hasSize(3)
                .isSortedAccordingTo(Comparator.comparingDouble((Translation.Candidate each) -> -each.score()));
        assertThat(translation.candidates()).extracting("text").doesNotHaveDuplicates();
        assertThat(translation.text())
                .isEqualTo(texts(translator, List.of("4 2")).get(0));
    }

    @Test
    void theSameSeedDrawsTheSame() {
        List<String> sources = List.of("1 2 3 4 5");
        DecoderOptions drawn = DecoderOptions.drawn(3).withDrawing(3, 0, 1);

        assertThat(translator.predict(sources, drawn)).isEqualTo(translator.predict(sources, drawn));
        assertThat(translator.predict(sources, drawn))
                .isNotEqualTo(
                        translator.predict(sources, DecoderOptions.drawn(4).withDrawing(3, 0, 1)));
    }

    @Test
    void whoCancelsGetsWhatIsThere() {
        Translation cut = translator
                .predict(List.of("1 2"), DecoderOptions.greedy(), () -> true)
                .get(0);

        assertThat(cut.candidates().get(0).tokens()).isEmpty();
        assertThat(cut.candidates().get(0).ended()).isFalse();
    }

    @Test
    void eachTokenThatIsWrittenAttendsToAllThatWereRead() {
        Translation translation = translator.predict(List.of("4 2")).get(0);
        Translation.Candidate best = translation.candidates().get(0);

        List<List<Double>> attention = translator.attention(translation, best);

        // "four two" and the end, from "4 2" and the end
        assertThat(attention).hasSize(best.tokens().size() + 1);
        for (List<Double> row : attention) {
            assertThat(row).hasSize(3).allMatch(share -> share >= 0 && share <= 1);
            // a softmax in floats over three rows
            assertThat(row.stream().mapToDouble(share -> share).sum()).isCloseTo(1, within(6 * 0x1p-24));
        }
        Translation nothing = translator.predict(List.of("")).get(0);
        assertThat(translator.attention(nothing, nothing.candidates().get(0))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AttentionKind.class)
    void everyAttentionIsFittedSavedAndRead(AttentionKind kind) throws IOException {
        TranslateSpec.Builder spec = Pairs.tiny().attention(kind).direction(Direction.FORWARD);
        Translator fitted = Pairs.fit(spec.build(), 1).translator();
        Path file = folder.resolve("m.carousel");
        fitted.save(file);
        Translation translation = fitted.predict(List.of("1 2")).get(0);

        Translator loaded = Translator.load(file);

        assertThat(loaded.predict(List.of("1 2"))).containsExactly(translation);
        assertThat(loaded.attention(translation, translation.candidates().get(0))
                        .isEmpty())
                .isEqualTo(kind == AttentionKind.NONE);
    }

    @Test
    void aLocalAttentionWithCoverageAndAnotherFeedingIsFitted() {
        Translator local = Pairs.fit(
                        Pairs.tiny()
                                .window(2)
                                .coverage(true, 0.5)
                                .feeding(DecoderSpec.Feeding.OUTPUT)
                                .build(),
                        1)
                .translator();

        assertThat(local.predict(List.of("1 2"))).hasSize(1);
    }

    @Test
    void aNameThatTrainingHasNotSeenIsCopied() {
        List<TextPair> pairs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            pairs.add(
                    i % 2 == 0
                            ? TextPair.of("hello n" + i, "bye n" + i)
                            : TextPair.of("n" + i + " went", "n" + i + " gone"));
        }
        TokenSpec side = TokenSpec.of(new SpaceTokenizer(false)).withLeastCount(2);
        TranslateSpec spec = Pairs.tiny()
                .source(side)
                .target(side)
                .copying(true)
                .validation(0)
                .build();

        Translator copying = Translator.fit(
                        TranslateData.of(PairSet.of(pairs)), spec, Pairs.plan(15), FitOptions.defaults())
                .translator();

        assertThat(copying.encoding().target().vocabulary().symbols()).containsExactly("<unk>", "<eos>", "bye", "gone");
        assertThat(texts(copying, List.of("hello zork", "quux went"))).containsExactly("bye zork", "quux gone");
        TranslateEvaluation evaluation = copying.evaluate(PairSet.of(List.of(TextPair.of("hello zork", "bye zork"))));
        Translation.Candidate best =
                copying.predict(List.of("hello zork")).get(0).candidates().get(0);
        // three terms in floats
        assertThat(evaluation.nats()).isCloseTo(-best.logProbability(), within(3 * 8 * 0x1p-21));
        assertThat(copying.attention(copying.predict(List.of("hello zork")).get(0), best))
                .hasSize(3);
    }

    /** A translator whose coverage has room for five tokens and the end of a source. */
    private static Translator covering() {
        return Pairs.fit(Pairs.tiny().longest(5).coverage(true, 0.5).build(), 1).translator();
    }

    @Test
    void aSourceThatIsTooLongForTheCoverageIsRefused() {
        assertThatThrownBy(() -> covering().predict(List.of("1 2", "1 2 3 4 5 6")))
                .hasMessage("source must have at most 6 rows for the coverage of decoder, got 7; shorten it, or train a"
                        + " decoder that covers more");
    }

    @Test
    void sourcesAreNotEvenReadOnceNobodyWaits() {
        List<String> sources = new ArrayList<>(Collections.nCopies(32, "1 2"));
        sources.add("1 2 3 4 5 6"); // which cannot be read
        int[] asked = {0};

        List<Translation> cut = covering().predict(sources, DecoderOptions.greedy(), () -> ++asked[0] > 2);

        assertThat(asked[0]).isEqualTo(4);
        assertThat(cut).hasSize(33);
        assertThat(cut.get(0).candidates().get(0).tokens()).hasSize(1);
        assertThat(cut.get(32).candidates().get(0).tokens()).isEmpty();
        assertThat(cut.get(32).candidates().get(0).ended()).isFalse();
    }

    // ---------------------------------------------------------------- corner cases

    @Test
    void anEmptySourceBecomesAnEmptyTarget() {
        assertThat(texts(translator, List.of("", "  "))).containsExactly("", "");
        assertThat(translator.predict(List.of())).isEmpty();
    }

    @Test
    void pairsWithAnEmptySideAreLearntAndJudged() {
        PairSet pairs = PairSet.of(List.of(TextPair.of("1", ""), TextPair.of("", "one"), TextPair.of("2", "two")));
        Translator learnt = Translator.fit(
                        TranslateData.of(pairs),
                        Pairs.tiny().validation(0).build(),
                        Pairs.plan(2),
                        FitOptions.defaults())
                .translator();

        TranslateEvaluation evaluation = learnt.evaluate(pairs);

        assertThat(evaluation.pairs()).isEqualTo(3);
        assertThat(evaluation.predictions()).as("two tokens and three ends").isEqualTo(5);
        assertThat(evaluation.nats()).isFinite();
        assertThat(texts(learnt, List.of(""))).containsExactly("");
    }

    @Test
    void anUnknownSymbolIsNamedAndReadAsUnknown() {
        Translation translation = translator.predict(List.of("4 x y x")).get(0);

        assertThat(translation.unknown()).containsExactly("x", "y");
        assertThat(translation.sourceTokens()).containsExactly("4", "x", "y", "x", TokenCode.END);
        assertThat(translation.candidates().get(0).tokens()).doesNotContain("<unk>", TokenCode.END);
    }

    @Test
    void aTargetThatIsUnknownIsCountedAndSaid() {
        TranslateEvaluation evaluation = translator.evaluate(PairSet.of(List.of(TextPair.of("1", "uno"))));

        assertThat(evaluation.unknownTargets()).isEqualTo(1);
        assertThat(evaluation.notes())
                .containsExactly("1 target token is not in the vocabulary and can never be written");
        assertThat(evaluation.wins()).isFalse();
        assertThat(evaluation.verdict())
                .isEqualTo(
                        "The network does not beat copying the source: 100.0 errors in 100 tokens against 100.0; train "
                                + "it for longer, with more pairs, or look at the data.");
    }

    @Test
    void aSourceOfFiveThousandTokensIsTranslated() {
        String source = String.join(" ", Collections.nCopies(5_000, "7"));

        Translation translation = translator.predict(List.of(source)).get(0);

        assertThat(translation.sourceTokens()).hasSize(5_001);
        assertThat(translation.candidates().get(0).tokens()).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void aTargetMayBeItsSource() {
        List<TextPair> same = Pairs.numbers().pairs().stream()
                .map(pair -> TextPair.of(pair.source(), pair.source()))
                .toList();
        TranslateFit copying = Translator.fit(
                TranslateData.of(PairSet.of(same)), Pairs.tiny().build(), Pairs.plan(2), FitOptions.defaults());

        TranslateEvaluation evaluation = copying.translator().evaluate(PairSet.of(same));

        assertThat(evaluation.copied().accuracy()).isEqualTo(1);
        assertThat(evaluation.copied().tokens().errors()).isZero();
    }

    @Test
    void anyOfSeveralTargetsIsRight() {
        String given = texts(translator, List.of("3 4")).get(0);
        PairSet pairs = PairSet.of(List.of(
                TextPair.of("3 4", "something else"), TextPair.of("3 4", given), TextPair.of("3 4", "nothing")));

        TranslateEvaluation evaluation = translator.evaluate(pairs);

        assertThat(evaluation.pairs()).isEqualTo(3);
        assertThat(evaluation.network().sources()).isEqualTo(1);
        assertThat(evaluation.network().exact()).isEqualTo(1);
        assertThat(evaluation.network().bleu().signature()).startsWith("nrefs:3|");
        assertThat(evaluation.network().pairBleu().signature()).startsWith("nrefs:1|");
    }

    @Test
    void scoresByLengthAreThoseOfAllTogether() {
        List<TextPair> some = Pairs.numbers().pairs().stream()
                .filter(pair -> pair.source().length() == 1 || pair.source().startsWith("3"))
                .toList();
        TranslateEvaluation evaluation = translator.evaluate(PairSet.of(some));

        assertThat(evaluation.byLength()).extracting("from").containsExactly(1, 2);
        assertThat(evaluation.byLength().stream()
                        .map(TranslateEvaluation.LengthScores::scores)
                        .reduce(TranslationScores.empty(false), TranslationScores::plus))
                .isEqualTo(evaluation.network());
    }

    @Test
    void capitalsDoNotCountWhereTargetsAreInSmallLetters() {
        TokenSpec lower = TokenSpec.of(new SpaceTokenizer(true));
        TranslateFit small = Pairs.fit(Pairs.tiny().target(lower).build(), 1);

        TranslateEvaluation evaluation = small.translator().evaluate(PairSet.of(List.of(TextPair.of("one", "ONE"))));

        assertThat(evaluation.copied().exact()).isEqualTo(1);
        assertThat(evaluation.network().bleu().signature()).contains("case:lc");
    }

    // ---------------------------------------------------------------- fitting

    @Test
    void longPairsAreLeftOutAndCounted() {
        TranslateFit shorter = Pairs.fit(Pairs.tiny().longest(1).build(), 1);

        assertThat(shorter.translator().encoding().trainingPairs()
                        + shorter.translator().encoding().validationPairs())
                .isEqualTo(10);
        assertThat(shorter.notes()).anySatisfy(note -> assertThat(note)
                .endsWith("pairs to learn from have more than 1 tokens on a side and were left out; a larger "
                        + "longest would keep them"));
        assertThatThrownBy(() -> Translator.fit(
                        TranslateData.of(PairSet.of(List.of(TextPair.of("a b", "c d")))),
                        Pairs.tiny().longest(1).build(),
                        Pairs.plan(1),
                        FitOptions.defaults()))
                .isInstanceOf(DataException.class)
                .hasMessage("pairs must have at least one pair of at most 1 tokens on each side, got none; ask for a "
                        + "larger longest");
    }

    @Test
    void withoutValidationTheLastEpochCounts() {
        TranslateFit all = Pairs.fit(Pairs.tiny().validation(0).build(), 2);

        assertThat(all.validation()).isNull();
        assertThat(all.stages().get(0).bestEpoch()).isEqualTo(2);
        TranslateFit patient = Translator.fit(
                TranslateData.of(Pairs.numbers()),
                Pairs.tiny().validation(0).build(),
                Pairs.plan(2).withPatience(1),
                FitOptions.defaults());
        assertThat(patient.stages().get(0).epochs()).as("nobody is waited for").hasSize(2);
    }

    @Test
    void pairsOfOnesOwnValidate() {
        PairSet own = PairSet.of(List.of(TextPair.of("1", "one")));

        TranslateFit validated = Translator.fit(
                TranslateData.of(Pairs.numbers()).withValidation(own),
                Pairs.tiny().build(),
                Pairs.plan(1),
                FitOptions.defaults());

        assertThat(validated.translator().encoding().trainingPairs()).isEqualTo(110);
        assertThat(validated.validation()).isEqualTo(own);
    }

    @Test
    void aFitThatIsStoppedKeepsTheBestAndOneThatLearntNothingSaysSo() {
        StopSignal before = new StopSignal();
        before.stop();

        assertThatThrownBy(() -> Translator.fit(
                        TranslateData.of(Pairs.numbers()),
                        Pairs.tiny().build(),
                        Pairs.plan(1),
                        FitOptions.defaults().withStop(before)))
                .isInstanceOf(CancellationException.class)
                .hasMessage("the fit was stopped while it was learning symbols, so nothing was learnt; fit again when "
                        + "there is time");

        StopSignal soon = new StopSignal();
        TranslateFit stopped = Translator.fit(
                TranslateData.of(Pairs.numbers()),
                Pairs.tiny().build(),
                Pairs.plan(50),
                FitOptions.defaults().withStop(soon).withListener(new io.carousel.task.FitListener() {
                    @Override
                    public void epoch(io.carousel.train.EpochReport report) {
                        soon.stop();
                    }
                }));
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.notes()).contains(FitRun.STOPPED);
        assertThat(stopped.stages().get(0).epochs()).hasSizeLessThan(50);
    }

    @Test
    void nothingToEvaluateIsRefused() {
        assertThatThrownBy(() -> translator.evaluate(PairSet.of(List.of())))
                .isInstanceOf(DataException.class)
                .hasMessage("pairs must have at least one pair to be evaluated, got none");
    }

    @Test
    void aModelThatIsSavedTranslatesTheSame() throws IOException {
        Path file = folder.resolve("m.carousel");
        translator.save(file);

        Translator loaded = Translator.load(file);

        assertThat(loaded.encoding()).isEqualTo(translator.encoding());
        List<String> sources = List.of("1 2", "7 x", "");
        assertThat(loaded.predict(sources)).isEqualTo(translator.predict(sources));
    }
}
