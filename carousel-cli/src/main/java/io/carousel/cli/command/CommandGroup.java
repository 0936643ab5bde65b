package io.carousel.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only leads to its subcommands, such as {@code carousel forecast}: alone, it prints its help. */
@Command(synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true, versionProvider = Version.class)
public final class CommandGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private CommandGroup() {}

    /**
     * A group with its commands, in the order of its help.
     *
     * @param description one sentence
     * @param commands objects annotated as commands
     */
    public static CommandLine of(String name, String description, Object... commands) {
        CommandLine group = new CommandLine(new CommandGroup()).setCommandName(name);
        group.getCommandSpec().usageMessage().description(description);
        for (Object command : commands) {
            group.addSubcommand(command);
        }
        return group;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
