package io.carousel.cli;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.UserMistake;
import io.carousel.model.FormatException;
import io.carousel.train.TrainingDivergedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what went wrong into one line and an exit code.
 *
 * <p>2 is a mistake of the user's, which the library reports as an {@link IllegalArgumentException} or an
 * {@link IOException} with a complete sentence; 1 is anything else.
 */
final class Failures {
    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    /** Installs both handlers in the command and its subcommands. */
    void handle(CommandLine command) {
        command.setParameterExceptionHandler((exception, arguments) -> mistaken(exception));
        command.setExecutionExceptionHandler((exception, failed, result) -> failed(exception, verbose(failed)));
    }

    private int mistaken(ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        String hint = "see " + command.getCommandSpec().qualifiedName() + " --help";
        if (exception instanceof UnmatchedArgumentException unmatched) {
            var near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                hint = "did you mean " + String.join(" or ", near.subList(0, Math.min(2, near.size()))) + "? " + hint;
            }
        }
        String message = exception instanceof MutuallyExclusiveArgsException
                ? String.valueOf(exception.getMessage()).replaceAll("\\s*\\(specify only one\\)", "; give only one")
                : exception.getMessage();
        print(message + "; " + hint);
        return ExitCode.USAGE;
    }

    private int failed(Exception exception, boolean verbose) {
        if (verbose) {
            StringWriter trace = new StringWriter();
            exception.printStackTrace(new PrintWriter(trace, true));
            console.err().print(trace);
        }
        @Nullable String mistake = mistake(exception);
        if (mistake != null) {
            print(mistake);
            return ExitCode.USAGE;
        }
        print("unexpected failure, " + exception
                + (verbose ? "" : "; run again with --verbose and report what it prints"));
        return ExitCode.SOFTWARE;
    }

    /** Says that the JVM has too little memory for what was asked. */
    int outOfMemory() {
        print("there is not enough memory, the JVM may use "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB; allow more with CAROUSEL_JAVA_OPTS=-Xmx8g, or use a smaller network, window or file");
        return ExitCode.SOFTWARE;
    }

    /** The line for a mistake of the user's, or null when it is none. */
    private static @Nullable String mistake(Throwable exception) {
        if (exception instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
            return mistake(wrapped.getCause());
        }
        if (exception instanceof FileSystemException problem) {
            return file(problem);
        }
        String message = exception.getMessage();
        if (exception instanceof UserMistake
                || exception instanceof IllegalArgumentException
                || exception instanceof TrainingDivergedException
                || exception instanceof CancellationException
                || exception instanceof FormatException) {
            return message;
        }
        // An IOException of ours is a sentence with a remedy; one of the JDK's, such as a full disk, is not.
        return exception instanceof IOException && message != null && message.contains("; ") ? message : null;
    }

    private static String file(FileSystemException problem) {
        String file = problem.getFile();
        if (problem instanceof NoSuchFileException) {
            return "there is no file " + file + "; check the path";
        }
        if (problem instanceof AccessDeniedException) {
            return "no permission for " + file + "; check its rights or choose another place";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return file + " is in the way; remove it or choose another place";
        }
        if (problem instanceof NotDirectoryException || problem instanceof DirectoryNotEmptyException) {
            return file + " is not as it must be: " + problem.getMessage() + "; choose another place";
        }
        String reason = problem.getReason() == null
                ? "cannot be used"
                : problem.getReason().toLowerCase(java.util.Locale.ROOT);
        return file + ": " + reason + "; check the path or choose another place";
    }

    private static boolean verbose(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getCommand() instanceof CarouselCommand carousel && carousel.verbose();
    }

    private void print(String message) {
        console.err().println("carousel: " + Console.plain(message.strip().replaceAll("\\s*\\R\\s*", " ")));
        console.err().flush();
    }
}
