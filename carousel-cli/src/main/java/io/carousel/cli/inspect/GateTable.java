package io.carousel.cli.inspect;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.report.Words;
import io.carousel.inspect.GateStatistics;
import io.carousel.inspect.GradientByLag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code carousel inspect --gates} prints. */
public final class GateTable {
    private GateTable() {}

    /** Tables for people. */
    static void print(Console console, GateRun run) {
        console.out().println(Console.plain(run.inWords()));
        run.notes().forEach(note -> console.out().println(note));
        for (GateRun.Layer layer : run.layers()) {
            console.out().println();
            console.out()
                    .println(console.bold(layer.trace().name()) + ": "
                            + layer.trace().cell().name() + ", "
                            + Words.count(layer.units(), "unit")
                            + (layer.trace().backward() ? ", read backward" : "")
                            + (layer.statistics().isEmpty() ? ", no gates" : ""));
            console.out().println();
            if (!layer.statistics().isEmpty()) {
                gates(layer).print(console);
                console.out().println();
            }
            gradients(layer).print(console);
        }
    }

    private static TextTable gates(GateRun.Layer layer) {
        TextTable table = new TextTable(List.of("gate", "mean", "low", "high", "half-life", "from, to"));
        for (GateStatistics gate : layer.statistics()) {
            double[] halfLives = gate.halfLives();
            table.row(
                    halfLives != null,
                    List.of(
                            gate.gate(),
                            String.format(Locale.ROOT, "%.3f", gate.mean()),
                            percent(gate.lowShare()),
                            percent(gate.highShare()),
                            halfLives == null ? "" : Words.steps(Words.median(halfLives)),
                            halfLives == null ? "" : Words.range(halfLives)));
        }
        return table;
    }

    /** The curves at lags 0, 1, 2, 4, 8 and so on, and at the last. */
    static TextTable gradients(GateRun.Layer layer) {
        return gradients("gradient at", layer.gradients());
    }

    /** The curves at lags 0, 1, 2, 4, 8 and so on, and at the last. */
    public static TextTable gradients(String heading, List<GradientByLag> curves) {
        int last = curves.stream().mapToInt(curve -> curve.norms().length).max().orElse(0) - 1;
        List<Integer> lags = new ArrayList<>();
        for (int lag = 0; lag <= last; lag = Math.max(1, 2 * lag)) {
            lags.add(lag);
        }
        List<String> headings = new ArrayList<>(List.of(heading));
        lags.forEach(lag -> headings.add(lag == 0 ? "lag 0" : Integer.toString(lag)));
        TextTable table = new TextTable(headings);
        for (GradientByLag curve : curves) {
            List<String> cells = new ArrayList<>(List.of(curve.part() + " state"));
            lags.forEach(lag -> cells.add(gradient(curve.norms()[lag])));
            table.row(false, cells);
        }
        return table;
    }

    private static String gradient(double norm) {
        return String.format(Locale.ROOT, norm == 0 || (norm >= 1e-2 && norm < 1e3) ? "%.3f" : "%.1e", norm);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** The same for a program, with the numbers of every unit and every lag. */
    static void write(GateRun run, ObjectNode object) {
        object.put("series", run.window().series());
        object.put("from", run.label(0));
        object.put("to", run.label(run.window().steps() - 1));
        object.put("timeSteps", run.window().steps());
        ArrayNode features = object.putArray("features");
        run.window().features().forEach(features::add);
        run.notes().forEach(object.putArray("notes")::add);
        ArrayNode layers = object.putArray("layers");
        for (GateRun.Layer layer : run.layers()) {
            ObjectNode one = layers.addObject();
            one.put("name", layer.trace().name());
            one.put("cell", layer.trace().cell().name());
            one.put("backward", layer.trace().backward());
            one.put("units", layer.units());
            ArrayNode gates = one.putArray("gates");
            layer.statistics().forEach(gate -> write(gate, gates.addObject()));
            ArrayNode gradients = one.putArray("gradients");
            layer.gradients().forEach(curve -> write(curve, gradients.addObject()));
        }
    }

    private static void write(GateStatistics gate, ObjectNode object) {
        object.put("gate", gate.gate());
        object.put("mean", gate.mean());
        object.put("low", gate.lowShare());
        object.put("high", gate.highShare());
        numbers(object.putArray("lowByUnit"), gate.low());
        numbers(object.putArray("highByUnit"), gate.high());
        double[] halfLives = gate.halfLives();
        if (halfLives != null) {
            finite(object, "medianHalfLife", Words.median(halfLives));
            numbers(object.putArray("halfLives"), halfLives);
        }
    }

    private static void write(GradientByLag curve, ObjectNode object) {
        object.put("state", curve.part());
        numbers(object.putArray("norms"), curve.norms());
    }

    private static void finite(ObjectNode object, String name, double value) {
        if (Double.isFinite(value)) {
            object.put(name, value);
        } else {
            object.putNull(name);
        }
    }

    /** Adds numbers; null for what is not finite. */
    public static void numbers(ArrayNode array, double[] values) {
        for (double value : values) {
            if (Double.isFinite(value)) {
                array.add(value);
            } else {
                array.addNull();
            }
        }
    }
}
