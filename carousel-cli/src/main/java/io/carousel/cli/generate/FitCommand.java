package io.carousel.cli.generate;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.FitOutputs;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.NetworkOptions;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.PlanOptions;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.cli.command.WatchedFit;
import io.carousel.cli.report.HtmlReport;
import io.carousel.cli.report.LanguageReport;
import io.carousel.cli.report.Words;
import io.carousel.model.Json;
import io.carousel.task.FitOptions;
import io.carousel.task.language.LanguageData;
import io.carousel.task.language.LanguageFit;
import io.carousel.task.language.LanguageModel;
import io.carousel.task.language.LanguageSpec;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel generate fit}: learns a text and writes the model. */
@Command(
        name = "fit",
        description = {
            "Learn a text and write the model.",
            "A part of the text, or another, is kept back; it chooses the best epoch and tells how good the model is."
        },
        customSynopsis = {
            "carousel generate fit TEXT [--tokens KIND] [--lower-case] [--vocabulary N] [--least-count N]",
            "                      [--validation TEXT] [--cell NAME] [--hidden N] [--layers N] [--epochs N]",
            "                      [--seed N] [--threads N] --out MODEL [--report REPORT.html]",
            "                      [--checkpoint DIR] [--json] [further options]"
        },
        descriptionHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Defaults: --hidden 200 --layers 2 --epochs 20 --patience 4; --batch 20 --learning-rate 0.002,",
            "of a text below 1 MB 8 and 0.005, of other rules than adam a rate of 1;",
            "--steps 100 for characters and bytes, else 35.",
            "",
            "Ctrl-C ends the training and keeps the best model so far.",
            "",
            "Example:  carousel generate fit novel.txt --tokens words --out novel.carousel"
        })
final class FitCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "TEXT", description = "A text file in UTF-8, plain or compressed with gzip, of any size.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path text;

    @Mixin
    private final TextOptions textOptions = new TextOptions();

    @Mixin
    private final NetworkOptions networkOptions = new NetworkOptions();

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
        Inputs.check("text", text);
        LanguageData data = LanguageData.of(text).withValidation(textOptions.validation());
        TrainingPlan plan =
                planOptions.plan(tuning.usual(LanguageModel.defaultPlan(data)), tuning, "carousel generate fit");
        int threads = planOptions.threads();
        outputs.check();
        WatchedFit.run(
                console,
                outputs.options(threads),
                options -> LanguageModel.fit(data, spec(options), plan, options),
                fit -> keep(fit, data));
        return 0;
    }

    private void keep(LanguageFit fit, LanguageData data) throws IOException {
        fit.model().save(outputs.out());
        outputs.tell(console, fit.stopped(), fit.notes(), List.of());
        HeldOut heldOut = HeldOut.of(fit, data);
        Path report = outputs.report();
        if (report != null) {
            Outputs.write(report, HtmlReport.of(LanguageReport.of(LanguageStories.of(fit, heldOut))));
        }
        if (outputs.json()) {
            printJson(fit, heldOut);
        } else {
            print(fit, heldOut);
        }
    }

    private LanguageSpec spec(FitOptions options) {
        LanguageSpec.Builder spec = LanguageSpec.builder();
        try {
            networkOptions.apply(spec::cell, spec::hidden, spec::layers);
            tuning.apply(spec, textOptions.shortTokens());
            Integer vocabulary = textOptions.vocabulary();
            if (vocabulary != null) {
                spec.vocabulary(vocabulary);
            }
            Integer leastCount = textOptions.leastCount();
            if (leastCount != null) {
                spec.leastCount(leastCount);
            }
            spec.build();
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel generate fit");
        }
        options.listener().stage("learning pieces of words", 1, 1);
        return spec.tokenizer(textOptions.tokenizer(text, options.stop())).build();
    }

    private void print(LanguageFit fit, @Nullable HeldOut heldOut) {
        LanguageModel model = fit.model();
        console.out()
                .println(console.bold(Console.plain(model.model().provenance().dataFile())) + ", "
                        + Words.count(model.encoding().tokens(), "token") + " of "
                        + Words.count(model.vocabulary().size(), "symbol") + "; trained in "
                        + Words.seconds(fit.wallTime()));
        if (heldOut != null) {
            console.out().println();
            heldOut.print(console);
        }
        outputs.print(console);
    }

    private void printJson(LanguageFit fit, @Nullable HeldOut heldOut) {
        ObjectNode object = outputs.json(fit.stopped(), fit.wallTime());
        LanguageModel model = fit.model();
        object.put("tokens", model.encoding().tokens());
        object.put("symbols", model.vocabulary().size());
        if (heldOut != null) {
            object.set("heldOut", heldOut.json());
        }
        object.set("provenance", Json.tree(model.model().provenance()));
        console.out().println(Json.writePretty(object));
    }
}
