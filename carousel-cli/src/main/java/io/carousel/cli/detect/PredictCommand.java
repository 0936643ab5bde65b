package io.carousel.cli.detect;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.data.AtomicFile;
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
                            + "the end; of standard input also when a bad line or a signal ends it.",
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

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write the lines to this file: those of a file all or none, those of standard input as they come.",
            order = 5)
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
        StateFile streams = new StateFile(state, detector);
        if (live) {
            watch(detector, reader, streams);
        } else {
            Inputs.check("data", data);
            score(detector, reader, streams);
        }
        if (report != null) {
            AnomalyStories.write(report, detector, reader.read(data), null);
        }
        return 0;
    }

    /** A line for each event as it comes. */
    private void watch(AnomalyDetector detector, EventReader reader, StateFile streams) throws IOException {
        Path file = out;
        if (file == null) {
            watch(detector, reader, streams, console.out());
        } else {
            try (PrintStream to = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
                watch(detector, reader, streams, to);
                requireWritten(to, file);
            }
        }
    }

    private void watch(AnomalyDetector detector, EventReader reader, StateFile streams, PrintStream to)
            throws IOException {
        EventLines lines = new EventLines(detector, streams, to, true, only, json);
        try (LiveStream live = new LiveStream(streams, lines)) {
            reader.read(System.in, "standard input", live);
        } catch (EventLines.ClosedException e) {
            return; // nobody reads the lines any more, as after head
        }
        console.say(lines.notes());
    }

    /** All events of a file; a file of lines and a state are written when all went well, or stay as they were. */
    private void score(AnomalyDetector detector, EventReader reader, StateFile streams) throws IOException {
        Path file = out;
        if (file == null) {
            score(detector, reader, streams, console.out());
        } else {
            AtomicFile.write(file, bytes -> {
                PrintStream to = new PrintStream(bytes, false, StandardCharsets.UTF_8);
                score(detector, reader, streams, to);
                requireWritten(to, file);
            });
        }
        streams.write();
    }

    private void score(AnomalyDetector detector, EventReader reader, StateFile streams, PrintStream to) {
        EventLines lines = new EventLines(detector, streams, to, false, only, json);
        reader.read(data, lines);
        to.flush();
        console.say(lines.notes());
    }

    private static void requireWritten(PrintStream to, Path file) throws IOException {
        if (to.checkError()) {
            throw new IOException(file + " cannot be written; check the space that is left");
        }
    }
}
