package io.carousel.cli.detect;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.FitOutputs;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.PlanOptions;
import io.carousel.cli.command.Version;
import io.carousel.cli.command.WatchedFit;
import io.carousel.cli.report.Words;
import io.carousel.data.SeriesSet;
import io.carousel.model.Json;
import io.carousel.task.anomaly.AnomalyDetector;
import io.carousel.task.anomaly.AnomalyEncoding;
import io.carousel.task.anomaly.AnomalyFit;
import io.carousel.task.anomaly.AnomalySpec;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel detect fit}: learns what is usual in a history and writes the model. */
@Command(
        name = "fit",
        description = {
            "Learn what is usual from a history and write the model.",
            "The history should have few anomalies; its last part is held out to tell what errors are usual."
        },
        customSynopsis = {
            "carousel detect fit DATA.csv [--channels A,B] [--time COL] [--series COL]",
            "                    [--model forecast|reconstruction] [--scorer HOW] [--threshold P] [--quiet N]",
            "                    [--cell NAME] [--hidden N] [--layers N] [--epochs N] [--seed N] [--threads N]",
            "                    --out MODEL [--report REPORT.html] [--checkpoint DIR] [--json]",
            "                    [further options]"
        },
        descriptionHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Defaults: --hidden 32 --layers 1 --epochs 100 --patience 10 --learning-rate 0.003 --batch 16.",
            "",
            "Ctrl-C ends the training and keeps the best model so far.",
            "",
            "Example:  carousel detect fit examples/pump.csv --out pump.carousel"
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
    private final FitOutputs outputs = new FitOutputs();

    @ArgGroup(validate = false, heading = "%nTuning:%n")
    private TuningOptions tuning = new TuningOptions();

    FitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        AnomalySpec spec = specOptions.spec(tuning);
        TrainingPlan plan = planOptions.plan(AnomalyDetector.defaultPlan(), tuning, "carousel detect fit");
        int threads = planOptions.threads();
        outputs.check();
        SeriesSet history = SpecOptions.reader(spec).read(Inputs.check("data", data));
        console.say(history.notes());
        WatchedFit.run(
                console,
                outputs.options(threads),
                options -> AnomalyDetector.fit(history, spec, plan, options),
                fit -> keep(fit, history));
        return 0;
    }

    private void keep(AnomalyFit fit, SeriesSet history) throws IOException {
        fit.detector().save(outputs.out());
        outputs.tell(console, fit.stopped(), fit.notes(), history.notes());
        Path report = outputs.report();
        if (report != null) {
            AnomalyStories.write(report, fit.detector(), history, null);
        }
        if (outputs.json()) {
            printJson(fit);
        } else {
            print(history, fit);
        }
    }

    private void print(SeriesSet history, AnomalyFit fit) {
        AnomalyEncoding encoding = fit.detector().encoding();
        console.out()
                .println(console.bold(Words.count(encoding.channels().size(), "channel")) + " of "
                        + Console.plain(history.source()) + ", " + Words.count(encoding.events(), "event")
                        + "; trained in " + Words.seconds(fit.wallTime()));
        console.out()
                .println(console.faint(AnomalyStories.how(encoding) + "; " + Words.count(encoding.heldOut(), "event")
                        + " held out to tell what is usual"));
        outputs.print(console);
    }

    private void printJson(AnomalyFit fit) {
        ObjectNode object = outputs.json(fit.stopped(), fit.wallTime());
        AnomalyEncoding encoding = fit.detector().encoding();
        object.put("events", encoding.events());
        object.put("heldOut", encoding.heldOut());
        object.put("quiet", encoding.quiet());
        object.set("channels", Json.tree(encoding.names()));
        object.set("spec", Json.tree(fit.detector().spec()));
        object.set("notes", Json.tree(fit.notes()));
        object.set("provenance", Json.tree(fit.detector().model().provenance()));
        console.out().println(Json.writePretty(object));
    }
}
