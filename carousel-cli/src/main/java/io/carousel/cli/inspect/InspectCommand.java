package io.carousel.cli.inspect;

import io.carousel.autograd.Parameter;
import io.carousel.cli.command.Console;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.cli.forecast.DataOptions;
import io.carousel.cli.report.GateReport;
import io.carousel.cli.report.HtmlReport;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.task.forecast.Forecaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel inspect}: what is in a model file. */
@Command(
        name = "inspect",
        description = {
            "Show what is in a model: architecture, parameters, encodings, provenance.",
            "With --gates, run it on a window of a series and show what its gates did and how far back it remembers."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Example:  carousel inspect co2.carousel",
            "          carousel inspect co2.carousel examples/co2.csv --gates --report gates.html"
        })
public final class InspectCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DATA.csv",
            description = "With --gates, a CSV file with the columns that the model reads.")
    private @Nullable Path data;

    @Option(
            names = "--gates",
            description =
                    "Show for every recurrent layer how its gates were used over a window of DATA.csv, how long its "
                            + "units remember, and the gradient at its states by lag.",
            order = 1)
    private boolean gates;

    @Option(
            names = "--series",
            paramLabel = "NAME",
            description = "Of several series, the one to run on. Default: the first.",
            order = 2)
    private @Nullable String series;

    @Option(
            names = "--at",
            paramLabel = "ROW",
            description = "The last row of the window: its time stamp, or its number from 1. Default: the last row.",
            order = 3)
    private @Nullable String at;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Also write a report to open in a browser: gates and states step by step as heat maps.",
            order = 4)
    private @Nullable Path report;

    @Mixin
    private final DataOptions dataOptions = new DataOptions();

    @Option(
            names = "--json",
            description = "Print one JSON object and nothing else; of half-lives, null means for ever.",
            order = 50)
    private boolean json;

    public InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (gates) {
            return callGates();
        }
        refuseWithoutGates();
        Model model = Model.load(Inputs.check("model", file));
        if (json) {
            console.out().println(Json.writePretty(object(model)));
        } else {
            print(model);
        }
        return 0;
    }

    private void refuseWithoutGates() {
        String given = data != null ? "DATA.csv" : series != null ? "--series" : at != null ? "--at" : null;
        String without = given == null && report != null ? "--report" : given;
        if (without != null) {
            throw new UserMistake(
                    without + " must come with --gates, which runs the model on a series; add --gates, or leave "
                            + without + " out");
        }
    }

    private int callGates() throws IOException {
        Path file = data;
        if (file == null) {
            throw new UserMistake("--gates must have a series to run the model on, got none; name its file: "
                    + "carousel inspect MODEL DATA.csv --gates");
        }
        Outputs.check("--report", report);
        Forecaster forecaster = Forecaster.load(Inputs.check("model", this.file));
        SeriesSet set = dataOptions.read(file, forecaster.spec(), console);
        Series chosen = series == null ? set.list().get(0) : set.series(series);
        GateRun run = GateRun.of(forecaster, chosen, at);
        if (report != null) {
            Outputs.write(report, HtmlReport.of(GateReport.of(GateStories.of(run, set))));
        }
        if (json) {
            ObjectNode object = Outputs.json(this.file, file, null, report);
            GateTable.write(run, object);
            console.out().println(Json.writePretty(object));
            return 0;
        }
        GateTable.print(console, run);
        if (report != null) {
            console.out().println();
            console.out().println("Report:   " + report);
        }
        return 0;
    }

    private static ObjectNode object(Model model) {
        ObjectNode object = Json.object();
        object.set("architecture", Json.tree(model.spec()));
        ArrayNode parameters = object.putArray("parameters");
        long count = 0;
        for (Parameter parameter : model.network().parameters().list()) {
            ObjectNode one = parameters.addObject();
            one.put("name", parameter.name());
            ArrayNode shape = one.putArray("shape");
            for (int i = 0; i < parameter.shape().rank(); i++) {
                shape.add(parameter.shape().dim(i));
            }
            one.put("count", parameter.shape().size());
            count += parameter.shape().size();
        }
        object.put("parameterCount", count);
        object.set("encodings", model.task());
        object.set("provenance", Json.tree(model.provenance()));
        return object;
    }

    private void print(Model model) {
        Outline outline = new Outline(console);
        ObjectNode object = object(model);
        console.out().println(console.bold(String.valueOf(file.getFileName())));
        heading("Architecture");
        outline.print(object.get("architecture"), 0);
        heading("Parameters");
        TextTable table = new TextTable(List.of("name", "shape", "count"));
        for (Parameter parameter : model.network().parameters().list()) {
            table.row(
                    false,
                    List.of(
                            parameter.name(),
                            parameter.shape().toString(),
                            number(parameter.shape().size())));
        }
        table.row(true, List.of("all", "", number(object.get("parameterCount").asLong())));
        table.print(console);
        heading("Encodings");
        outline.print(object.get("encodings"), 0);
        heading("Provenance");
        outline.print(object.get("provenance"), 0);
    }

    private void heading(String text) {
        console.out().println();
        console.out().println(console.bold(text));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
