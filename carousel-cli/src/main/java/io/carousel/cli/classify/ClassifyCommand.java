package io.carousel.cli.classify;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group {@code carousel classify}. */
@Command(
        name = "classify",
        description = "Learn what whole sequences of words or numbers are, and tell it of others.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ClassifyCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private ClassifyCommand() {}

    /** The group with its commands. */
    public static CommandLine of(Console console) {
        return new CommandLine(new ClassifyCommand())
                .addSubcommand(new FitCommand(console))
                .addSubcommand(new EvaluateCommand(console))
                .addSubcommand(new PredictCommand(console));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
