package io.carousel.cli.generate;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group {@code carousel generate}. */
@Command(
        name = "generate",
        description = "Learn a text, say how likely others are, and write new ones.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class GenerateCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private GenerateCommand() {}

    /** The group with its commands. */
    public static CommandLine of(Console console) {
        return new CommandLine(new GenerateCommand())
                .addSubcommand(new FitCommand(console))
                .addSubcommand(new EvaluateCommand(console))
                .addSubcommand(new PredictCommand(console));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
