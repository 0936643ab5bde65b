package io.carousel.cli;

import io.carousel.cli.classify.ClassifyCommand;
import io.carousel.cli.command.Console;
import io.carousel.cli.detect.DetectCommand;
import io.carousel.cli.encode.EncodeCommand;
import io.carousel.cli.forecast.DemoCommand;
import io.carousel.cli.forecast.ForecastCommand;
import io.carousel.cli.generate.GenerateCommand;
import io.carousel.cli.inspect.InspectCommand;
import io.carousel.cli.lags.LagsCommand;
import io.carousel.cli.tag.TagCommand;
import io.carousel.cli.translate.TranslateCommand;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** The program: parses the command line, runs one command, ends with its exit code. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the JVM.
     *
     * @param arguments the words after {@code carousel}
     */
    public static void main(String... arguments) {
        PrintStream err = standardError();
        System.setErr(err);
        int exitCode = run(Console.ofProcess(standardOutput(), err), arguments);
        System.exit(exitCode);
    }

    /** Runs one command and returns its exit code: 0, 2 for a mistake of the user's, 1 for anything else. */
    static int run(Console console, String... arguments) {
        int exitCode;
        try {
            exitCode = commandLine(console).execute(arguments);
        } catch (OutOfMemoryError tooLittle) {
            exitCode = new Failures(console).outOfMemory();
        }
        console.out().flush();
        console.err().flush();
        return exitCode;
    }

    /** The tree of all commands. */
    static CommandLine commandLine(Console console) {
        CommandLine carousel = new CommandLine(new CarouselCommand())
                .addSubcommand(ForecastCommand.of(console))
                .addSubcommand(TagCommand.of(console))
                .addSubcommand(DetectCommand.of(console))
                .addSubcommand(TranslateCommand.of(console))
                .addSubcommand(GenerateCommand.of(console))
                .addSubcommand(ClassifyCommand.of(console))
                .addSubcommand(EncodeCommand.of(console))
                .addSubcommand(new InspectCommand(console))
                .addSubcommand(new CellsCommand(console))
                .addSubcommand(new DemoCommand(console))
                .addSubcommand(new LagsCommand(console));
        Ansi ansi = console.styled() ? Ansi.ON : Ansi.OFF;
        new Failures(console).handle(carousel);
        return carousel.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(new ColorScheme.Builder(CommandLine.Help.defaultColorScheme(ansi)).build())
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Standard output in UTF-8, which JSON needs, but in the code page of its console on Windows. */
    private static PrintStream standardOutput() {
        return System.getProperty("os.name").startsWith("Windows")
                ? System.out
                : new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
                        false,
                        StandardCharsets.UTF_8);
    }

    /**
     * The caller's standard error: descriptor 2, or the one that {@code bin/carousel} names because the JVM's own warning
     * of the incubating vector module is filtered out of descriptor 2.
     */
    private static PrintStream standardError() {
        int descriptor = Integer.getInteger("carousel.stderr", 2);
        FileDescriptor err = FileDescriptor.err;
        if (descriptor != 2) {
            try {
                var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
                constructor.setAccessible(true);
                err = constructor.newInstance(descriptor);
            } catch (ReflectiveOperationException | RuntimeException unavailable) {
                err = FileDescriptor.err; // then the filter passes our lines on
            }
        }
        return new PrintStream(new FileOutputStream(err), true, StandardCharsets.UTF_8);
    }
}
