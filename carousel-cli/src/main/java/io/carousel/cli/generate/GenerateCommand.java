package io.carousel.cli.generate;

import io.carousel.cli.command.CommandGroup;
import io.carousel.cli.command.Console;
import picocli.CommandLine;

/** The group {@code carousel generate}. */
public final class GenerateCommand {
    private GenerateCommand() {}

    /** The group with its commands. */
    public static CommandLine of(Console console) {
        return CommandGroup.of(
                "generate",
                "Learn a text, say how likely others are, and write new ones.",
                new FitCommand(console),
                new EvaluateCommand(console),
                new PredictCommand(console));
    }
}
