package io.carousel.cli.encode;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.ExampleOptions;
import io.carousel.cli.command.FitOutputs;
import io.carousel.cli.command.PlanOptions;
import io.carousel.cli.command.Version;
import io.carousel.cli.command.WatchedFit;
import io.carousel.cli.report.Words;
import io.carousel.model.Json;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.encode.Autoencoder;
import io.carousel.task.encode.EncodeEncoding;
import io.carousel.task.encode.EncodeEvaluation;
import io.carousel.task.encode.EncodeFit;
import io.carousel.task.encode.EncodeSpec;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel encode fit}: trains on a file and writes the model. */
@Command(
        name = "fit",
        description = {
            "Learn to compress sequences, texts or numbers, and write the model.",
            "Labels are not looked at. Some examples are set aside to choose when to stop."
        },
        customSynopsis = {
            "carousel encode fit DATA --out MODEL [--format FORMAT] [--text COL] [--id COL] [--key COL]",
            "                    [--label COL] [--features A,B] [--validation FILE] [--decoder KIND]",
            "                    [--ahead N] [--size N] [--variational] [--tokens KIND] [--cell NAME]",
            "                    [--hidden N] [--layers N] [--direction ORDER] [--epochs N] [--seed N]",
            "                    [--threads N] [--report REPORT.html] [--checkpoint DIR] [--json]",
            "                    [further options]"
        },
        descriptionHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Defaults: of fewer than 1000 examples --hidden 64 --epochs 300 --patience 40 --batch 16",
            "--learning-rate 0.003, of more 128, 50, 5, 64 and 0.002; --layers 1.",
            "",
            "Ctrl-C ends the training and keeps the best model so far.",
            "",
            "Example:  carousel encode fit gestures.csv --key gesture --label kind --out m.carousel"
        })
final class FitCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "DATA",
            description = "A file of sequences, plain or compressed with gzip, or a folder of texts.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final ExampleOptions examples = new ExampleOptions();

    @Option(
            names = "--validation",
            paramLabel = "FILE",
            description = "Examples that choose when to stop. Default: some of DATA.",
            order = 9)
    private @Nullable Path validation;

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
        EncodeSpec spec = specOptions.spec(tuning);
        int threads = planOptions.threads();
        outputs.check();
        ExampleSet set = examples.read(data, false, console);
        ExampleSet judges = validation == null ? null : examples.read(validation, false, console);
        TrainingPlan plan = planOptions.plan(Autoencoder.defaultPlan(set), tuning, "carousel encode fit");
        WatchedFit.run(
                console,
                outputs.options(threads),
                options -> Autoencoder.fit(set, judges, spec, plan, options),
                fit -> keep(fit, set, judges));
        return 0;
    }

    private void keep(EncodeFit fit, ExampleSet set, @Nullable ExampleSet judges) throws IOException {
        fit.autoencoder().save(outputs.out());
        outputs.tell(console, fit.stopped(), fit.notes(), set.notes());
        Path report = outputs.report();
        if (report != null) {
            EncodePages.write(report, fit.autoencoder(), judges == null ? set : judges, fit.validation());
        }
        if (outputs.json()) {
            printJson(fit, set);
        } else {
            print(fit, set);
        }
    }

    private void print(EncodeFit fit, ExampleSet set) {
        console.out()
                .println(console.bold(Console.plain(set.source())) + ": " + Words.count(set.size(), "example")
                        + "; trained in " + Words.seconds(fit.wallTime()));
        console.out().println(console.faint(EncodePages.choices(fit.autoencoder())));
        EncodeEvaluation validation = fit.validation();
        if (validation != null) {
            console.out().println();
            console.out()
                    .println("Of " + Words.count(validation.examples(), "example")
                            + " that the network had not learned from:");
            console.out().println(validation.verdict());
        }
        outputs.print(console);
    }

    private void printJson(EncodeFit fit, ExampleSet set) {
        EncodeEncoding encoding = fit.autoencoder().encoding();
        ObjectNode object = outputs.json(fit.stopped(), fit.wallTime());
        object.put("examples", set.size());
        if (fit.validation() != null) {
            object.set("validation", EncodeTables.json(fit.validation()));
        }
        object.set("notes", Json.tree(fit.notes()));
        object.set("spec", Json.tree(encoding.spec()));
        object.set("chosen", Json.tree(encoding.chosen()));
        object.set("provenance", Json.tree(fit.autoencoder().model().provenance()));
        console.out().println(Json.writePretty(object));
    }
}
