package io.carousel.task.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.task.FitOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceClassifierTest {
    @TempDir
    private Path folder;

    private static SequenceClassifier fit(ExampleSet set, ClassifySpec spec) {
        return SequenceClassifier.fit(set, spec, Samples.quick(), FitOptions.defaults())
                .classifier();
    }

    @Test
    void learnsTextsOfOneLabel() {
        SequenceClassifier classifier =
                fit(Samples.moods(200, 1), Samples.small().build());
        ClassifyEvaluation evaluation = classifier.evaluate(Samples.moods(100, 2));
        assertThat(evaluation.accuracy()).isGreaterThan(0.95);
        assertThat(classifier.labels()).containsExactly("bad", "good");
    }

    @Test
    void learnsTextsOfSeveralLabels() {
        SequenceClassifier classifier =
                fit(Samples.topics(200, 1), Samples.small().several(true).build());
        assertThat(classifier.evaluate(Samples.topics(100, 2)).accuracy()).isGreaterThan(0.95);
    }

    @Test
    void learnsNumbers() {
        SequenceClassifier classifier =
                fit(Samples.waves(120, 1), Samples.small().build());
        assertThat(classifier.evaluate(Samples.waves(100, 2)).accuracy()).isGreaterThan(0.95);
    }

    @Test
    void aModelThatIsSavedAndLoadedGivesTheSameBits() throws IOException {
        SequenceClassifier classifier =
                fit(Samples.moods(60, 1), Samples.small().build());
        Path file = folder.resolve("m.carousel");
        classifier.save(file);
        SequenceClassifier loaded = SequenceClassifier.load(file);
        assertThat(loaded.encoding()).isEqualTo(classifier.encoding());
        ExampleSet others = Samples.moods(20, 3);
        assertThat(loaded.predict(others)).isEqualTo(classifier.predict(others));
    }
}
