package io.carousel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own, with the class path and the Java of this one. */
public final class ForkedJvm {
    /** Ends what hangs; longer than anything takes on a slow and busy machine. */
    private static final int MINUTES = 30;

    private ForkedJvm() {}

    /** What a process printed, standard output and error together, and how it ended. */
    public record Result(int exitCode, String output) {}

    /**
     * Runs and waits, at most half an hour.
     *
     * @param options such as {@code -Xmx64m}
     */
    public static Result run(List<String> options, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return run(command);
    }

    /** Runs any command and waits, at most half an hour. */
    public static Result run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running after half an hour: " + command + "\n" + output);
        }
        return new Result(process.exitValue(), output);
    }
}
