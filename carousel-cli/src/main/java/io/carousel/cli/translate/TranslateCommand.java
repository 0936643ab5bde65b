package io.carousel.cli.translate;

import io.carousel.cli.command.CommandGroup;
import io.carousel.cli.command.Console;
import picocli.CommandLine;

/** The group {@code carousel translate}. */
public final class TranslateCommand {
    private TranslateCommand() {}

    /** The group with its commands. */
    public static CommandLine of(Console console) {
        return CommandGroup.of(
                "translate",
                "Learn to make sequences of others: translations, pronunciations, spellings.",
                new FitCommand(console),
                new EvaluateCommand(console),
                new PredictCommand(console));
    }
}
