package io.carousel.cli;

import io.carousel.autograd.Parameter;
import io.carousel.model.Json;
import io.carousel.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel inspect}: what is in a model file. */
@Command(
        name = "inspect",
        description = "Show what is in a model: architecture, parameters, encodings, provenance.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class InspectCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Model model = Model.load(Inputs.check("model", file));
        if (json) {
            console.out().println(Json.writePretty(object(model)));
        } else {
            print(model);
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
