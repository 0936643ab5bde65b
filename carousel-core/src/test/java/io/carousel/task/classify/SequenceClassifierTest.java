package io.carousel.task.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.task.FitListener;
import io.carousel.task.FitOptions;
import io.carousel.task.StopSignal;
import io.carousel.train.EpochReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceClassifierTest {
    private static final ExampleSet MOODS = Samples.moods(60, 1);

    @TempDir
    private Path folder;

    private static ClassifyFit fit(FitOptions options) {
        return SequenceClassifier.fit(
                MOODS, Samples.small().build(), Samples.quick().withEpochs(4), options);
    }

    @Test
    void aModelThatIsSavedAndLoadedGivesTheSameBits() throws IOException {
        SequenceClassifier classifier = fit(FitOptions.defaults()).classifier();
        Path file = folder.resolve("m.carousel");
        classifier.save(file);

        SequenceClassifier loaded = SequenceClassifier.load(file);

        assertThat(loaded.encoding()).isEqualTo(classifier.encoding());
        assertThat(loaded.predict(MOODS)).isEqualTo(classifier.predict(MOODS));
        assertThat(loaded.model().provenance().dataSha256()).isEqualTo(MOODS.sha256());
    }

    @Test
    void aFitThatWasStoppedGoesOnToTheSameModel() {
        FitOptions kept = FitOptions.defaults()
                .withCheckpoints(folder.resolve("checkpoints"))
                .withCheckpointEvery(Duration.ZERO);
        StopSignal stop = new StopSignal();
        ClassifyFit stopped = fit(kept.withStop(stop).withListener(new FitListener() {
            @Override
            public void epoch(EpochReport report) {
                if (report.epoch() == 2) {
                    stop.stop();
                }
            }
        }));

        ClassifyFit resumed = fit(kept);

        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.stages()).hasSize(1);
        ClassifyFit whole = fit(FitOptions.defaults());
        assertThat(resumed.classifier().encoding()).isEqualTo(whole.classifier().encoding());
        assertThat(resumed.classifier().predict(MOODS))
                .isEqualTo(whole.classifier().predict(MOODS));
    }

    @Test
    void checkpointsOfOtherExamplesAreRefused() {
        FitOptions kept = FitOptions.defaults().withCheckpoints(folder.resolve("checkpoints"));
        StopSignal stop = new StopSignal();
        stop.stop();
        fit(kept.withStop(stop));

        assertThatThrownBy(() -> SequenceClassifier.fit(
                        Samples.moods(60, 2),
                        Samples.small().build(),
                        Samples.quick().withEpochs(4),
                        kept))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("checkpoints must be of the same fit, got another data");
    }

    @Test
    void givenValidationExamplesChooseInPlaceOfAPart() {
        ClassifyFit fit = SequenceClassifier.fit(
                MOODS,
                Samples.moods(25, 3),
                Samples.small().build(),
                Samples.quick().withEpochs(4),
                FitOptions.defaults());

        ClassifyEncoding.ValidationScores scores = fit.classifier().encoding().validation();
        assertThat(scores).isNotNull();
        assertThat(scores.examples()).isEqualTo(25);
        assertThat(scores.accuracy())
                .isEqualTo(fit.classifier().evaluate(Samples.moods(25, 3)).accuracy());
    }

    @Test
    void foldsHoldEveryExampleBackOnceAndShareTheLabels() {
        List<ExampleSet.Fold> folds = MOODS.folds(5, 1);

        assertThat(folds.stream().flatMap(fold -> fold.test().examples().stream()))
                .containsExactlyInAnyOrderElementsOf(MOODS.examples());
        long good = MOODS.examples().stream()
                .filter(example -> example.labels().contains("good"))
                .count();
        for (ExampleSet.Fold fold : folds) {
            assertThat(fold.training().size() + fold.test().size()).isEqualTo(60);
            assertThat(fold.test().examples().stream()
                            .filter(example -> example.labels().contains("good"))
                            .count())
                    .isBetween(good / 5, good / 5 + 1);
        }
        assertThat(MOODS.folds(5, 1)).isEqualTo(folds);
    }

    @Test
    void probabilitiesSumToOneAndTheLargestIsChosen() {
        SequenceClassifier classifier = fit(FitOptions.defaults()).classifier();

        for (Classification each : classifier.predict(MOODS)) {
            double sum = each.probabilities().get(0) + each.probabilities().get(1);
            // two quotients of doubles
            assertThat(Math.abs(sum - 1)).isLessThan(0x1p-50);
            int chosen = classifier.labels().indexOf(each.labels().get(0));
            assertThat(each.probabilities().get(chosen)).isGreaterThanOrEqualTo(0.5);
        }
    }
}
