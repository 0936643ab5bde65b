package io.carousel.task.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.task.FitOptions;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    @Test
    void theWordThatDecidesHasTheLargestWeight() {
        SequenceClassifier classifier = SequenceClassifier.fit(
                        Samples.moods(200, 1), Samples.small().build(), Samples.quick(), FitOptions.defaults())
                .classifier();
        Example example = Example.text("e", "the story is awful and a film");

        Explanation bad = classifier.explain(example, "bad");
        Explanation good = classifier.explain(example, "good");

        assertThat(bad.tokens()).containsExactly("the", "story", "is", "awful", "and", "a", "film");
        assertThat(bad.complete()).isTrue();
        double sum = 0;
        for (int t = 0; t < 7; t++) {
            double weight = bad.weights().get(t).get(0);
            sum += weight;
            assertThat(weight).isLessThanOrEqualTo(bad.weights().get(3).get(0));
            // Of two labels the one speaks against the other, but for the last bits of floats.
            assertThat(good.weights().get(t).get(0)).isCloseTo(-weight, within(1e-4 * Math.abs(bad.score())));
        }
        assertThat(sum).isCloseTo(bad.score() - bad.baseline(), within(0.05 * Math.abs(bad.score())));
        double p = classifier
                .predict(ExampleSet.ofTexts("e", java.util.List.of(example)))
                .get(0)
                .probabilities()
                .get(0);
        // The score is the logarithm of the odds, from floats.
        assertThat(p).isCloseTo(1 / (1 + Math.exp(-bad.score())), within(1e-4));
    }

    @Test
    void numbersAndSeveralLabelsAreExplainedToo() {
        SequenceClassifier waves = SequenceClassifier.fit(
                        Samples.waves(60, 1), Samples.small().build(), Samples.quick(), FitOptions.defaults())
                .classifier();
        Example wave = Samples.waves(1, 5).examples().get(0);
        Explanation fast = waves.explain(wave, "fast");
        assertThat(fast.tokens()).isEmpty();
        assertThat(fast.weights()).hasSizeBetween(12, 16).allMatch(row -> row.size() == 2);

        SequenceClassifier topics = SequenceClassifier.fit(
                        Samples.topics(60, 1),
                        Samples.small().several(true).build(),
                        Samples.quick(),
                        FitOptions.defaults())
                .classifier();
        assertThat(topics.explain(Example.text("e", "camera"), "film").weights())
                .hasSize(1);
        assertThatThrownBy(() -> topics.explain(Example.text("e", "camera"), "dance"))
                .hasMessage("label to explain must be one of the model, got dance; it has film, music");
    }
}
