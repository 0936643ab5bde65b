package io.carousel.cli.detect;

import io.carousel.cli.command.UserMistake;
import io.carousel.data.AtomicFile;
import io.carousel.data.EventReader;
import io.carousel.task.anomaly.DetectorStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the streams remember in a file, at the end and when a signal ends the process: always as it is between two events.
 *
 * <p>A signal finds this waiting for the next event, so the file is written by the thread of the JVM's shutdown.
 */
final class StateFile implements EventReader.Sink, AutoCloseable {
    private final @Nullable Path file;
    private final EventLines lines;
    private final Thread hook = new Thread(this::writeAtShutdown, "carousel-state");
    private boolean written;

    /** Restores what the file holds, if there is one. */
    StateFile(@Nullable Path file, EventLines lines) throws IOException {
        this.file = file;
        this.lines = lines;
        if (file == null) {
            return;
        }
        if (Files.exists(file)) {
            try {
                lines.restore(DetectorStates.fromBytes(Files.readAllBytes(file)));
            } catch (IllegalArgumentException e) {
                throw new UserMistake(file + ": " + e.getMessage());
            }
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void columns(@Nullable String time, List<String> columns) {
        lines.columns(time, columns);
    }

    @Override
    public synchronized void event(String key, String label, long stamp, double[] values, long line) {
        if (!written) {
            lines.event(key, label, stamp, values, line);
        }
    }

    private synchronized void write() throws IOException {
        Path to = file;
        if (to != null && !written) {
            written = true;
            byte[] bytes = lines.states().toBytes();
            AtomicFile.write(to, out -> out.write(bytes));
        }
    }

    private void writeAtShutdown() {
        try {
            write();
        } catch (IOException e) {
            System.err.println("carousel: the state cannot be kept in " + file + ": " + e.getMessage()
                    + "; the streams have to start anew");
        }
    }

    @Override
    public void close() throws IOException {
        write();
        if (file != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                // the hook is running: it finds that all is written
            }
        }
    }
}
