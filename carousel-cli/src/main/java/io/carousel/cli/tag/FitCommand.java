package io.carousel.cli.tag;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.FitOutputs;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.NetworkOptions;
import io.carousel.cli.command.PlanOptions;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.cli.command.WatchedFit;
import io.carousel.cli.report.Words;
import io.carousel.model.Json;
import io.carousel.task.tag.SentenceFormat;
import io.carousel.task.tag.SentenceSet;
import io.carousel.task.tag.SequenceTagger;
import io.carousel.task.tag.TagData;
import io.carousel.task.tag.TagEncoding;
import io.carousel.task.tag.TagEvaluation;
import io.carousel.task.tag.TagFit;
import io.carousel.task.tag.TagSpec;
import io.carousel.text.TagScheme;
import io.carousel.text.WordVectors;
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

/** {@code carousel tag fit}: trains on tagged sentences and writes the model. */
@Command(
        name = "fit",
        description = {
            "Learn the tags of sentences and write the model.",
            "A file has a word and its tag a line, and a blank line after each sentence."
        },
        customSynopsis = {
            "carousel tag fit DATA [--validation FILE] [--test FILE] [--vectors FILE]",
            "                 [--word-column N] [--tag-column N] [--features N,M] [--conllu upos|xpos]",
            "                 [--cell NAME] [--hidden N] [--layers N] [--epochs N] [--seed N] [--threads N]",
            "                 --out MODEL [--report REPORT.html] [--checkpoint DIR] [--json]",
            "                 [further options]"
        },
        descriptionHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Defaults: --hidden 200 --layers 1 --epochs 15 --learning-rate 0.002 --batch 16; --patience 0, so",
            "that all epochs are run and the best is kept.",
            "",
            "Ctrl-C ends the training and keeps the best model so far.",
            "",
            "Example:  carousel tag fit examples/names.conll --out names.carousel"
        })
final class FitCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DATA", description = "Sentences with tags, plain or compressed with gzip.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Option(
            names = "--validation",
            paramLabel = "FILE",
            description = "Sentences that choose the best epoch. Default: a part of DATA.",
            order = 6)
    private @Nullable Path validation;

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description = "Sentences to tell how good the finished model is; the training never sees them.",
            order = 6)
    private @Nullable Path test;

    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            description = "Pretrained vectors of words: word2vec (text, or binary as *.bin), GloVe, fastText.",
            order = 7)
    private @Nullable Path vectors;

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
        TagSpec spec = spec();
        TrainingPlan plan = planOptions.plan(SequenceTagger.defaultPlan(), tuning, "carousel tag fit");
        int threads = planOptions.threads();
        outputs.check();
        SentenceSet training = read(Inputs.check("data", data));
        SentenceSet validating = validation == null ? null : read(Inputs.check("validation", validation));
        SentenceSet testing = test == null ? null : read(Inputs.check("test", test));
        WordVectors pretrained = vectors == null ? null : WordVectors.of(Inputs.check("vectors", vectors));
        TagData all = new TagData(training, validating, pretrained);
        WatchedFit.run(
                console,
                outputs.options(threads),
                options -> SequenceTagger.fit(all, spec, plan, options),
                fit -> keep(fit, training, testing));
        return 0;
    }

    private void keep(TagFit fit, SentenceSet training, @Nullable SentenceSet testing) throws IOException {
        SequenceTagger tagger = fit.tagger();
        tagger.save(outputs.out());
        outputs.tell(console, fit.stopped(), fit.notes(), training.notes());
        TagEvaluation evaluation = testing == null ? null : tagger.evaluate(testing);
        if (outputs.report() != null) {
            TagStories.write(outputs.report(), tagger, testing, evaluation, fit.validation());
        }
        if (outputs.json()) {
            printJson(fit, evaluation);
        } else {
            print(training, fit, evaluation);
        }
    }

    private TagSpec spec() {
        TagSpec.Builder spec = TagSpec.builder();
        try {
            network.apply(spec::cell, spec::hidden, spec::layers);
            tuning.apply(spec);
            return spec.build();
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel tag fit");
        }
    }

    private SentenceSet read(Path file) {
        SentenceFormat of = format.format(file);
        SentenceSet set = of.read(file);
        console.say(set.notes());
        return set;
    }

    private void print(SentenceSet training, TagFit fit, @Nullable TagEvaluation evaluation) {
        SequenceTagger tagger = fit.tagger();
        TagEncoding encoding = tagger.encoding();
        console.out()
                .println(console.bold(Words.count(encoding.tags().size(), "tag")) + " learned from "
                        + Words.count(encoding.trainingSentences(), "sentence") + " of "
                        + Console.plain(training.source()) + "; trained in "
                        + Words.seconds(fit.wallTime()));
        console.out()
                .println(console.faint((encoding.scheme() == TagScheme.NONE
                                ? "tags without spans"
                                : "spans in " + TagStories.scheme(encoding))
                        + ", " + Words.count(encoding.words().size(), "word") + ", "
                        + Words.count(tagger.model().network().parameters().size(), "weight")));
        TagEvaluation validated = fit.validation();
        if (validated != null) {
            console.out().println();
            EvaluationTable.print(console, validated, "that chose the best epoch");
        }
        if (evaluation != null) {
            console.out().println();
            EvaluationTable.print(console, evaluation, "that training never saw");
        }
        outputs.print(console);
    }

    private void printJson(TagFit fit, @Nullable TagEvaluation evaluation) {
        ObjectNode object = outputs.json(fit.stopped(), fit.wallTime());
        TagEvaluation validated = fit.validation();
        if (validated != null) {
            object.set("validation", EvaluationTable.json(validated));
        }
        if (evaluation != null) {
            object.set("test", EvaluationTable.json(evaluation));
        }
        SequenceTagger tagger = fit.tagger();
        object.set("tags", Json.tree(tagger.encoding().tags()));
        object.set("scheme", Json.tree(tagger.encoding().scheme()));
        object.set("notes", Json.tree(fit.notes()));
        object.set("spec", Json.tree(tagger.spec()));
        object.set("provenance", Json.tree(tagger.model().provenance()));
        console.out().println(Json.writePretty(object));
    }
}
