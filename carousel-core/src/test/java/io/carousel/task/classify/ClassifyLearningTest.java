package io.carousel.task.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.SharedData;
import io.carousel.task.FitOptions;
import io.carousel.train.TrainingPlan;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trains on small sets and reaches stated scores. */
class ClassifyLearningTest {
    private static SequenceClassifier fit(ExampleSet set, ClassifySpec spec) {
        return SequenceClassifier.fit(set, spec, Samples.quick(), FitOptions.defaults())
                .classifier();
    }

    @Test
    void textsOfOneLabelAreToldApart() {
        SequenceClassifier classifier =
                fit(Samples.moods(200, 1), Samples.small().build());

        ClassifyEvaluation evaluation = classifier.evaluate(Samples.moods(100, 2));

        assertThat(evaluation.accuracy()).isGreaterThan(0.95);
        assertThat(evaluation.trivialAccuracy()).isLessThan(0.7);
        assertThat(evaluation.meanArea()).isGreaterThan(0.98);
        assertThat(classifier.labels()).containsExactly("bad", "good");
    }

    @Test
    void textsOfSeveralLabelsAreToldApart() {
        SequenceClassifier classifier = fit(
                Samples.topics(200, 1),
                Samples.small().several(true).weighting(LabelWeighting.BALANCED).build());

        ClassifyEvaluation evaluation = classifier.evaluate(Samples.topics(100, 2));

        assertThat(evaluation.accuracy()).isGreaterThan(0.95);
        assertThat(evaluation.confusion()).isNull();
        assertThat(evaluation.trivialAccuracy()).isNull();
    }

    @Test
    void sequencesOfNumbersAreToldApart() {
        SequenceClassifier classifier =
                fit(Samples.waves(120, 1), Samples.small().build());

        assertThat(classifier.evaluate(Samples.waves(100, 2)).accuracy()).isGreaterThan(0.95);
    }

    @Test
    void aLabelOfLargeWeightIsFoundMoreOften() {
        ExampleSet noise = ExampleSet.ofTexts(
                "noise",
                Samples.moods(80, 1).examples().stream()
                        .map(example -> Example.text(
                                example.id(), "a film", example.labels().toArray(String[]::new)))
                        .toList());
        ClassifySpec.Builder spec = Samples.small().members(1);

        SequenceClassifier good =
                fit(noise, spec.labelWeights(Map.of("good", 5.0)).build());
        SequenceClassifier bad =
                fit(noise, spec.labelWeights(Map.of("bad", 5.0)).build());

        ExampleSet one = ExampleSet.ofTexts("one", java.util.List.of(Example.text("a", "a film")));
        assertThat(good.predict(one).get(0).labels()).containsExactly("good");
        assertThat(bad.predict(one).get(0).labels()).containsExactly("bad");
    }

    @Test
    @Tag("slow")
    void theDemandForPowerInItalyTellsWinterFromSummer() {
        ExampleReader reader = ExampleReader.builder().build();
        ExampleSet training = reader.read(SharedData.file("ucr-small/ItalyPowerDemand_TRAIN.ts"));
        ExampleSet test = reader.read(SharedData.file("ucr-small/ItalyPowerDemand_TEST.ts"));
        TrainingPlan plan = SequenceClassifier.defaultPlan(training);

        ClassifyFit fit =
                SequenceClassifier.fit(training, ClassifySpec.builder().build(), plan, FitOptions.defaults());

        // that of the nearest neighbour is .955
        assertThat(fit.classifier().evaluate(test).accuracy()).isGreaterThan(0.95);
    }
}
