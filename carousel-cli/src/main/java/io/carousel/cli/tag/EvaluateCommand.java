package io.carousel.cli.tag;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.EvaluateOutputs;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.Version;
import io.carousel.model.Json;
import io.carousel.task.tag.SentenceFormat;
import io.carousel.task.tag.SentenceSet;
import io.carousel.task.tag.SequenceTagger;
import io.carousel.task.tag.TagEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel tag evaluate}: how good a model is on sentences whose tags are known. */
@Command(
        name = "evaluate",
        description = {
            "Tell how good a model is on sentences whose tags are known, beside the usual tag of each word.",
            "Spans are counted as conlleval, the scorer of the CoNLL tasks, counts them."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(index = "1", paramLabel = "DATA", description = "Sentences with tags, in the columns of the training.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final EvaluateOutputs outputs = new EvaluateOutputs();

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        outputs.check();
        SequenceTagger tagger = SequenceTagger.load(Inputs.check("model", model));
        SentenceFormat of =
                format.format(Inputs.check("data", data), tagger.encoding().format());
        SentenceSet set = of.read(data);
        console.say(set.notes());
        TagEvaluation evaluation = tagger.evaluate(set);
        Path report = outputs.report();
        if (report != null) {
            TagStories.write(report, tagger, set, evaluation, null);
        }
        if (outputs.json()) {
            ObjectNode object = Outputs.json(model, data, null, report);
            object.setAll(EvaluationTable.json(evaluation));
            console.out().println(Json.writePretty(object));
        } else {
            EvaluationTable.print(console, evaluation, "of " + Console.plain(set.source()));
            outputs.print(console);
        }
        return 0;
    }
}
