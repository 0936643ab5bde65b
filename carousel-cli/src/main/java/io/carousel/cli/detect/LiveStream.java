package io.carousel.cli.detect;

import io.carousel.data.EventReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that come one by one: whatever ends them, what they left is kept, always as it is between two events.
 *
 * <p>A signal finds this waiting for the next event, so the state is written by the thread of the JVM's shutdown.
 */
final class LiveStream implements EventReader.Sink, AutoCloseable {
    private final StateFile state;
    private final EventLines lines;
    private final Thread hook = new Thread(this::closeAtShutdown, "carousel-state");
    private boolean closed;

    LiveStream(StateFile state, EventLines lines) {
        this.state = state;
        this.lines = lines;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void columns(@Nullable String time, List<String> columns) {
        lines.columns(time, columns);
    }

    @Override
    public synchronized void event(String key, String label, long stamp, double[] values, long line) {
        if (!closed) {
            lines.event(key, label, stamp, values, line);
        }
    }

    private synchronized void write() throws IOException {
        if (!closed) {
            closed = true;
            state.write();
        }
    }

    private void closeAtShutdown() {
        try {
            write();
        } catch (IOException e) {
            System.err.println("carousel: the state cannot be kept in " + state + ": " + e.getMessage()
                    + "; the streams have to start anew");
        }
    }

    @Override
    public void close() throws IOException {
        write();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the hook is running: it finds that all is written
        }
    }
}
