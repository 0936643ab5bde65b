package io.carousel.cli;

import io.carousel.cli.command.Version;
import java.lang.System.Logger.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code carousel} itself, which only leads to its subcommands. */
@Command(
        name = "carousel",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Trains recurrent networks and runs them, in pure Java.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start with:  @|bold carousel demo|@",
            "Then:        carousel forecast fit DATA.csv --target COLUMN --horizon 12 --out MODEL.carousel",
            "",
            "Exit codes: 0 success, 2 a mistake in the call or the data, 1 anything else."
        })
final class CarouselCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private boolean verbose;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log what the library does, and show the stack trace of a failure.")
    void verbose(boolean wanted) {
        verbose = wanted;
        if (wanted) {
            ConsoleLogging.threshold(Level.INFO);
        }
    }

    boolean verbose() {
        return verbose;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
