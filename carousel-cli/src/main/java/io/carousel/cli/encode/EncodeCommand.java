package io.carousel.cli.encode;

import io.carousel.cli.command.CommandGroup;
import io.carousel.cli.command.Console;
import picocli.CommandLine;

/** The group {@code carousel encode}. */
public final class EncodeCommand {
    private EncodeCommand() {}

    /** The group with its commands. */
    public static CommandLine of(Console console) {
        return CommandGroup.of(
                "encode",
                "Compress sequences of words or numbers to vectors of fixed size, and make them again.",
                new FitCommand(console),
                new EvaluateCommand(console),
                new PredictCommand(console));
    }
}
