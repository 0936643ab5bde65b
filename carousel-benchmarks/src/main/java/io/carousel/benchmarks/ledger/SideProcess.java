package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.ResultFile;
import io.carousel.benchmarks.side.SideLoop;
import io.carousel.benchmarks.side.Timing;
import io.carousel.benchmarks.side.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A side at work, seen from the driver: the other end of {@link SideLoop}. Belongs to one thread. */
final class SideProcess implements AutoCloseable {
    /** Longer than any answer takes, so that a process that hangs is found. */
    private static final int PATIENCE_SECONDS = 180;

    private static final String ENDED = "ended";

    private final String label;
    private final Process process;
    private final PrintStream orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Map<String, String> about = new LinkedHashMap<>();
    private final Path log;

    /**
     * Starts it and asks what it is.
     *
     * @param logs where its standard error goes, in a file of its label
     */
    SideProcess(SideCommand command, Path logs) throws IOException, InterruptedException, SideException {
        label = command.label();
        log = logs.resolve(label.replace(' ', '-') + ".log");
        process = command.builder()
                .directory(logs.toFile())
                .redirectError(log.toFile())
                .start();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "answers of " + label);
        reader.setDaemon(true);
        reader.start();
        try {
            ask("about");
        } catch (SideException e) {
            close();
            throw e;
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(SideLoop.MARK)) {
                    answers.add(line.substring(SideLoop.MARK.length()));
                }
            }
        } catch (IOException e) {
            answers.add("failed " + e);
        }
        answers.add(ENDED);
    }

    String label() {
        return label;
    }

    /** Versions and settings. */
    Map<String, String> about() {
        return about;
    }

    /** Whether its process still runs. */
    boolean alive() {
        return process.isAlive();
    }

    /** The process id, by which the system knows it. */
    long pid() {
        return process.pid();
    }

    void prepare(Workload workload) throws SideException, InterruptedException {
        ask("prepare " + workload);
    }

    Map<String, float[]> results() throws SideException, InterruptedException, IOException {
        Path file = Files.createTempFile("ledger", ".results");
        try {
            ask("results " + file);
            return ResultFile.read(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    void warm(double seconds) throws SideException, InterruptedException {
        ask("warm " + seconds);
    }

    Timing time(double seconds) throws SideException, InterruptedException {
        return Timing.parse(ask("time " + seconds));
    }

    private String ask(String order) throws SideException, InterruptedException {
        orders.println(order);
        while (true) {
            String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                process.destroyForcibly();
                throw new SideException("no answer to \"" + order + "\" in " + PATIENCE_SECONDS + " seconds");
            }
            if (answer.equals(ENDED)) {
                answers.add(ENDED);
                throw new SideException("its process ended, see " + log);
            }
            int space = (answer + " ").indexOf(' ');
            String rest = answer.substring(Math.min(answer.length(), space + 1));
            switch (answer.substring(0, space)) {
                case "ok" -> {
                    return rest;
                }
                case "about" -> about.put(rest.substring(0, rest.indexOf('=')), rest.substring(rest.indexOf('=') + 1));
                default -> throw new SideException(rest);
            }
        }
    }

    @Override
    public void close() {
        orders.println("quit");
        orders.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
