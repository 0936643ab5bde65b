package io.carousel.task.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.task.FitOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static SequenceClassifier fit(ExampleSet set, ClassifySpec.Builder spec) {
        return SequenceClassifier.fit(set, spec.build(), Samples.quick(), FitOptions.defaults())
                .classifier();
    }

    @Test
    void theWordThatDecidesHasTheLargestWeight() {
        SequenceClassifier classifier = fit(Samples.moods(200, 1), Samples.small());
        Example example = Example.text("e", "the story is awful and a film");

        Explanation bad = classifier.explain(example, "bad");

        assertThat(bad.tokens()).containsExactly("the", "story", "is", "awful", "and", "a", "film");
        assertThat(bad.against()).isEqualTo("good");
        assertThat(bad.complete()).isTrue();
        assertThat(bad.weights()).allMatch(weight -> weight <= bad.weights().get(3));
        double sum = bad.weights().stream().mapToDouble(Double::doubleValue).sum();
        double sizes = bad.weights().stream().mapToDouble(Math::abs).sum();
        // what IntegratedGradients calls complete, beside the rounding of the outputs
        assertThat(sum).isCloseTo(bad.score() - bad.baseline(), within(0.01 * sizes + 1e-5));
    }

    @Test
    void twoLabelsSpeakAgainstEachOther() {
        SequenceClassifier classifier =
                fit(Samples.moods(60, 1), Samples.small().members(1));
        Example example = Example.text("e", "a good film");

        Explanation good = classifier.explain(example, "good");
        Explanation bad = classifier.explain(example, "bad");

        assertThat(good.score()).isEqualTo(-bad.score());
    }

    @Test
    void numbersAreExplainedByFeatureAndOneOfSeveralLabelsByItself() {
        Explanation wave = fit(Samples.waves(60, 1), Samples.small())
                .explain(Samples.waves(1, 5).examples().get(0), "fast");
        assertThat(wave.features()).containsExactly("x", "y");
        assertThat(wave.parts()).hasSize(wave.weights().size()).allMatch(row -> row.size() == 2);

        SequenceClassifier topics = fit(Samples.topics(60, 1), Samples.small().several(true));
        assertThat(topics.explain(Example.text("e", "camera"), "film").against())
                .isEmpty();
        assertThatThrownBy(() -> topics.explain(Example.text("e", "camera"), "dance"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label to explain must be one of the model, got dance; it has film, music");
        assertThat(List.of(wave.label(), wave.against())).containsExactly("fast", "slow");
    }
}
