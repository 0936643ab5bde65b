package io.carousel.cli.translate;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.FitOutputs;
import io.carousel.cli.command.NetworkOptions;
import io.carousel.cli.command.PlanOptions;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.cli.command.WatchedFit;
import io.carousel.cli.report.Words;
import io.carousel.model.Json;
import io.carousel.task.translate.PairSet;
import io.carousel.task.translate.TranslateData;
import io.carousel.task.translate.TranslateEncoding;
import io.carousel.task.translate.TranslateEvaluation;
import io.carousel.task.translate.TranslateFit;
import io.carousel.task.translate.TranslateSpec;
import io.carousel.task.translate.Translator;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel translate fit}: learns pairs and writes the model. */
@Command(
        name = "fit",
        description = {
            "Learn what becomes of a source from pairs of a source and its target, and write the model.",
            "A file has a pair a line; of two files the lines belong together."
        },
        customSynopsis = {
            "carousel translate fit DATA [TARGETS] [--from TOKENS] [--to TOKENS] [--lower-case]",
            "                       [--validation FILE] [--test FILE | --test-part P]",
            "                       [--format FORMAT] [--source COLUMN] [--target COLUMN] [--most-words N]",
            "                       [--cell NAME] [--hidden N] [--layers N] [--epochs N] [--seed N]",
            "                       [--threads N] --out MODEL [--report REPORT.html] [--checkpoint DIR]",
            "                       [--json] [further options]"
        },
        descriptionHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Defaults: --hidden 256 --layers 1 --epochs 15 --learning-rate 0.002 --batch 64; --patience 0, so",
            "that all epochs are run and the best is kept.",
            "",
            "Ctrl-C ends the training and keeps the best model so far.",
            "",
            "Example:  carousel translate fit examples/dates.tsv --from characters --to characters --out d.carousel"
        })
final class FitCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "1..2",
            paramLabel = "DATA",
            description = "A file of pairs, or one of sources and one of targets, plain or compressed with gzip.")
    private List<Path> data = List.of();

    @Mixin
    private final PairOptions pairOptions = new PairOptions();

    @Mixin
    private final SideOptions sides = new SideOptions();

    @Option(
            names = "--validation",
            paramLabel = "FILE",
            description = "Pairs that choose the best epoch. Default: those of a part of the sources.",
            order = 7)
    private @Nullable Path validation;

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description = "Pairs to tell how good the finished model is; the training never sees them.",
            order = 7)
    private @Nullable Path test;

    @Option(
            names = "--test-part",
            paramLabel = "P",
            description = "The same with the pairs of a part of the sources, drawn by the seed, which are not learned.",
            order = 7)
    private @Nullable Double testPart;

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

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
        if (test != null && testPart != null) {
            throw new UserMistake("--test and --test-part must not be given both; leave out one of them");
        }
        TranslateSpec spec = spec();
        TrainingPlan plan = planOptions.plan(Translator.defaultPlan(), tuning, "carousel translate fit");
        int threads = planOptions.threads();
        outputs.check();
        PairSet all = read(data);
        PairSet.Parts parts = parts(all, plan.seed());
        PairSet validating = validation == null ? null : read(List.of(validation));
        PairSet testing = test != null ? read(List.of(test)) : testPart == null ? null : parts.heldOut();
        TranslateData learned = TranslateData.of(parts.rest()).withValidation(validating);
        WatchedFit.run(
                console,
                outputs.options(threads),
                options -> Translator.fit(learned, spec, plan, options),
                fit -> keep(fit, all, testing));
        return 0;
    }

    private void keep(TranslateFit fit, PairSet all, @Nullable PairSet testing) throws IOException {
        Translator translator = fit.translator();
        translator.save(outputs.out());
        outputs.tell(console, fit.stopped(), fit.notes(), all.notes());
        PairSet judged = testing != null ? testing : fit.validation();
        TranslateEvaluation evaluation = judged == null ? null : translator.evaluate(judged);
        if (outputs.report() != null) {
            new TranslateStories(translator).write(outputs.report(), judged, evaluation, which(testing));
        }
        if (outputs.json()) {
            printJson(fit, testing, evaluation);
        } else {
            print(fit, testing, evaluation);
        }
    }

    private TranslateSpec spec() {
        TranslateSpec.Builder spec = TranslateSpec.builder();
        try {
            boolean dictionary = pairOptions.dictionary(data.get(0));
            sides.apply(spec, dictionary);
            network.apply(spec::cell, spec::hidden, spec::layers);
            tuning.apply(spec);
            return spec.build();
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel translate fit");
        }
    }

    private PairSet read(List<Path> files) {
        PairSet set = pairOptions.read(files);
        console.say(set.notes());
        return set;
    }

    private PairSet.Parts parts(PairSet all, long seed) {
        try {
            return all.holdOut(testPart == null ? 0 : testPart, seed);
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel translate fit");
        }
    }

    private static String which(@Nullable PairSet testing) {
        return testing == null ? "that chose the best epoch" : "that training never saw";
    }

    private void print(TranslateFit fit, @Nullable PairSet testing, @Nullable TranslateEvaluation evaluation) {
        Translator translator = fit.translator();
        TranslateEncoding encoding = translator.encoding();
        console.out()
                .println(console.bold(Words.count(encoding.trainingPairs(), "pair")) + " learned of "
                        + Console.plain(translator.model().provenance().dataFile()) + "; trained in "
                        + Words.seconds(fit.wallTime()));
        console.out()
                .println(console.faint(Words.count(
                                encoding.source().vocabulary().size(), "source symbol") + ", "
                        + Words.count(encoding.target().vocabulary().size(), "target symbol") + ", "
                        + Words.count(translator.model().network().parameters().size(), "weight")));
        if (evaluation != null) {
            console.out().println();
            ScoreTable.print(console, evaluation, which(testing));
        }
        outputs.print(console);
    }

    private void printJson(TranslateFit fit, @Nullable PairSet testing, @Nullable TranslateEvaluation evaluation) {
        ObjectNode object = outputs.json(fit.stopped(), fit.wallTime());
        if (evaluation != null) {
            object.set(testing == null ? "validation" : "test", ScoreTable.json(evaluation));
        }
        Translator translator = fit.translator();
        object.put("trainingPairs", translator.encoding().trainingPairs());
        object.put("validationPairs", translator.encoding().validationPairs());
        object.set("notes", Json.tree(fit.notes()));
        object.set("spec", Json.tree(translator.spec()));
        object.set("provenance", Json.tree(translator.model().provenance()));
        console.out().println(Json.writePretty(object));
    }
}
