package io.carousel.cli.forecast;

import io.carousel.cli.command.CommandGroup;
import io.carousel.cli.command.Console;
import picocli.CommandLine;

/** The group {@code carousel forecast}. */
public final class ForecastCommand {
    private ForecastCommand() {}

    /** The group with its commands. */
    public static CommandLine of(Console console) {
        return CommandGroup.of(
                "forecast",
                "Learn a series of numbers and continue it.",
                new FitCommand(console),
                new EvaluateCommand(console),
                new PredictCommand(console));
    }
}
