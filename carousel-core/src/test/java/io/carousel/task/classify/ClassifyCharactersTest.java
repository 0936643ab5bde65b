package io.carousel.task.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.task.CharacterReader;
import io.carousel.task.FitOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifyCharactersTest {
    @TempDir
    private Path folder;

    private static SequenceClassifier classifier(CharacterReader reader) {
        return SequenceClassifier.fit(
                        Samples.moods(80, 1),
                        Samples.small().characters(reader).build(),
                        Samples.quick(),
                        FitOptions.defaults())
                .classifier();
    }

    @ParameterizedTest
    @EnumSource
    void everyReaderClassifiesAndIsReadBackWithTheSameBits(CharacterReader reader) throws IOException {
        SequenceClassifier classifier = classifier(reader);
        ExampleSet others = Samples.moods(40, 2);
        assertThat(classifier.evaluate(others).accuracy()).isGreaterThan(0.9);
        assertThat(classifier.encoding().characters() == null).isEqualTo(reader == CharacterReader.NONE);

        classifier.save(folder.resolve("m.carousel"));
        assertThat(SequenceClassifier.load(folder.resolve("m.carousel")).predict(others))
                .isEqualTo(classifier.predict(others));
    }

    /** All that words and characters say adds up to the score: nothing of the sentence is left in the baseline. */
    @Test
    void charactersAreExplainedTogetherWithTheirWord() {
        SequenceClassifier classifier = classifier(CharacterReader.CONVOLUTION);
        Explanation one = classifier.explain(Example.text("e", "the film is lovely"), "good");
        Explanation other = classifier.explain(Example.text("e", "was a story awful"), "good");

        assertThat(one.tokens()).containsExactly("the", "film", "is", "lovely");
        assertThat(one.weights()).hasSize(4);
        assertThat(List.of(one.complete(), other.complete())).containsOnly(true);
        assertThat(one.baseline()).as("that of any four words").isCloseTo(other.baseline(), within(0.0));
        assertThat(one.score()).isGreaterThan(other.score());
    }

    @Test
    void anUnknownWordIsReadByItsCharacters() {
        ExampleSet unknown = ExampleSet.ofTexts(
                "unknown", List.of(Example.text("a", "zzz", "good"), Example.text("b", "qq", "good")));

        List<Classification> alike = classifier(CharacterReader.NONE).predict(unknown);
        assertThat(alike.get(0).probabilities()).isEqualTo(alike.get(1).probabilities());
        List<Classification> apart = classifier(CharacterReader.CONVOLUTION).predict(unknown);
        assertThat(apart.get(0).probabilities()).isNotEqualTo(apart.get(1).probabilities());
    }
}
