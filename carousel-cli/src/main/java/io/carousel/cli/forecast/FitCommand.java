package io.carousel.cli.forecast;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.FitOutputs;
import io.carousel.cli.command.PlanOptions;
import io.carousel.cli.command.Version;
import io.carousel.cli.command.WatchedFit;
import io.carousel.cli.report.Words;
import io.carousel.data.SeriesSet;
import io.carousel.model.Json;
import io.carousel.task.forecast.ForecastEncoding;
import io.carousel.task.forecast.ForecastEvaluation;
import io.carousel.task.forecast.ForecastFit;
import io.carousel.task.forecast.ForecastSpec;
import io.carousel.task.forecast.Forecaster;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel forecast fit}: trains on a file and writes the model. */
@Command(
        name = "fit",
        description = {
            "Learn a column of a CSV file and write the model.",
            "The last part of the data is kept back from the training and tells how good the model is."
        },
        customSynopsis = {
            "carousel forecast fit DATA.csv --target COL [--time COL] [--inputs A,B] [--series COL]",
            "                      --horizon N [--season N] [--window N] [--cell NAME] [--hidden N] [--layers N]",
            "                      [--quantiles 0.1,0.5,0.9] [--epochs N] [--seed N] [--threads N]",
            "                      --out MODEL [--report REPORT.html] [--checkpoint DIR] [--json]",
            "                      [further options]"
        },
        descriptionHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Defaults: --hidden 32 --layers 1 --epochs 60 --patience 8; --learning-rate 0.001 --batch 32,",
            "from 5000 rows on 0.002 and 128.",
            "",
            "Ctrl-C ends the training and keeps the best model so far.",
            "",
            "Example:  carousel forecast fit airline.csv --target passengers --horizon 12 --out m.carousel"
        })
final class FitCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DATA.csv", description = "A CSV file with a header, plain or compressed with gzip.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final SpecOptions specOptions = new SpecOptions();

    @Mixin
    private final PlanOptions planOptions = new PlanOptions();

    @Mixin
    private final DataOptions dataOptions = new DataOptions();

    @Mixin
    private final FitOutputs outputs = new FitOutputs();

    @ArgGroup(validate = false, heading = "%nTuning:%n")
    private TuningOptions tuning = new TuningOptions();

    FitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        ForecastSpec spec = specOptions.spec(tuning);
        int threads = planOptions.threads();
        outputs.check();
        SeriesSet set = dataOptions.read(data, spec, console);
        TrainingPlan plan = planOptions.plan(Forecaster.defaultPlan(set), tuning, "carousel forecast fit");
        WatchedFit.run(
                console,
                outputs.options(threads),
                options -> Forecaster.fit(set, spec, plan, options),
                fit -> keep(fit, set));
        return 0;
    }

    private void keep(ForecastFit fit, SeriesSet set) throws IOException {
        ForecastRun run = new ForecastRun(console);
        ForecastRun.Outcome outcome = run.keep(fit, set, outputs.out());
        Path report = outputs.report();
        if (report != null) {
            Forecaster forecaster = fit.forecaster();
            run.report(report, set, forecaster, outcome.evaluation(), run.forecastsIfAny(forecaster, set));
        }
        if (outputs.json()) {
            printJson(outcome);
        } else {
            print(set, outcome);
        }
    }

    private void print(SeriesSet set, ForecastRun.Outcome outcome) {
        describe(console, set, outcome);
        ForecastEvaluation evaluation = outcome.evaluation();
        if (evaluation != null) {
            console.out().println();
            EvaluationTable.print(console, evaluation);
        }
        outputs.print(console);
    }

    /** Says what was learned and how. */
    static void describe(Console console, SeriesSet set, ForecastRun.Outcome outcome) {
        Forecaster forecaster = outcome.fit().forecaster();
        ForecastEncoding encoding = forecaster.encoding();
        console.out()
                .println(console.bold(Console.plain(forecaster.spec().target())) + " of " + set.source() + ", "
                        + Words.count(forecaster.spec().horizon(), "step") + " ahead; trained in "
                        + Words.seconds(outcome.fit().wallTime()));
        console.out()
                .println(console.faint("season " + encoding.numbers().season() + ", window "
                        + encoding.numbers().window() + ", "
                        + encoding.transform().inWords()));
    }

    private void printJson(ForecastRun.Outcome outcome) {
        ObjectNode object = outputs.json(outcome.fit().stopped(), outcome.fit().wallTime());
        ForecastEvaluation evaluation = outcome.evaluation();
        if (evaluation != null) {
            object.setAll((ObjectNode) Json.tree(evaluation));
        }
        Forecaster forecaster = outcome.fit().forecaster();
        ForecastEncoding encoding = forecaster.encoding();
        ObjectNode choices = object.putObject("choices");
        choices.put("season", encoding.numbers().season());
        choices.put("window", encoding.numbers().window());
        choices.set("transform", Json.tree(encoding.transform()));
        object.set("spec", Json.tree(forecaster.spec()));
        object.set("provenance", Json.tree(forecaster.model().provenance()));
        console.out().println(Json.writePretty(object));
    }
}
