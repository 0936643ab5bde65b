package io.carousel.cli.classify;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.ExampleOptions;
import io.carousel.cli.command.FitOutputs;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.PlanOptions;
import io.carousel.cli.command.Version;
import io.carousel.cli.command.WatchedFit;
import io.carousel.cli.report.Words;
import io.carousel.model.Json;
import io.carousel.task.classify.ClassifyEncoding;
import io.carousel.task.classify.ClassifyEvaluation;
import io.carousel.task.classify.ClassifyFit;
import io.carousel.task.classify.ClassifySpec;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.SequenceClassifier;
import io.carousel.text.WordVectors;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel classify fit}: trains on a file and writes the model. */
@Command(
        name = "fit",
        description = {
            "Learn from labelled sequences, texts or numbers, and write the model.",
            "Some examples are set aside: they choose when to stop, and make the probabilities honest."
        },
        customSynopsis = {
            "carousel classify fit DATA --out MODEL [--format FORMAT] [--text COL] [--label COL]",
            "                      [--id COL] [--label-separator TEXT] [--several] [--key COL] [--features A,B]",
            "                      [--labels FILE] [--validation FILE] [--tokens KIND] [--vectors FILE]",
            "                      [--cell NAME] [--hidden N] [--layers N] [--pooling KIND] [--weights RULE] [--epochs N] [--seed N]",
            "                      [--threads N] [--report REPORT.html] [--checkpoint DIR] [--json]",
            "                      [further options]"
        },
        descriptionHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Defaults: of fewer than 1000 examples --hidden 64 --members 5 --epochs 200 --patience 40",
            "--batch 16 --learning-rate 0.003, of more 128, 3, 30, 4, 64 and 0.002, for words 0.001; --layers 1.",
            "",
            "Ctrl-C ends the training and keeps the best model so far.",
            "",
            "Example:  carousel classify fit messages.csv --label department --out m.carousel"
        })
final class FitCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "DATA",
            description = "A file of examples, plain or compressed with gzip, or a folder of texts by label.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final ExampleOptions examples = new ExampleOptions();

    @Option(
            names = "--validation",
            paramLabel = "FILE",
            description = "Examples that choose and calibrate. Default: some of DATA.",
            order = 9)
    private @Nullable Path validation;

    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            description = "Pretrained vectors of words: word2vec (text, or binary as *.bin), GloVe, fastText.",
            order = 9)
    private @Nullable Path vectors;

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
        ClassifySpec spec = specOptions.spec(examples.several(), tuning);
        int threads = planOptions.threads();
        outputs.check();
        ExampleSet set = examples.read(data, true, console);
        ExampleSet judges = validation == null ? null : examples.read(validation, true, console);
        WordVectors pretrained = vectors == null ? null : WordVectors.of(Inputs.check("vectors", vectors));
        TrainingPlan plan =
                planOptions.plan(SequenceClassifier.defaultPlan(set, spec), tuning, "carousel classify fit");
        WatchedFit.run(
                console,
                outputs.options(threads),
                options -> SequenceClassifier.fit(set, judges, pretrained, spec, plan, options),
                fit -> keep(fit, set, judges));
        return 0;
    }

    private void keep(ClassifyFit fit, ExampleSet set, @Nullable ExampleSet judges) throws IOException {
        fit.classifier().save(outputs.out());
        outputs.tell(console, fit.stopped(), fit.notes(), set.notes());
        ClassifyEvaluation evaluation = judges == null ? null : fit.classifier().evaluate(judges);
        Path report = outputs.report();
        if (report != null) {
            ClassifyPages.write(
                    report,
                    ClassifyPages.story(
                            fit.classifier(), judges == null ? set : judges, evaluation, List.of(), List.of()));
        }
        if (outputs.json()) {
            printJson(fit, set);
        } else {
            print(fit, set);
        }
    }

    private void print(ClassifyFit fit, ExampleSet set) {
        SequenceClassifier classifier = fit.classifier();
        console.out()
                .println(console.bold(Console.plain(set.source())) + ": " + Words.count(set.size(), "example") + ", "
                        + Words.count(classifier.labels().size(), "label") + "; trained in "
                        + Words.seconds(fit.wallTime()));
        console.out().println(console.faint(ClassifyPages.choices(classifier)));
        ClassifyEncoding.ValidationScores scores = classifier.encoding().validation();
        if (scores != null) {
            console.out().println();
            console.out()
                    .println(String.format(
                            Locale.ROOT,
                            "Of %s that a network had not learned from, %.1f %% were classified rightly; log loss %s.",
                            Words.count(scores.examples(), "example"),
                            100 * scores.accuracy(),
                            Words.number(scores.logLoss())));
        }
        outputs.print(console);
    }

    private void printJson(ClassifyFit fit, ExampleSet set) {
        ClassifyEncoding encoding = fit.classifier().encoding();
        ObjectNode object = outputs.json(fit.stopped(), fit.wallTime());
        object.put("examples", set.size());
        object.set("labels", Json.tree(encoding.labels()));
        object.set("counts", Json.tree(encoding.counts()));
        if (encoding.validation() != null) {
            object.set("validation", Json.tree(encoding.validation()));
        }
        object.put("temperature", encoding.temperature());
        object.set("notes", Json.tree(fit.notes()));
        object.set("spec", Json.tree(encoding.spec()));
        object.set("chosen", Json.tree(encoding.chosen()));
        object.set("provenance", Json.tree(fit.classifier().model().provenance()));
        console.out().println(Json.writePretty(object));
    }
}
