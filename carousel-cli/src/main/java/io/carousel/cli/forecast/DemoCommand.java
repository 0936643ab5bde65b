package io.carousel.cli.forecast;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.PlanOptions;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.cli.command.WatchedFit;
import io.carousel.data.SeriesSet;
import io.carousel.task.FitOptions;
import io.carousel.task.forecast.ForecastEvaluation;
import io.carousel.task.forecast.ForecastFit;
import io.carousel.task.forecast.ForecastSpec;
import io.carousel.task.forecast.Forecaster;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carousel demo}: the whole life-cycle on the series that is shipped. */
@Command(
        name = "demo",
        description = "Train on a series that is shipped, print the evaluation, write a report.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class DemoCommand implements Callable<Integer> {
    private static final int YEARS = 2;

    private final Console console;

    @Mixin
    private final PlanOptions planOptions = new PlanOptions();

    @Option(
            names = "--report",
            paramLabel = "HTML",
            defaultValue = "carousel-report.html",
            description = "Where to write the report. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path report;

    public DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Outputs.check("--report", report);
        Path data = example();
        ForecastSpec spec =
                ForecastSpec.builder("co2").time("month").horizon(12 * YEARS).build();
        SeriesSet set = new DataOptions().read(data, spec, console);
        TrainingPlan plan = planOptions.plan(Forecaster.defaultPlan(set), new TuningOptions(), "carousel demo");
        WatchedFit.run(
                console,
                FitOptions.defaults().withThreads(planOptions.threads()),
                options -> Forecaster.fit(set, spec, plan, options),
                fit -> tell(fit, set, data));
        return 0;
    }

    private void tell(ForecastFit fit, SeriesSet set, Path data) throws IOException {
        ForecastRun run = new ForecastRun(console);
        ForecastRun.Outcome outcome = run.keep(fit, set, null);
        Forecaster forecaster = fit.forecaster();
        @Nullable ForecastEvaluation evaluation = outcome.evaluation();
        run.report(report, set, forecaster, evaluation, forecaster.predict(set));
        FitCommand.describe(console, set, outcome);
        console.out().println();
        if (evaluation != null) {
            EvaluationTable.print(console, evaluation);
            console.out().println();
        }
        console.out().println("Report: " + report.toAbsolutePath().normalize() + " (open it in a browser)");
        console.out()
                .println(console.faint("The same with a file of yours: carousel forecast fit " + data
                        + " --target co2 --horizon " + 12 * YEARS + " --out co2.carousel --report report.html"));
    }

    /** The series shipped with this distribution. */
    private static Path example() {
        Path home = Path.of(System.getProperty("carousel.home", "."));
        Path file = home.resolve("examples").resolve("co2.csv");
        if (!Files.exists(file)) {
            throw new UserMistake("there is no example " + file + "; run the carousel script of the distribution");
        }
        return file;
    }
}
