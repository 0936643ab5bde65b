package io.carousel.cli.tag;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group {@code carousel tag}. */
@Command(
        name = "tag",
        description = "Learn tags for the words of sentences: names, chunks, parts of speech.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class TagCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private TagCommand() {}

    /** The group with its commands. */
    public static CommandLine of(Console console) {
        return new CommandLine(new TagCommand())
                .addSubcommand(new FitCommand(console))
                .addSubcommand(new EvaluateCommand(console))
                .addSubcommand(new PredictCommand(console));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
