package io.carousel.cli.command;

import io.carousel.task.FitOptions;
import io.carousel.task.FitRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The options that say what a fit writes, of every task. */
public final class FitOutputs {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "MODEL",
            description = "The model file to write.",
            order = 15)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Also write a report to open in a browser.",
            order = 16)
    private @Nullable Path report;

    @Option(names = "--json", description = "Print one JSON object and nothing else.", order = 17)
    private boolean json;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Keep the training in this folder: a run that is killed goes on where it was, with the same "
                    + "result, when called again with the same options.",
            order = 18)
    private @Nullable Path checkpoint;

    /** Refuses places that cannot be written, before hours are spent on what should go there. */
    public void check() {
        Outputs.check("--out", out);
        Outputs.check("--report", report);
    }

    /** How a fit of this command runs. */
    public FitOptions options(int threads) {
        return FitOptions.defaults().withThreads(threads).withCheckpoints(checkpoint);
    }

    /**
     * Says what one should know of a fit whose model has been written.
     *
     * @param notes of the fit
     * @param told those that were said when the data was read
     */
    public void tell(Console console, boolean stopped, List<String> notes, List<String> told) {
        tell(console, stopped, "kept in " + out, notes, told);
    }

    /**
     * The same for a fit that may write no model.
     *
     * @param where the model is, such as {@code kept in m.carousel}
     */
    public static void tell(Console console, boolean stopped, String where, List<String> notes, List<String> told) {
        if (stopped) {
            console.say("carousel: interrupted; the best model so far is " + where);
        }
        console.say(notes.stream()
                .filter(note -> !told.contains(note) && !note.equals(FitRun.STOPPED))
                .toList());
    }

    /** Prints where the model and the report are, below an empty line. */
    public void print(Console console) {
        console.out().println();
        console.out().println("Model:  " + out);
        if (report != null) {
            console.out().println("Report: " + report);
        }
    }

    /** The JSON object of a fit, to be filled with what is its task's own: files, whether it was stopped, and its time. */
    public ObjectNode json(boolean stopped, Duration wallTime) {
        ObjectNode object = Outputs.json(out, null, null, report);
        object.put("stopped", stopped);
        object.put("seconds", wallTime.toMillis() / 1000.0);
        return object;
    }

    public Path out() {
        return out;
    }

    public @Nullable Path report() {
        return report;
    }

    public boolean json() {
        return json;
    }
}
