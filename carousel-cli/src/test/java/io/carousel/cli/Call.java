package io.carousel.cli;

import io.carousel.cli.command.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * One call of the command line within this JVM.
 *
 * @param exitCode what the process would end with
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
record Call(int exitCode, String out, String err) {

    /** Runs {@code carousel} with these words, its output being no terminal. */
    static Call carousel(Object... words) {
        return watched(0, words);
    }

    /** Runs {@code carousel} with a terminal of that many columns for standard error. */
    static Call watched(int columns, Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                columns,
                false);
        int exitCode = Main.run(console, arguments);
        return new Call(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
