package io.carousel.cli.detect;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.EvaluateOutputs;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.command.Version;
import io.carousel.cli.report.Words;
import io.carousel.data.EventReader;
import io.carousel.data.SeriesSet;
import io.carousel.model.Json;
import io.carousel.task.anomaly.AnomalyDetector;
import io.carousel.task.anomaly.AnomalyEvaluation;
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
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel detect evaluate}: how well anomalies that are known are found. */
@Command(
        name = "evaluate",
        description = {
            "Tell how well anomalies that are known are found.",
            "A column says 1 for each event that is anomalous; events in a row are one anomaly."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(index = "1", paramLabel = "DATA.csv", description = "Events with a column of labels.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Option(
            names = "--labels",
            paramLabel = "COL",
            description = "The column that is 1 where an event is anomalous, else 0. Default: label.",
            order = 1)
    private String labels = "label";

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "The least probability of an anomaly. Default: the model's.",
            order = 2)
    private @Nullable Double threshold;

    @Mixin
    private final EvaluateOutputs outputs = new EvaluateOutputs();

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        outputs.check();
        AnomalyDetector detector = Detectors.load(model, threshold);
        List<String> columns = new ArrayList<>(detector.encoding().names());
        columns.add(labels);
        EventReader reader = Detectors.reader(detector, columns);
        SeriesSet set = reader.read(Inputs.check("data", data));
        console.say(set.notes());
        AnomalyEvaluation evaluation = detector.evaluate(set, labels);
        Path report = outputs.report();
        if (report != null) {
            AnomalyStories.write(report, detector, set, evaluation);
        }
        if (outputs.json()) {
            ObjectNode object = Outputs.json(model, data, null, report);
            object.setAll((ObjectNode) Json.tree(evaluation));
            object.put("precision", evaluation.precision());
            object.put("recall", evaluation.recall());
            object.put("f1", evaluation.f1());
            console.out().println(Json.writePretty(object));
        } else {
            print(set, evaluation);
        }
        return 0;
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
        if (evaluation.found() > 0) {
            console.out().println();
            console.out()
                    .println(String.format(
                            Locale.ROOT, "Found %.1f events after they began, in the mean.", evaluation.delay()));
        }
        outputs.print(console);
    }

    static String share(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
