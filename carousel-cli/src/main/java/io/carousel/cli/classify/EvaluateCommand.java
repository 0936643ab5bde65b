package io.carousel.cli.classify;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.EvaluateOutputs;
import io.carousel.cli.command.ExampleOptions;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Version;
import io.carousel.model.Json;
import io.carousel.task.classify.ClassifyEvaluation;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.SequenceClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel classify evaluate}: how good a model is on examples that its training never saw. */
@Command(
        name = "evaluate",
        description = {
            "Tell how good a model is on labelled examples, label by label, and what it takes for what.",
            "Give examples that its training never saw."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(index = "1", paramLabel = "DATA", description = "Labelled examples, as for fit.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final ExampleOptions examples = new ExampleOptions();

    @Mixin
    private final EvaluateOutputs outputs = new EvaluateOutputs();

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        outputs.check();
        SequenceClassifier classifier = SequenceClassifier.load(Inputs.check("model", model));
        ExampleSet set = examples.read(data, true, console);
        ClassifyEvaluation evaluation = classifier.evaluate(set);
        Path report = outputs.report();
        if (report != null) {
            ClassifyPages.write(report, ClassifyPages.story(classifier, set, evaluation, List.of(), List.of()));
        }
        if (outputs.json()) {
            ObjectNode object = (ObjectNode) Json.tree(evaluation);
            object.remove("predictions");
            console.out().println(Json.writePretty(object));
        } else {
            console.say(evaluation.notes().stream()
                    .filter(note -> !set.notes().contains(note))
                    .toList());
            ClassifyTables.evaluation(console, evaluation);
            outputs.print(console);
        }
        return 0;
    }
}
