package io.carousel.cli.tag;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.model.Json;
import io.carousel.task.tag.SentenceFormat;
import io.carousel.task.tag.SentenceSet;
import io.carousel.task.tag.SequenceTagger;
import io.carousel.task.tag.TagPrediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel tag predict}: tags sentences. */
@Command(
        name = "predict",
        description = {
            "Tag sentences: a sentence a line, which is cut into words and symbols.",
            "Lines without a word are passed over."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example:  echo 'Teddy bears are on sale' | carousel tag predict names.carousel -"})
final class PredictCommand implements Callable<Integer> {
    private static final int MOST_TAGGINGS = 1000;

    private final Console console;

    /** What is written. */
    enum Format {
        TABLE,
        COLUMNS,
        JSON
    }

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(index = "1", paramLabel = "DATA", description = "A file of sentences, or - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Option(
            names = "--input",
            paramLabel = "HOW",
            description =
                    "text: a sentence a line; tokens: the same, cut at spaces alone; columns: a word a line, as in "
                            + "training. Default: text.",
            order = 1)
    private Sentences.Input input = Sentences.Input.TEXT;

    @Option(
            names = "--n-best",
            paramLabel = "N",
            description = "Give the N most likely taggings of each sentence. Default: 1.",
            order = 2)
    private int best = 1;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table: for people; columns: a word and its tag a line, as CoNLL has them; json. "
                    + "Default: table.",
            order = 3)
    private @Nullable Format format;

    @Option(names = "--json", description = "Print one JSON object and nothing else.", order = 4)
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the tags to this file, as columns unless --format says otherwise.",
            order = 5)
    private @Nullable Path out;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Also write a report to open in a browser.",
            order = 6)
    private @Nullable Path report;

    @Mixin
    private final FormatOptions columns = new FormatOptions();

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Outputs.check("--out", out);
        Outputs.check("--report", report);
        if (best < 1 || best > MOST_TAGGINGS) {
            throw new UserMistake("--n-best must be from 1 to " + MOST_TAGGINGS + ", got " + best
                    + "; see carousel tag predict --help");
        }
        if (json && out == null && format != null && format != Format.JSON) {
            throw new UserMistake("--json must stand without another --format, got both; leave out one of them");
        }
        SequenceTagger tagger = SequenceTagger.load(Inputs.check("model", model));
        requireFeatures(tagger);
        SentenceFormat learnt = columns.format(data, tagger.encoding().format());
        SentenceSet set = new Sentences(input, learnt).read(data);
        console.say(set.notes());
        List<TagPrediction> tagged = tagger.predict(set.sentences(), best);
        if (out != null) {
            Outputs.write(out, text(tagged, format == null ? Format.COLUMNS : format));
        }
        if (report != null) {
            TagStories.write(report, tagger, set, tagged);
        }
        print(tagged);
        return 0;
    }

    private void requireFeatures(SequenceTagger tagger) {
        SentenceFormat learnt = tagger.encoding().format();
        if (input != Sentences.Input.COLUMNS && learnt != null && learnt.featureColumns() > 0) {
            throw new UserMistake("the model reads " + learnt.featureColumns()
                    + " columns beside each word, so that sentences must be columns, got text; give --input columns");
        }
    }

    private void print(List<TagPrediction> tagged) {
        if (json) {
            console.out().print(text(tagged, Format.JSON));
            return;
        }
        if (out == null) {
            console.out().print(text(tagged, format == null ? Format.TABLE : format));
        } else {
            console.out().println("Tags:   " + out);
        }
        if (report != null && (out != null || format == null || format == Format.TABLE)) {
            console.out().println("Report: " + report);
        }
    }

    private String text(List<TagPrediction> tagged, Format as) {
        return switch (as) {
            case TABLE -> TaggedText.table(console, tagged);
            case COLUMNS -> TaggedText.columns(tagged, best);
            case JSON -> {
                ObjectNode object = Outputs.json(model, data, out, report);
                object.set("sentences", TaggedText.json(tagged));
                yield Json.writePretty(object) + "\n";
            }
        };
    }
}
