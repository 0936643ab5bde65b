package io.carousel.cli.forecast;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group {@code carousel forecast}. */
@Command(
        name = "forecast",
        description = "Learn a series of numbers and continue it.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ForecastCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private ForecastCommand() {}

    /** The group with its commands. */
    public static CommandLine of(Console console) {
        return new CommandLine(new ForecastCommand())
                .addSubcommand(new FitCommand(console))
                .addSubcommand(new EvaluateCommand(console))
                .addSubcommand(new PredictCommand(console));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
