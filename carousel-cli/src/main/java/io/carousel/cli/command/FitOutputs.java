package io.carousel.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

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

    public Path out() {
        return out;
    }

    public @Nullable Path report() {
        return report;
    }

    public boolean json() {
        return json;
    }

    public @Nullable Path checkpoint() {
        return checkpoint;
    }
}
