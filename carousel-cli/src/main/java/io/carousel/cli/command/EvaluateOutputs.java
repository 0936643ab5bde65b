package io.carousel.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what an evaluation writes, of every task whose evaluation has a report. */
public final class EvaluateOutputs {
    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Also write a report to open in a browser.",
            order = 20)
    private @Nullable Path report;

    @Option(names = "--json", description = "Print one JSON object and nothing else.", order = 21)
    private boolean json;

    /** Refuses a place that cannot be written, before the evaluation begins. */
    public void check() {
        Outputs.check("--report", report);
    }

    /** Prints where the report is, below an empty line; without one, nothing. */
    public void print(Console console) {
        if (report != null) {
            console.out().println();
            console.out().println("Report: " + report);
        }
    }

    public @Nullable Path report() {
        return report;
    }

    public boolean json() {
        return json;
    }
}
