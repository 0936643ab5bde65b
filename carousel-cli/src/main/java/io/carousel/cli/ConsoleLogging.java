package io.carousel.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.MessageFormat;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Prints what the library logs to standard error, one line a message; found as a service of {@link System.LoggerFinder}.
 *
 * <p>Warnings only, until {@link #threshold} lowers it. Safe for any number of threads.
 */
public final class ConsoleLogging extends System.LoggerFinder {
    private final AtomicReference<Level> threshold = new AtomicReference<>(Level.WARNING);

    /** For the service loader. */
    public ConsoleLogging() {}

    /** Sets the least level that is printed, for this process, if this class does its logging. */
    static void threshold(Level level) {
        if (System.LoggerFinder.getLoggerFinder() instanceof ConsoleLogging logging) {
            logging.threshold.set(level);
        }
    }

    @Override
    public Logger getLogger(String name, Module module) {
        boolean ours = name.startsWith("io.carousel");
        return new LineLogger(name, ours ? threshold : new AtomicReference<>(Level.WARNING));
    }

    private record LineLogger(String name, AtomicReference<Level> threshold) implements Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level != Level.OFF
                    && level.getSeverity()
                            >= Objects.requireNonNull(threshold.get()).getSeverity();
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
            if (!isLoggable(level)) {
                return;
            }
            StringWriter lines = new StringWriter();
            lines.append("carousel: ");
            if (level.getSeverity() >= Level.WARNING.getSeverity()) {
                lines.append(level == Level.ERROR ? "error: " : "warning: ");
            }
            lines.append(message);
            if (thrown != null) {
                lines.append(System.lineSeparator());
                thrown.printStackTrace(new PrintWriter(lines, true));
            }
            PrintStream err = System.err;
            err.println(lines.toString().stripTrailing());
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object @Nullable ... values) {
            if (isLoggable(level)) {
                String message = values == null || values.length == 0 ? format : MessageFormat.format(format, values);
                log(level, bundle, message, (Throwable) null);
            }
        }
    }
}
