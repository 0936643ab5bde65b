package io.carousel.cli.translate;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.EvaluateOutputs;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.Version;
import io.carousel.model.Json;
import io.carousel.task.translate.PairSet;
import io.carousel.task.translate.TranslateEvaluation;
import io.carousel.task.translate.Translator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel translate evaluate}: how good a model is on sources whose targets are known. */
@Command(
        name = "evaluate",
        description = {
            "Tell how good a model is on pairs, beside copying the source and the most frequent target.",
            "BLEU and chrF are counted as sacreBLEU counts them; a source with several targets is translated once, and",
            "each of them is right."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(
            index = "1..*",
            arity = "1..2",
            paramLabel = "DATA",
            description = "A file of pairs, or one of sources and one of targets.")
    private List<Path> data = List.of();

    @Mixin
    private final PairOptions pairOptions = new PairOptions();

    @Mixin
    private final SearchOptions search = new SearchOptions();

    @Mixin
    private final EvaluateOutputs outputs = new EvaluateOutputs();

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        outputs.check();
        Translator translator = Translator.load(Inputs.check("model", model));
        PairSet pairs = pairOptions.read(data);
        console.say(pairs.notes());
        TranslateEvaluation evaluation = translator.evaluate(pairs, search.options(translator.defaultOptions(), 1));
        String which = "of " + Console.plain(pairs.name());
        Path report = outputs.report();
        if (report != null) {
            new TranslateStories(translator).write(report, pairs, evaluation, which);
        }
        if (outputs.json()) {
            ObjectNode object = Outputs.json(model, data.get(0), null, report);
            object.setAll(ScoreTable.json(evaluation));
            console.out().println(Json.writePretty(object));
        } else {
            ScoreTable.print(console, evaluation, which);
            outputs.print(console);
        }
        return 0;
    }
}
