package io.carousel.cli.detect;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.EvaluateOutputs;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.cli.report.Words;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.model.Json;
import io.carousel.task.anomaly.AnomalyDetector;
import io.carousel.task.anomaly.AnomalyEvaluation;
import io.carousel.task.anomaly.AnomalyWindows;
import io.carousel.task.anomaly.EventWindow;
import io.carousel.task.anomaly.KnownAnomaly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** {@code carousel detect evaluate}: how well anomalies that are known are found. */
@Command(
        name = "evaluate",
        description = {
            "Tell how well anomalies that are known are found.",
            "A column says 1 for each event that is anomalous; events in a row are one anomaly.",
            "Or a file says from when to when there was each, as that of the Numenta Anomaly Benchmark does."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Windows are JSON: {\"week.csv\": [[\"2026-03-17 09:20\", \"2026-03-17 09:40\"]]}, or only the list."
        })
final class EvaluateCommand implements Callable<Integer> {
    /** So many known anomalies are printed. */
    private static final int MOST_ROWS = 20;

    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(index = "1", paramLabel = "DATA.csv", description = "Events of which anomalies are known.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Option(
            names = "--labels",
            paramLabel = "COL",
            description = "The column that is 1 where an event is anomalous, else 0. Default: label.",
            order = 1)
    private @Nullable String labels;

    @Option(
            names = "--windows",
            paramLabel = "JSON",
            description =
                    "A file with the first and the last time stamp of each anomaly, by the name of the data file or of "
                            + "the series, in place of a column.",
            order = 2)
    private @Nullable Path windows;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "The least probability of an anomaly. Default: the model's.",
            order = 3)
    private @Nullable Double threshold;

    @Mixin
    private final EvaluateOutputs outputs = new EvaluateOutputs();

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        outputs.check();
        Path file = windows;
        if (file != null && labels != null) {
            throw new UserMistake("--windows must not stand beside --labels, which says the same; give only one");
        }
        AnomalyDetector detector = Detectors.load(model, threshold);
        List<String> columns = new ArrayList<>(detector.encoding().names());
        String label = labels == null ? "label" : labels;
        if (file == null) {
            columns.add(label);
        }
        SeriesSet set = Detectors.reader(detector, columns).read(Inputs.check("data", data));
        console.say(set.notes());
        AnomalyEvaluation evaluation = file == null
                ? detector.evaluate(set, label)
                : detector.evaluate(
                        set, AnomalyWindows.read(Inputs.check("windows", file)).of(set, data));
        Path report = outputs.report();
        if (report != null) {
            AnomalyStories.write(report, detector, set, evaluation);
        }
        if (outputs.json()) {
            console.out().println(Json.writePretty(object(set, evaluation)));
        } else {
            print(set, evaluation);
        }
        return 0;
    }

    private ObjectNode object(SeriesSet set, AnomalyEvaluation evaluation) {
        ObjectNode object = Outputs.json(model, data, null, outputs.report());
        object.put("events", evaluation.events());
        object.put("scored", evaluation.scored());
        object.put("windows", evaluation.windows());
        object.put("found", evaluation.found());
        object.put("alarms", evaluation.alarms());
        object.put("falseAlarms", evaluation.falseAlarms());
        put(object, "area", evaluation.area());
        put(object, "delay", evaluation.delay());
        object.put("precision", evaluation.precision());
        object.put("recall", evaluation.recall());
        object.put("f1", evaluation.f1());
        ArrayNode known = object.putArray("known");
        for (KnownAnomaly anomaly : evaluation.known()) {
            Series series = set.list().get(anomaly.series());
            ObjectNode each = known.addObject();
            if (!series.name().isEmpty()) {
                each.put("series", series.name());
            }
            each.put("from", series.time().label(anomaly.window().first()));
            each.put("to", series.time().label(anomaly.window().last()));
            each.put("events", anomaly.window().events());
            each.put("alarms", anomaly.alarms());
            each.put("delay", anomaly.delay());
        }
        return object;
    }

    /** A number, or null for one that there is not. */
    private static void put(ObjectNode object, String name, double value) {
        if (Double.isNaN(value)) {
            object.putNull(name);
        } else {
            object.put(name, value);
        }
    }

    private void print(SeriesSet set, AnomalyEvaluation evaluation) {
        console.out()
                .println(Words.count(evaluation.events(), "event") + " of " + Console.plain(set.source()) + ", "
                        + evaluation.scored() + " scored");
        new TextTable(List.of("", "Found", "Of", "Alarms", "False", "Precision", "Recall", "F1", "Area"))
                .row(
                        true,
                        List.of(
                                "Anomalies",
                                Integer.toString(evaluation.found()),
                                Integer.toString(evaluation.windows()),
                                Integer.toString(evaluation.alarms()),
                                Integer.toString(evaluation.falseAlarms()),
                                share(evaluation.precision()),
                                share(evaluation.recall()),
                                share(evaluation.f1()),
                                share(evaluation.area())))
                .print(console);
        if (!evaluation.known().isEmpty()) {
            console.out().println();
            known(set, evaluation.known()).print(console);
            if (evaluation.windows() > MOST_ROWS) {
                console.out().println("and " + (evaluation.windows() - MOST_ROWS) + " more; --json has all");
            }
        }
        if (evaluation.found() > 0) {
            console.out().println();
            console.out()
                    .println(String.format(
                            Locale.ROOT, "Found %.1f events after they began, in the mean.", evaluation.delay()));
        }
        outputs.print(console);
    }

    private static TextTable known(SeriesSet set, List<KnownAnomaly> known) {
        boolean several = set.size() > 1;
        TextTable table = new TextTable(row(several, "Series", "From", "To", "Events", "Alarms", "Found after"));
        for (KnownAnomaly anomaly : known.subList(0, Math.min(MOST_ROWS, known.size()))) {
            Series series = set.list().get(anomaly.series());
            EventWindow window = anomaly.window();
            table.row(
                    false,
                    row(
                            several,
                            series.name(),
                            series.time().label(window.first()),
                            series.time().label(window.last()),
                            Integer.toString(window.events()),
                            Integer.toString(anomaly.alarms()),
                            after(anomaly)));
        }
        return table;
    }

    private static List<String> row(boolean several, String series, String... cells) {
        List<String> row = new ArrayList<>(List.of(cells));
        if (several) {
            row.add(0, series);
        }
        return row;
    }

    /** How late an anomaly was found. */
    static String after(KnownAnomaly anomaly) {
        Integer delay = anomaly.delay();
        return delay == null ? "not found" : Words.count(delay, "event");
    }

    static String share(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
