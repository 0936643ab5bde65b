package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.SeriesSet;
import io.carousel.model.FormatException;
import io.carousel.task.FitListener;
import io.carousel.task.FitOptions;
import io.carousel.task.StopSignal;
import io.carousel.tensor.Rng;
import io.carousel.train.EpochReport;
import io.carousel.train.StepReport;
import io.carousel.train.TrainingPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second promise, for a whole fit: interrupted and resumed, it gives the same bits. */
class ForecastResumeTest {
    private static final SeriesSet SET = Examples.monthly("units", Examples.sales(96, 1));
    private static final ForecastSpec SPEC =
            Examples.small("units").horizon(2).members(3).build();
    private static final TrainingPlan PLAN = Examples.quick();
    private static final Forecaster WHOLE =
            Forecaster.fit(SET, SPEC, PLAN, FitOptions.defaults()).forecaster();

    @TempDir
    private Path folder;

    private FitOptions options() {
        return FitOptions.defaults().withCheckpoints(folder).withCheckpointEvery(Duration.ZERO);
    }

    /** Does something at an update of a stage whose name begins so. */
    private static FitListener at(String stage, int step, Runnable action) {
        return new FitListener() {
            private String name = "";

            @Override
            public void stage(String begun, int index, int count) {
                name = begun;
            }

            @Override
            public void step(StepReport report) {
                if (name.startsWith(stage) && report.step() == step) {
                    action.run();
                }
            }
        };
    }

    private static void assertWhole(Forecaster resumed) {
        assertThat(resumed.model().network().parameters().values())
                .isEqualTo(WHOLE.model().network().parameters().values());
        assertThat(resumed.encoding()).isEqualTo(WHOLE.encoding());
        assertThat(resumed.predict(SET)).isEqualTo(WHOLE.predict(SET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training member 1 of 3",
                "training member 2 of 3",
                "training member 3 of 3",
                "training member 1 on all rows",
            })
    void promiseTwoAFitThatBreaksInAnyStageAndIsResumedEndsWithTheSameBits(String stage) {
        FitListener breaking = at(stage, 3, () -> {
            throw new IllegalStateException("a crash");
        });
        assertThatThrownBy(() -> Forecaster.fit(SET, SPEC, PLAN, options().withListener(breaking)))
                .hasMessage("a crash");
        assertThat(folder).isNotEmptyDirectory();

        assertWhole(Forecaster.fit(SET, SPEC, PLAN, options().withThreads(2)).forecaster());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @Tag("slow")
    void promiseTwoAFitThatWasKilledAtAnyMomentEndsWithTheSameBits() throws Exception {
        long seed = 20261120;
        Rng rng = Rng.of(seed);
        Path result = folder.resolve("result");
        Path checkpoints = folder.resolve("checkpoints");
        int kills = 0;
        while (true) {
            int threads = 1 + rng.nextInt(3);
            int until = 12 + rng.nextInt(16);
            Process process = start(checkpoints, result, threads, until + 8);
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                int steps = 0;
                while (steps < until && out.readLine() != null) {
                    steps++;
                }
                if (steps < until) {
                    assertThat(process.waitFor()).isZero();
                    break;
                }
                TimeUnit.MICROSECONDS.sleep(rng.nextInt(2_000));
                process.destroyForcibly();
                process.waitFor();
            }
            if (Files.exists(result)) { // it was done before the signal came
                break;
            }
            kills++;
        }

        assertThat(kills).as("seed %d", seed).isGreaterThanOrEqualTo(3);
        assertThat(Files.readAllBytes(result)).as("seed %d", seed).isEqualTo(KilledFit.uninterrupted());
        assertThat(checkpoints).isEmptyDirectory();
    }

    private static Process start(Path checkpoints, Path result, int threads, int count) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-modules"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                KilledFit.class.getName(),
                checkpoints.toString(),
                result.toString(),
                Integer.toString(threads),
                Integer.toString(count)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void promiseTwoAFitThatIsStoppedAndResumedEndsWithTheSameBits() {
        StopSignal stop = new StopSignal();
        FitOptions stopping = options()
                .withCheckpointEvery(Duration.ofDays(1))
                .withStop(stop)
                .withListener(at("training member 2 of 3", 4, stop::stop));
        ForecastFit stopped = Forecaster.fit(SET, SPEC, PLAN, stopping);
        assertThat(stopped.stopped()).isTrue();

        int[] steps = new int[1];
        FitListener counting = new FitListener() {
            @Override
            public void step(StepReport report) {
                steps[0] = steps[0] == 0 ? (int) report.step() : steps[0];
            }

            @Override
            public void epoch(EpochReport report) {}
        };
        assertWhole(Forecaster.fit(SET, SPEC, PLAN, options().withListener(counting))
                .forecaster());
        assertThat(steps[0]).as("the first update that was made anew").isEqualTo(5);
    }

    @Test
    void promiseFiveCheckpointsOfAnotherFitAreRefusedAndLeftAlone() throws Exception {
        FitListener breaking = at("training member 2 of 3", 3, () -> {
            throw new IllegalStateException("a crash");
        });
        assertThatThrownBy(() -> Forecaster.fit(SET, SPEC, PLAN, options().withListener(breaking)))
                .hasMessage("a crash");
        Path run = folder.resolve("fit.json");
        String remedy = "; go on with the data and options that it was started with, or choose another folder";

        assertThatThrownBy(() -> Forecaster.fit(SET, SPEC, PLAN.withEpochs(4), options()))
                .hasCauseInstanceOf(FormatException.class)
                .hasMessage(run + ": checkpoints must be of the same fit, got another plan.epochs: 3 instead of 4"
                        + remedy);
        ForecastSpec wider =
                Examples.small("units").horizon(2).members(3).hidden(9).build();
        assertThatThrownBy(() -> Forecaster.fit(SET, wider, PLAN, options()))
                .hasMessage(run + ": checkpoints must be of the same fit, got another spec.hidden: 8 instead of 9"
                        + remedy);
        double[] values = Examples.sales(96, 1);
        values[95] += 1e-9;
        assertThatThrownBy(() -> Forecaster.fit(Examples.monthly("units", values), SPEC, PLAN, options()))
                .hasMessageStartingWith(run + ": checkpoints must be of the same fit, got another data: ")
                .hasMessageEndingWith(remedy);
        Files.writeString(run, "{");
        assertThatThrownBy(() -> Forecaster.fit(SET, SPEC, PLAN, options())).hasCauseInstanceOf(FormatException.class);
        assertThat(Files.readString(run)).isEqualTo("{");
    }

    @Test
    void folderThatIsAFileIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Forecaster.fit(SET, SPEC, PLAN, options().withCheckpoints(file)))
                .hasMessageContaining(file.toString());
    }
}
