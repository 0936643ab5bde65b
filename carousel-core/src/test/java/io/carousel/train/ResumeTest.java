package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Parameters;
import io.carousel.model.SafeTensors;
import io.carousel.optim.RmsProp;
import io.carousel.tensor.Rng;
import io.carousel.train.TrainingResult.Ending;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
    private static final TrainingPlan PLAN = TrainingPlan.defaults()
            .withEpochs(10)
            .withBatchSize(1)
            .withShardSize(1)
            .withLearningRate(0.03)
            .withOptimizer(new RmsProp())
            .withPatience(5);

    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    void promiseTwoARunThatWasKilledAtAnyMomentEndsWithTheSameBits() throws Exception {
        long seed = 20261120;
        Rng rng = Rng.of(seed);
        Path checkpoint = folder.resolve("killed.checkpoint");
        Path result = folder.resolve("result");
        int reached = 0;
        int kills = 0;
        while (reached < KilledTraining.STEPS - 10) {
            int until = Math.min(KilledTraining.STEPS - 1, reached + 1 + rng.nextInt(20));
            int last = Math.min(KilledTraining.STEPS - 1, until + 10);
            Process process = start(checkpoint, result, 1 + rng.nextInt(3), last);
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line;
                while (reached < until && (line = out.readLine()) != null) {
                    reached = Integer.parseInt(line);
                }
                TimeUnit.MICROSECONDS.sleep(rng.nextInt(15_000));
                process.destroyForcibly();
                process.waitFor();
            }
            kills++;
            assertThat(result).as("seed %d: killed before the end", seed).doesNotExist();
        }
        assertThat(kills).as("seed %d", seed).isGreaterThanOrEqualTo(3);

        Process last = start(checkpoint, result, 2, Integer.MAX_VALUE);
        last.getInputStream().readAllBytes();
        assertThat(last.waitFor()).isZero();

        assertThat(Files.readAllBytes(result)).as("seed %d", seed).isEqualTo(KilledTraining.uninterrupted());
    }

    private static Process start(Path checkpoint, Path result, int threads, int last) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-modules"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                KilledTraining.class.getName(),
                checkpoint.toString(),
                result.toString(),
                Integer.toString(threads),
                Integer.toString(last)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void aTrainingStoppedAtAnyStepAndResumedHasTheSameHistoryAndBits() {
        Parameters expected = OneWeight.weight(0);
        TrainingResult whole = fit(Trainer.builder(PLAN), expected);
        assertThat(whole.ending()).isEqualTo(Ending.EARLY);
        for (int stop = 1; stop < whole.steps(); stop++) {
            Path file = folder.resolve("stopped-" + stop);
            List<Trainer> trainer = new ArrayList<>();
            int last = stop;
            trainer.add(Trainer.builder(PLAN)
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
            TrainingResult part = fit(trainer.get(0), OneWeight.weight(0));
            assertThat(part.ending()).isEqualTo(Ending.STOPPED);
            assertThat(part.steps()).isEqualTo(stop);

            Parameters resumed = OneWeight.weight(0.7f);
            assertThat(fit(Trainer.builder(PLAN).checkpoint(file).resume(true), resumed))
                    .isEqualTo(whole);
            assertThat(resumed.values()).isEqualTo(expected.values());
        }
    }

    @Test
    void resumingATrainingThatHasEndedGivesItsResultAgain() {
        Path file = folder.resolve("ended");
        Parameters first = OneWeight.weight(0);
        TrainingResult result = fit(Trainer.builder(PLAN).checkpoint(file).resume(true), first);
        Parameters again = OneWeight.weight(0);
        assertThat(fit(Trainer.builder(PLAN).checkpoint(file).resume(true), again))
                .isEqualTo(result);
        assertThat(again.values()).isEqualTo(first.values());
    }

    @Test
    void promiseFiveACheckpointOfAnotherRunIsRefused() throws IOException {
        Path file = folder.resolve("one");
        fit(Trainer.builder(PLAN).checkpoint(file).identity("airline"), OneWeight.weight(0));

        assertRefused(
                Trainer.builder(PLAN).checkpoint(file).identity("airline"),
                IllegalArgumentException.class,
                "checkpoint " + file + " must not exist yet, got a file; resume it, or delete it to start anew");
        String remedy = "; resume it with what it was started with, or choose another file";
        assertRefused(
                Trainer.builder(PLAN.withLearningRate(0.5))
                        .checkpoint(file)
                        .identity("airline")
                        .resume(true),
                UncheckedIOException.class,
                file + ": checkpoint must be of the same run, got another plan.learningRate: 0.03 instead of 0.5"
                        + remedy);
        assertRefused(
                Trainer.builder(PLAN).checkpoint(file).resume(true),
                UncheckedIOException.class,
                file + ": checkpoint must be of the same run, got another identity: \"airline\" instead of \"\""
                        + remedy);
        SafeTensors.write(file, Map.of(), List.of());
        assertRefused(
                Trainer.builder(PLAN).checkpoint(file).resume(true),
                UncheckedIOException.class,
                file
                        + ": carousel.kind must be checkpoint-1, got null; it is no checkpoint, or one of another release");
    }

    @Test
    void aCheckpointIsWrittenAfterTheIntervalOnly() throws IOException {
        Path file = folder.resolve("rare");
        boolean[] exists = new boolean[2];
        fit(
                Trainer.builder(PLAN)
                        .checkpoint(file)
                        .checkpointEvery(Duration.ofDays(1))
                        .listener(new TrainingListener() {
                            @Override
                            public void step(StepReport report) {
                                exists[0] |= Files.exists(file);
                            }
                        }),
                OneWeight.weight(0));
        assertThat(exists[0]).isFalse();
        assertThat(file).exists();
    }

    private static void assertRefused(Trainer.Builder builder, Class<?> type, String message) {
        Parameters parameters = OneWeight.weight(0.25f);
        assertThatThrownBy(() -> fit(builder, parameters)).isInstanceOf(type).hasMessage(message);
        assertThat(parameters.values()).as("untouched").containsExactly(0.25f);
    }

    private static TrainingResult fit(Trainer.Builder builder, Parameters parameters) {
        return fit(builder.threads(2).build(), parameters);
    }

    private static TrainingResult fit(Trainer trainer, Parameters parameters) {
        return trainer.fit(OneWeight.squaredDistance(parameters, 2), OneWeight.squaredDistance(parameters, 0.5));
    }
}
