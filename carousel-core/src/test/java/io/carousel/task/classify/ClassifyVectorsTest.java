package io.carousel.task.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.task.FitOptions;
import io.carousel.text.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyVectorsTest {
    @TempDir
    private Path folder;

    private WordVectors vectors;

    @BeforeEach
    void write() throws IOException {
        vectors = WordVectors.of(Files.writeString(folder.resolve("glove.txt"), """
                Film 1 2 3
                good 4 5 6
                bad -4 -5 -6
                elsewhere 3 3 3
                """));
    }

    private ClassifyFit fit(ClassifySpec.Builder spec, int epochs) {
        return SequenceClassifier.fit(
                Samples.moods(60, 1),
                null,
                vectors,
                spec.embedding(0).members(2).build(),
                Samples.quick().withEpochs(epochs),
                FitOptions.defaults());
    }

    private static float[] row(SequenceClassifier classifier, int member, String word) {
        int number = classifier.encoding().vocabulary().number(word);
        var parameters = classifier.model().network().parameters();
        int at = parameters.get("embedding" + member + ".weight").offset() + 3 * number;
        return Arrays.copyOfRange(parameters.values(), at, at + 3);
    }

    @Test
    void frozenRowsKeepTheVectorsOfTheFileInEveryMember() throws IOException {
        ClassifyFit fit = fit(Samples.small().frozenWords(true), 2);

        assertThat(fit.notes()).contains("3 of 16 words have a vector of glove.txt, 1 of them by their small letters");
        assertThat(fit.classifier().encoding().chosen().embedding()).isEqualTo(3);
        fit.classifier().save(folder.resolve("m.carousel"));
        SequenceClassifier loaded = SequenceClassifier.load(folder.resolve("m.carousel"));
        for (int member = 1; member <= 2; member++) {
            assertThat(row(loaded, member, "good")).containsExactly(4, 5, 6);
            assertThat(row(loaded, member, "film")).as("by its small letters").containsExactly(1, 2, 3);
        }
        assertThat(row(loaded, 1, "story")).as("without a vector").isNotEqualTo(row(loaded, 2, "story"));
    }

    @Test
    void otherRowsAreLearnedFromTheVectorsOn() {
        float[] learned = row(fit(Samples.small(), 2).classifier(), 1, "good");

        assertThat(learned).isNotEqualTo(new float[] {4, 5, 6});
        for (int k = 0; k < 3; k++) {
            // an update of AdamW moves a weight by little more than the rate, and decay is small
            assertThat(learned[k]).isBetween(3.5f + k, 4.5f + k);
        }
    }

    @Test
    void whatFrozenRowsSpeakForIsExplained() {
        SequenceClassifier classifier =
                fit(Samples.small().frozenWords(true), 12).classifier();
        Explanation explanation = classifier.explain(Example.text("e", "the film is good"), "good");

        assertThat(explanation.tokens()).containsExactly("the", "film", "is", "good");
        assertThat(explanation.complete()).isTrue();
        assertThat(Collections.max(explanation.weights()))
                .isEqualTo(explanation.weights().get(3));
    }

    @Test
    void vectorsThatDoNotFitAreRefused() throws IOException {
        assertThatThrownBy(() -> SequenceClassifier.fit(
                        Samples.waves(20, 1),
                        null,
                        vectors,
                        ClassifySpec.builder().build(),
                        Samples.quick(),
                        FitOptions.defaults()))
                .isInstanceOf(DataException.class)
                .hasMessage("vectors of words must come with texts, got numbers; leave the vectors out");
        assertThatThrownBy(() -> SequenceClassifier.fit(
                        Samples.moods(20, 1),
                        null,
                        vectors,
                        ClassifySpec.builder().embedding(8).build(),
                        Samples.quick(),
                        FitOptions.defaults()))
                .isInstanceOf(DataException.class)
                .hasMessage("embedding must be that of the vectors, 3, got 8; leave it out");
    }
}
