package io.carousel.cli.report;

import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Bars;
import io.carousel.cli.report.Chart.Heat;
import io.carousel.cli.report.Chart.Layer;
import io.carousel.cli.report.Chart.Level;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Role;
import io.carousel.cli.report.Chart.Scale;
import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.Chart.View;
import io.carousel.cli.report.GateStory.Activations;
import io.carousel.cli.report.GateStory.Input;
import io.carousel.cli.report.GateStory.LayerStory;
import io.carousel.cli.report.ReportData.Cell;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Row;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.ReportData.Table;
import io.carousel.inspect.GateStatistics;
import io.carousel.inspect.GradientByLag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The page about a network's gates: how they were used, over the time steps of one sequence, and how far back they remember. */
public final class GateReport {
    /** Heat maps of more numbers than this would make the file larger than some four megabytes. */
    private static final int MOST_NUMBERS = 3_000_000;

    private static final int MOST_UNITS = 128;
    private static final int MOST_LAYERS = 12;
    private static final int FEWEST_STEPS = 50;

    private final GateStory story;
    private final List<LayerStory> layers;
    private final int steps;

    private GateReport(GateStory story) {
        this.story = story;
        this.layers =
                story.layers().subList(0, Math.min(MOST_LAYERS, story.layers().size()));
        long numbers = 0;
        for (LayerStory layer : layers) {
            numbers += (long) Math.min(MOST_UNITS, layer.units())
                    * (layer.gates().size() + layer.states().size());
        }
        long most = numbers == 0 ? Long.MAX_VALUE : Math.max(FEWEST_STEPS, MOST_NUMBERS / numbers);
        this.steps = (int) Math.min(story.time().length, most);
    }

    /** The content of the page. */
    public static ReportData of(GateStory story) {
        return new GateReport(story).page();
    }

    private ReportData page() {
        List<Section> sections = new ArrayList<>();
        boolean gated = layers.stream().anyMatch(layer -> !layer.statistics().isEmpty());
        if (gated) {
            sections.add(use());
        }
        sections.add(overTime());
        if (!layers.isEmpty()) {
            sections.add(memory());
        }
        sections.add(new Section("Provenance", "Where the numbers and the model come from.", List.of(story.origin())));
        List<String> names = layers.stream().map(LayerStory::name).toList();
        return new ReportData(
                "Gates",
                story.title(),
                story.subtitle(),
                null,
                "Layer",
                names.size() > 1 ? names : List.of(),
                sections,
                story.footer());
    }

    private Section use() {
        boolean several = story.layers().size() > 1;
        List<Row> rows = new ArrayList<>();
        for (LayerStory layer : story.layers()) {
            for (GateStatistics gate : layer.statistics()) {
                double[] halfLives = gate.halfLives();
                rows.add(new Row(
                        halfLives != null,
                        List.of(
                                cell((several ? layer.name() + ", " : "") + gate.gate()),
                                cell(String.format(Locale.ROOT, "%.3f", gate.mean())),
                                cell(percent(gate.lowShare())),
                                cell(percent(gate.highShare())),
                                cell(halfLives == null ? "" : Words.steps(Words.median(halfLives))),
                                cell(halfLives == null ? "" : Words.range(halfLives)))));
            }
        }
        Table table = new Table(
                "Every gate, over all units and time steps of this sequence",
                List.of("Gate", "Mean", "Saturated low", "Saturated high", "Half-life", "From, to"),
                rows,
                List.of(
                        new Fact(
                                "Saturated",
                                "below 0.1 and above 0.9; of a candidate, which lies between −1 and 1, "
                                        + "below −0.9 and above 0.9"),
                        new Fact(
                                "Half-life",
                                "the time steps after which half of what a unit remembers is left, at the mean rate at "
                                        + "which its gate kept its state: the median of the units, and the shortest and the longest")));
        return new Section(
                "How the gates were used",
                "A gate that is saturated everywhere is a constant; a gate that is never saturated forgets a little of everything."
                        + join(story.notes()),
                List.of(table));
    }

    private Section overTime() {
        List<Part> parts = new ArrayList<>();
        List<Layer> lines = new ArrayList<>();
        for (Input input : story.inputs()) {
            Role role = lines.isEmpty() ? Role.ACTUAL : Role.BASELINE;
            lines.add(new Line(input.name(), role, last(input.values()), input.shown()));
        }
        double[] time = last(story.time());
        parts.add(new Chart(
                "What the network reads",
                "The numbers of every time step, as they were prepared for the network.",
                story.axis(),
                "",
                260,
                false,
                Scale.LINEAR,
                List.of(View.all(time, lines))));
        if (!layers.isEmpty()) {
            for (int i = 0; i < layers.get(0).gates().size(); i++) {
                int gate = i;
                parts.add(heatMap("gate", layer -> layer.gates().get(gate)));
            }
            for (int i = 0; i < layers.get(0).states().size(); i++) {
                int part = i;
                parts.add(heatMap("state", layer -> layer.states().get(part)));
            }
        }
        return new Section("Step by step", overTimeText(), parts);
    }

    private String overTimeText() {
        if (layers.isEmpty()) {
            return "This is what the model reads." + join(story.notes());
        }
        int units = layers.stream().mapToInt(LayerStory::units).max().orElse(0);
        boolean gated = layers.stream().anyMatch(layer -> !layer.statistics().isEmpty());
        return "Each column is a time step, in line with the chart on top, each row a unit. "
                + (gated
                        ? "Gates run from closed to open; candidates and states from negative to positive."
                        : "States run from negative to positive." + join(story.notes()))
                + (units > MOST_UNITS ? " Drawn are the first " + MOST_UNITS + " of " + units + " units." : "")
                + (steps < story.time().length
                        ? " Drawn are the last " + steps + " of " + story.time().length + " time steps."
                        : "")
                + (layers.size() < story.layers().size()
                        ? " Drawn are the first " + layers.size() + " of "
                                + story.layers().size() + " layers."
                        : "");
    }

    private Chart heatMap(String kind, Function<LayerStory, Activations> chosen) {
        Activations first = chosen.apply(layers.get(0));
        int units = Math.min(MOST_UNITS, first.values().length == 0 ? 0 : first.values()[0].length);
        boolean gate = kind.equals("gate");
        String name = first.low() == 0 ? first.name() + " gate" : first.name();
        name = gate ? name : first.name() + " state";
        return new Chart(
                name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                "A heat map: time steps from left to right, units from top to bottom. The table of numbers below has all of it.",
                story.axis(),
                "Unit",
                Math.max(150, Math.min(380, 54 + 6 * units)),
                false,
                Scale.LINEAR,
                layers.stream()
                        .map(layer -> View.all(last(story.time()), List.of(heat(chosen.apply(layer)))))
                        .toList());
    }

    private Heat heat(Activations activations) {
        float[][] all = activations.values();
        float[][] shown = new float[steps][];
        double size = 0;
        boolean negative = false;
        for (int t = 0; t < steps; t++) {
            float[] row = all[all.length - steps + t];
            shown[t] = Arrays.copyOf(row, Math.min(MOST_UNITS, row.length));
            for (float value : shown[t]) {
                size = Math.max(size, Math.abs(value));
                negative |= value < 0;
            }
        }
        boolean bounded = !Double.isNaN(activations.low());
        double range = size > 0 ? size : 1;
        return new Heat(
                activations.name(),
                bounded ? activations.low() : negative ? -range : 0,
                bounded ? activations.high() : range,
                shown);
    }

    private Section memory() {
        List<Part> parts = new ArrayList<>();
        List<View> halfLives = new ArrayList<>();
        for (LayerStory layer : layers) {
            halfLives.add(halfLives(layer));
        }
        boolean keeps = halfLives.stream().anyMatch(view -> view.x().length > 0);
        if (keeps) {
            parts.add(new Chart(
                    "Half-life of each unit",
                    "The half-lives of the units, sorted, on a logarithmic scale.",
                    new Axis("Units, the longest memory first", Unit.NUMBER),
                    "Time steps",
                    280,
                    true,
                    Scale.LOGARITHMIC,
                    halfLives));
        }
        parts.add(gradients(
                "Gradient by lag",
                layers.stream().map(layer -> curves(layer.gradients())).toList(),
                keeps));
        String forever = forever();
        return new Section(
                "How far back it remembers",
                (keeps
                                ? "The half-life says how long a unit keeps what it holds; the dashed line is the length of the window. "
                                : "")
                        + "The gradient says how much the last output would change with the states before it: a curve that falls "
                        + "fast means that training could hardly learn from what lies that far back."
                        + forever,
                parts);
    }

    /** Curves of gradients over lags, on a logarithmic scale. */
    public static Chart gradients(String title, List<View> views, boolean half) {
        return new Chart(
                title,
                "The norm of the gradient of the last output at the states before it, by how many time steps before.",
                new Axis("Lag in time steps", Unit.NUMBER),
                "Gradient",
                half ? 280 : 340,
                half,
                Scale.LOGARITHMIC,
                views);
    }

    private static View curves(List<GradientByLag> gradients) {
        List<Layer> lines = new ArrayList<>();
        Role[] roles = {Role.MODEL, Role.SECOND, Role.BASELINE};
        for (GradientByLag gradient : gradients) {
            Role role = roles[Math.min(lines.size(), roles.length - 1)];
            lines.add(new Line(gradient.part() + " state", role, positive(gradient.norms()), true));
        }
        int lags = gradients.isEmpty() ? 0 : gradients.get(0).norms().length;
        return View.all(lags(lags), lines);
    }

    /** 0, 1, …, n - 1. */
    public static double[] lags(int n) {
        double[] lags = new double[n];
        Arrays.setAll(lags, lag -> lag);
        return lags;
    }

    /** The numbers that a logarithmic scale can show; nothing in place of the others. */
    public static double[] positive(double[] values) {
        return Arrays.stream(values)
                .map(value -> value > 0 && Double.isFinite(value) ? value : Double.NaN)
                .toArray();
    }

    private View halfLives(LayerStory layer) {
        double[] sorted = new double[0];
        for (GateStatistics gate : layer.statistics()) {
            double[] halfLives = gate.halfLives();
            if (halfLives != null) {
                double[] finite = Arrays.stream(halfLives)
                        .filter(Double::isFinite)
                        .sorted()
                        .toArray();
                sorted = new double[finite.length];
                for (int i = 0; i < finite.length; i++) {
                    sorted[i] = finite[finite.length - 1 - i];
                }
            }
        }
        List<Layer> drawn = List.of(
                new Bars("Half-life", Role.MODEL, 0.8, positive(sorted)), new Level("window", story.time().length));
        return View.all(ForecastReport.steps(sorted.length), drawn);
    }

    private String forever() {
        long units = story.layers().stream()
                .flatMap(layer -> layer.statistics().stream())
                .mapToLong(gate -> {
                    double[] halfLives = gate.halfLives();
                    return halfLives == null
                            ? 0
                            : Arrays.stream(halfLives)
                                    .filter(Double::isInfinite)
                                    .count();
                })
                .sum();
        return units == 0 ? "" : " " + Words.count(units, "unit") + " forgot nothing, and have no bar.";
    }

    private double[] last(double[] values) {
        return Arrays.copyOfRange(values, values.length - steps, values.length);
    }

    private static Cell cell(String text) {
        return new Cell(text, false);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String join(List<String> notes) {
        StringBuilder text = new StringBuilder();
        notes.forEach(note -> text.append(' ').append(note));
        return text.toString();
    }
}
