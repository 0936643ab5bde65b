package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.layer.Network;
import io.carousel.loss.SquaredLoss;
import io.carousel.train.TrainingResult.Ending;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncatedBackpropagationResumeTest {
    private static final TrainingPlan PLAN = TrainingPlan.defaults()
            .withEpochs(2)
            .withBatchSize(3)
            .withShardSize(2)
            .withLearningRate(0.02);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "k1 = {0}, k2 = {1}")
    @CsvSource({"3, 3", "2, 4"})
    void aTrainingStoppedInsideAMiniBatchAndResumedHasTheSameHistoryAndBits(int k1, int k2) {
        Network expected = ChunkTask.network(0.3);
        TrainingResult whole = fit(Trainer.builder(PLAN).threads(1).build(), expected, k1, k2);
        assertThat(whole.steps()).isGreaterThan(10);
        for (int stop = 1; stop < whole.steps(); stop++) {
            Path file = folder.resolve("stopped-" + stop);
            List<Trainer> trainer = new ArrayList<>();
            int last = stop;
            trainer.add(Trainer.builder(PLAN)
                    .threads(2)
                    .checkpoint(file)
                    .listener(new TrainingListener() {
                        @Override
                        public void step(StepReport report) {
                            if (report.step() == last) {
                                trainer.get(0).stop();
                            }
                        }
                    })
                    .build());
            TrainingResult part = fit(trainer.get(0), ChunkTask.network(0.3), k1, k2);
            assertThat(part.ending()).isEqualTo(Ending.STOPPED);

            Network resumed = ChunkTask.network(0.3);
            Trainer again = Trainer.builder(PLAN)
                    .threads(2)
                    .checkpoint(file)
                    .resume(true)
                    .build();
            assertThat(fit(again, resumed, k1, k2)).as("stopped at %d", stop).isEqualTo(whole);
            assertThat(resumed.parameters().values())
                    .as("stopped at %d", stop)
                    .isEqualTo(expected.parameters().values());
        }
    }

    @Test
    void promiseFiveACheckpointOfOtherChunksIsRefused() {
        Path file = folder.resolve("chunks");
        fit(Trainer.builder(PLAN).checkpoint(file).identity("a text").build(), ChunkTask.network(0), 3, 3);
        Trainer other = Trainer.builder(PLAN)
                .checkpoint(file)
                .identity("a text")
                .resume(true)
                .build();

        assertThatThrownBy(() -> fit(other, ChunkTask.network(0), 4, 4))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(file
                        + ": checkpoint must be of the same run, got another identity: \"a text; an update every 3 "
                        + "time steps, gradients through 3\" instead of \"a text; an update every 4 time steps, gradients "
                        + "through 4\"; resume it with what it was started with, or choose another file");
    }

    private static TrainingResult fit(Trainer trainer, Network network, int k1, int k2) {
        SquaredLoss loss = new SquaredLoss();
        return trainer.fit(
                new TruncatedBackpropagation(network, loss, ChunkTask.each(9, 4, 0, 12, 7), k1, k2),
                new TruncatedBackpropagation(network, loss, ChunkTask.packed(), 4, 4));
    }
}
