package io.carousel.task.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.task.FitOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What may be wrong with examples, and what then happens. */
class ClassifyMistakesTest {
    private static final SequenceClassifier MOODS = fit(Samples.moods(60, 1), Samples.small());

    private static SequenceClassifier fit(ExampleSet set, ClassifySpec.Builder spec) {
        return SequenceClassifier.fit(set, spec.build(), Samples.quick().withEpochs(2), FitOptions.defaults())
                .classifier();
    }

    private static ExampleSet texts(Example... examples) {
        return ExampleSet.ofTexts("texts", List.of(examples));
    }

    @Test
    void oneLabelOnlyIsNothingToTellApart() {
        ExampleSet set = texts(Example.text("a", "x", "u"), Example.text("b", "y", "u"));
        assertThatThrownBy(() -> fit(set, Samples.small()))
                .isInstanceOf(DataException.class)
                .hasMessage("training examples of texts must have at least two different labels, got only [u]; "
                        + "there is nothing to tell apart");
    }

    @Test
    void anExampleWithoutALabelTeachesNothing() {
        ExampleSet set = texts(Example.text("a", "x", "u"), Example.text("b", "y"));
        assertThatThrownBy(() -> fit(set, Samples.small()))
                .hasMessage("example b of texts must have one label, got 0; leave it out");
    }

    @Test
    void severalLabelsMustBeAskedFor() {
        ExampleSet set = texts(Example.text("a", "x", "u", "v"), Example.text("b", "y", "u"));
        assertThatThrownBy(() -> fit(set, Samples.small()))
                .hasMessage("example a of texts must have one label, got 2; say that there may be several");
    }

    @Test
    void idsMustDiffer() {
        assertThatThrownBy(() -> texts(Example.text("a", "x", "u"), Example.text("a", "y", "v")))
                .hasMessage(
                        "id of an example must be there once, got a of texts again; number them, or leave the ids out");
    }

    @Test
    void aTextWithoutWordsTeachesNothingAndIsReadAsOneUnknownWord() {
        ExampleSet set = texts(Example.text("a", "x", "u"), Example.text("b", " ", "v"));
        assertThatThrownBy(() -> fit(set, Samples.small()))
                .hasMessage("text of example b of texts must have words to learn from, got none; leave it out");

        List<Classification> found =
                MOODS.predict(texts(Example.text("a", ""), Example.text("b", "  "), Example.text("c", "qwertz")));

        assertThat(found.get(0).probabilities())
                .isEqualTo(found.get(1).probabilities())
                .isEqualTo(found.get(2).probabilities());
        assertThat(MOODS.tokens(Example.text("a", ""))).containsExactly("<unk>");
    }

    @Test
    void aLabelThatTrainingDidNotHaveCountsAsWrongAndIsNoted() {
        ClassifyEvaluation evaluation = MOODS.evaluate(
                texts(Example.text("a", "a good film", "odd"), Example.text("b", "a good film", "good")));

        assertThat(evaluation.labels()).containsExactly("bad", "good", "odd");
        assertThat(evaluation.accuracy()).isLessThanOrEqualTo(0.5);
        assertThat(evaluation.notes()).contains("label odd was not in training: its one example counts as wrong");
        assertThat(evaluation.each().get(2).counts().falseNegatives()).isEqualTo(1);
    }

    @Test
    void numbersAreRefusedWhereTextsWereLearned() {
        assertThatThrownBy(() -> MOODS.predict(Samples.waves(1, 1)))
                .hasMessage("example w0 of waves must have a text like those of the training, got numbers");
    }

    @Test
    void numbersMustBeFiniteAndNotTooMany() {
        assertThatThrownBy(() -> ExampleSet.ofNumbers(
                        "n", List.of("x"), List.of(Example.numbers("a", new float[][] {{1}, {Float.NaN}}, "u"))))
                .hasMessage("numbers of example a of n must be finite, got NaN; fill what is missing, "
                        + "or leave the example out");
        assertThatThrownBy(() -> fit(Samples.waves(20, 1), Samples.small().longest(13)))
                .hasMessageContaining("must have at most 13 time steps, got 1")
                .hasMessageEndingWith("; allow more, or cut it");
    }

    @Test
    void aLongTextIsCutAndThatIsNoted() {
        ClassifyFit fit = SequenceClassifier.fit(
                Samples.moods(40, 1),
                Samples.small().longest(3).build(),
                Samples.quick().withEpochs(1),
                FitOptions.defaults());

        assertThat(fit.notes()).anyMatch(note -> note.endsWith("texts only the first 3 tokens are read"));
        assertThat(fit.classifier().tokens(Example.text("a", "one two three four")))
                .hasSize(3);
    }

    @Test
    void weightsAreOfLabelsThatAreThere() {
        assertThatThrownBy(() -> fit(Samples.moods(20, 1), Samples.small().labelWeights(Map.of("ugly", 2.0))))
                .hasMessage("label with a weight must be one of the training, got ugly; it has bad, good");
    }

    @Test
    void aValidationExampleMustHaveALabelOfTheTraining() {
        assertThatThrownBy(() -> SequenceClassifier.fit(
                        Samples.moods(20, 1),
                        texts(Example.text("v", "x", "odd")),
                        Samples.small().build(),
                        Samples.quick(),
                        FitOptions.defaults()))
                .hasMessage("label of validation example v of texts must be one of the training, got odd; "
                        + "it has bad, good");
    }

    @Test
    void withoutValidationEveryEpochIsMadeAndThatIsNoted() {
        ClassifyFit fit = SequenceClassifier.fit(
                Samples.moods(20, 1),
                Samples.small().validation(0).members(1).build(),
                Samples.quick().withEpochs(3),
                FitOptions.defaults());

        assertThat(fit.stages().get(0).epochs()).hasSize(3);
        assertThat(fit.classifier().encoding().temperature()).isEqualTo(1);
        assertThat(fit.notes())
                .contains("there were no validation examples, so every epoch was made and probabilities are not"
                        + " calibrated");
    }

    @Test
    void aLabelOfOneExampleIsAlwaysLearnedFrom() {
        List<Example> examples = new ArrayList<>(Samples.moods(40, 1).examples());
        examples.add(Example.text("only", "unlike all others", "rare"));

        ClassifyEncoding encoding =
                fit(ExampleSet.ofTexts("few", examples), Samples.small()).encoding();

        assertThat(encoding.labels()).containsExactly("bad", "good", "rare");
        assertThat(encoding.counts().get(2)).isEqualTo(1);
    }
}
