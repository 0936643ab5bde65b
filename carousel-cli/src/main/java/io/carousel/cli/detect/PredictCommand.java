package io.carousel.cli.detect;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.data.EventReader;
import io.carousel.task.anomaly.AnomalyDetector;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carousel detect predict}: scores events as they come. */
@Command(
        name = "predict",
        description = {
            "Score each event from what came before it: a line of CSV for each, as soon as the event is there.",
            "What is left empty could not be scored: among the first of a stream or after a gap in time, "
                    + "missing, late or there twice."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example:  tail -n +1 -f data.csv | carousel detect predict pump.carousel -"})
final class PredictCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "DATA.csv",
            description = "Events with the columns that the model watches, or - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description =
                    "Go on from what this file remembers, if it is there, and keep there what the streams remember at "
                            + "the end, also when the command is ended by a signal.",
            order = 1)
    private @Nullable Path state;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "The least probability of an anomaly. Default: the model's.",
            order = 2)
    private @Nullable Double threshold;

    @Option(names = "--anomalies", description = "Write only events that are anomalies.", order = 3)
    private boolean only;

    @Option(names = "--json", description = "Write one JSON object for each event, a line each.", order = 4)
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the lines to this file.", order = 5)
    private @Nullable Path out;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Also write a report to open in a browser, of a file and without a state.",
            order = 6)
    private @Nullable Path report;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Outputs.check("--state", state);
        Outputs.check("--out", out);
        Outputs.check("--report", report);
        boolean live = data.toString().equals(STANDARD_INPUT);
        if (report != null && (live || state != null)) {
            throw new UserMistake("--report must be of a file and without --state, got "
                    + (live ? "standard input" : "a state") + "; score a file that holds all events");
        }
        AnomalyDetector detector = Detectors.load(model, threshold);
        EventReader reader = Detectors.reader(detector, detector.encoding().names());
        if (!live) {
            Inputs.check("data", data);
        }
        Path file = out;
        if (file == null) {
            score(detector, reader, live, console.out());
        } else {
            try (PrintStream lines = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
                score(detector, reader, live, lines);
                if (lines.checkError()) {
                    throw new IOException(file + " cannot be written; check the space that is left");
                }
            }
        }
        if (report != null) {
            AnomalyStories.write(report, detector, reader.read(data), null);
        }
        return 0;
    }

    private void score(AnomalyDetector detector, EventReader reader, boolean live, PrintStream to) throws IOException {
        EventLines lines = new EventLines(detector, to, live, only, json);
        try (StateFile kept = new StateFile(state, lines)) {
            if (live) {
                reader.read(System.in, "standard input", kept);
            } else {
                reader.read(data, kept);
            }
        } catch (EventLines.ClosedException e) {
            return; // nobody reads the lines any more, as after head
        }
        to.flush();
        console.say(lines.notes());
    }
}
