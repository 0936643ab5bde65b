package io.carousel.cli.forecast;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.Version;
import io.carousel.data.SeriesSet;
import io.carousel.model.Json;
import io.carousel.task.forecast.Forecast;
import io.carousel.task.forecast.Forecaster;
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

/** {@code carousel forecast predict}: continues each series of a file. */
@Command(
        name = "predict",
        description = "Continue each series of a CSV file.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PredictCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(index = "1", paramLabel = "DATA.csv", description = "A CSV file with the columns that the model reads.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final DataOptions dataOptions = new DataOptions();

    @Option(names = "--out", paramLabel = "CSV", description = "Write the forecast to this file.")
    private @Nullable Path out;

    @Option(names = "--report", paramLabel = "HTML", description = "Also write a report to open in a browser.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Outputs.check("--out", out);
        Outputs.check("--report", report);
        Forecaster forecaster = Forecaster.load(Inputs.check("model", model));
        SeriesSet set = dataOptions.read(data, forecaster.spec(), console);
        List<Forecast> forecasts = forecaster.predict(set);
        if (out != null) {
            Outputs.write(out, ForecastTable.csv(forecaster.spec(), forecasts));
        }
        if (report != null) {
            new ForecastRun(console)
                    .report(report, set, forecaster, ForecastRun.evaluationIfAny(forecaster, set), forecasts);
        }
        if (json) {
            printJson(forecasts);
        } else {
            print(forecaster, forecasts);
        }
        return 0;
    }

    private void print(Forecaster forecaster, List<Forecast> forecasts) {
        if (out == null) {
            ForecastTable.print(console, forecaster.spec(), forecasts);
        } else {
            console.out().println("Forecast: " + out);
        }
        if (report != null) {
            console.out().println("Report:   " + report);
        }
    }

    private void printJson(List<Forecast> forecasts) {
        ObjectNode object = Outputs.json(model, data, out, report);
        object.set("forecasts", Json.tree(forecasts));
        console.out().println(Json.writePretty(object));
    }
}
