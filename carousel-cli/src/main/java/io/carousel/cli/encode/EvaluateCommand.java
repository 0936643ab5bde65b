package io.carousel.cli.encode;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.EvaluateOutputs;
import io.carousel.cli.command.ExampleOptions;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Version;
import io.carousel.model.Json;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.encode.Autoencoder;
import io.carousel.task.encode.EncodeEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code carousel encode evaluate}: what vectors keep of sequences that the training never saw. */
@Command(
        name = "evaluate",
        description = {
            "Tell what vectors keep of sequences, beside trivial ways to make them again.",
            "Give sequences that the training never saw."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(index = "1", paramLabel = "DATA", description = "Sequences, as for fit.")
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
        Autoencoder autoencoder = Autoencoder.load(Inputs.check("model", model));
        ExampleSet set = examples.read(data, false, console);
        EncodeEvaluation evaluation = autoencoder.evaluate(set);
        Path report = outputs.report();
        if (report != null) {
            EncodePages.write(report, autoencoder, set, evaluation);
        }
        if (outputs.json()) {
            console.out().println(Json.writePretty(EncodeTables.json(evaluation)));
        } else {
            console.say(evaluation.notes().stream()
                    .filter(note -> !set.notes().contains(note))
                    .toList());
            EncodeTables.evaluation(console, evaluation);
            outputs.print(console);
        }
        return 0;
    }
}
