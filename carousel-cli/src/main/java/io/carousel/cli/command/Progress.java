package io.carousel.cli.command;

import io.carousel.cli.report.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line on the terminal that says how far a long work is, with its loss, its speed and the time left.
 *
 * <p>Silent when nobody watches. Drawn at most ten times a second.
 */
public final class Progress implements AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int LEAST_BAR = 5;
    private static final int MOST_BAR = 24;

    private final Console console;
    private final LongSupplier nanoTime;
    private String stage = "";
    private long stageStart;
    private long lastDrawn;
    private double smoothLoss = Double.NaN;
    private double smoothSpeed = Double.NaN;
    private double validation = Double.NaN;
    private boolean drawn;

    public Progress(Console console) {
        this(console, System::nanoTime);
    }

    public Progress(Console console, LongSupplier nanoTime) {
        this.console = console;
        this.nanoTime = nanoTime;
    }

    /** A new stage of the work begins. */
    public void stage(String name, int index, int count) {
        stage = count > 1 ? index + "/" + count + " " + name : name;
        stageStart = nanoTime.getAsLong();
        lastDrawn = stageStart - REDRAW_NANOS;
        smoothLoss = Double.NaN;
        smoothSpeed = Double.NaN;
        validation = Double.NaN;
        draw(stage);
    }

    /** The loss on the validation part after an epoch. */
    public void validation(double loss) {
        validation = loss;
    }

    /** One more step of the stage is done. */
    public void step(int epoch, long done, long total, double loss, double sequencesPerSecond) {
        smoothLoss = Double.isNaN(smoothLoss) ? loss : 0.95 * smoothLoss + 0.05 * loss;
        smoothSpeed = Double.isNaN(smoothSpeed) ? sequencesPerSecond : 0.95 * smoothSpeed + 0.05 * sequencesPerSecond;
        long now = nanoTime.getAsLong();
        if (!console.watched() || now - lastDrawn < REDRAW_NANOS) {
            return;
        }
        lastDrawn = now;
        double part = total > 0 ? Math.min(1, (double) done / total) : 0;
        List<String> facts = new ArrayList<>();
        facts.add(String.format(Locale.ROOT, "%3.0f %%", 100 * part));
        facts.add(String.format(Locale.ROOT, "loss %-7s", Words.number(smoothLoss)));
        facts.add(String.format(Locale.ROOT, "%6.0f sequences/s", smoothSpeed));
        if (part > 0) {
            facts.add(String.format(
                    Locale.ROOT, "at most %5s left", time((long) ((now - stageStart) * (1 - part) / part))));
        }
        if (Double.isFinite(validation)) {
            facts.add(String.format(Locale.ROOT, "validation %-7s", Words.number(validation)));
        }
        facts.add(String.format(Locale.ROOT, "epoch %3d", epoch));
        draw(line(part, facts));
    }

    /** Stage, bar and as many of the facts as there is room for, the first ones first. */
    private String line(double part, List<String> facts) {
        int room = console.columns() - 1;
        String name = stage.length() + 70 <= room
                ? stage
                : stage.substring(0, stage.indexOf(' ') + 1).strip();
        StringBuilder text = new StringBuilder();
        for (String fact : facts) {
            if (name.length() + 2 + LEAST_BAR + text.length() + 2 + fact.length() <= room) {
                text.append("  ").append(fact);
            }
        }
        int bar = Math.max(0, Math.min(MOST_BAR, room - name.length() - 2 - text.length()));
        int full = (int) Math.round(part * bar);
        return name + "  " + "━".repeat(full) + "╌".repeat(bar - full) + text;
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (drawn) {
            console.err().print("\r\u001b[K");
            console.err().flush();
            drawn = false;
        }
    }

    /** Nanoseconds as {@code 0:07} or {@code 1:02:03}. */
    public static String time(long nanos) {
        Duration duration = Duration.ofNanos(nanos).plusMillis(500);
        return duration.toHours() > 0
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        duration.toHours(),
                        duration.toMinutesPart(),
                        duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }

    private void draw(String line) {
        if (console.watched()) {
            String cut =
                    line.length() < console.columns() ? line : line.substring(0, Math.max(0, console.columns() - 1));
            console.err().print("\r" + cut + "\u001b[K");
            console.err().flush();
            drawn = true;
        }
    }
}
