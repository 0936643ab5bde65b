package io.carousel.cli.classify;

import io.carousel.cli.command.CommandGroup;
import io.carousel.cli.command.Console;
import picocli.CommandLine;

/** The group {@code carousel classify}. */
public final class ClassifyCommand {
    private ClassifyCommand() {}

    /** The group with its commands. */
    public static CommandLine of(Console console) {
        return CommandGroup.of(
                "classify",
                "Learn what whole sequences of words or numbers are, and tell it of others.",
                new FitCommand(console),
                new EvaluateCommand(console),
                new PredictCommand(console));
    }
}
