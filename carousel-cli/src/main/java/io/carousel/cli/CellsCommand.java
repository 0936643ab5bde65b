package io.carousel.cli;

import io.carousel.cell.Block;
import io.carousel.cell.Cell;
import io.carousel.cell.CellWeight;
import io.carousel.cell.Cells;
import io.carousel.cell.StatePart;
import io.carousel.cli.command.Console;
import io.carousel.cli.command.Version;
import io.carousel.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel cells}: the recurrent cells that {@code --cell} names. */
@Command(
        name = "cells",
        description = "List the recurrent cells: their gates, what they remember, and where they come from.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CellsCommand implements Callable<Integer> {
    private static final int INPUT_SIZE = 2;
    private static final int HIDDEN_SIZE = 2;

    private final Console console;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    CellsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (json) {
            ObjectNode object = Json.object();
            ArrayNode cells = object.putArray("cells");
            for (String name : Cells.names()) {
                Cell cell = Cells.create(name, INPUT_SIZE, HIDDEN_SIZE);
                ObjectNode one = cells.addObject();
                one.put("name", name);
                one.put("description", Cells.description(name));
                gates(cell).forEach(one.putArray("gates")::add);
                state(cell).forEach(one.putArray("state")::add);
                cell.weights().stream().map(CellWeight::name).forEach(one.putArray("weights")::add);
            }
            console.out().println(Json.writePretty(object));
            return 0;
        }
        int width = Cells.names().stream().mapToInt(String::length).max().orElse(0);
        for (String name : Cells.names()) {
            String column = name + " ".repeat(width - name.length());
            console.out().println(console.bold(column) + "  " + Cells.description(name));
        }
        return 0;
    }

    private static List<String> gates(Cell cell) {
        return cell.activations().stream().map(Block::name).toList();
    }

    private static List<String> state(Cell cell) {
        return cell.state().stream().map(StatePart::name).toList();
    }
}
