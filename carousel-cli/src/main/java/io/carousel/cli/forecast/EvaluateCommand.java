package io.carousel.cli.forecast;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Version;
import io.carousel.data.SeriesSet;
import io.carousel.model.Json;
import io.carousel.task.forecast.ForecastEvaluation;
import io.carousel.task.forecast.Forecaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carousel forecast evaluate}: how good a model is on rows that its training never saw. */
@Command(
        name = "evaluate",
        description = {
            "Tell how good a model is on rows that its training never saw, beside the naive methods.",
            "Of the file it was trained on these are the rows of the test part, of a longer one all later rows."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(index = "1", paramLabel = "DATA.csv", description = "A CSV file with the columns that the model reads.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final DataOptions dataOptions = new DataOptions();

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Forecaster forecaster = Forecaster.load(Inputs.check("model", model));
        SeriesSet set = dataOptions.read(data, forecaster.spec(), console);
        ForecastEvaluation evaluation = forecaster.evaluate(set);
        if (json) {
            console.out().println(Json.writePretty(evaluation));
        } else {
            EvaluationTable.print(console, evaluation);
        }
        return 0;
    }
}
