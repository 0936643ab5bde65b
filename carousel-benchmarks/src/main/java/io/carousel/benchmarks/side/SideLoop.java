package io.carousel.benchmarks.side;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The process of a side: answers the driver's lines until it says {@code quit}.
 *
 * <pre>{@code
 * about                  → about NAME=TEXT …, one line for each; ok
 * prepare WORKLOAD       → ok; unsupported REASON
 * results FILE           → ok
 * warm SECONDS           → ok
 * time SECONDS           → ok calls=… mean=… p50=… p99=… allocated=…
 * quit
 * }</pre>
 *
 * <p>Every answer begins with {@link #MARK}, so that what native code prints is not taken for one. What goes wrong is
 * {@code failed REASON}, with the stack trace on the standard error.
 */
public final class SideLoop {
    /** What an answer begins with. */
    public static final String MARK = "@ledger ";

    /** Calls whose times are kept; a round ends when there is no more room. */
    private static final int MOST_CALLS = 1 << 21;

    private final Side side;
    private final PrintStream answers;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long[] nanos = new long[MOST_CALLS];
    private @Nullable Work work;

    private SideLoop(Side side, PrintStream answers) {
        this.side = side;
        this.answers = answers;
    }

    /** Serves the driver on the standard streams. */
    public static void serve(Side side) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        SideLoop loop = new SideLoop(side, answers);
        for (String line = lines.readLine(); line != null && !line.equals("quit"); line = lines.readLine()) {
            loop.answer(line);
        }
        loop.release();
        System.exit(0); // native pools may hold threads that are no daemons
    }

    private void answer(String line) {
        try {
            int space = line.indexOf(' ');
            String rest = space < 0 ? "" : line.substring(space + 1);
            say(
                    switch (space < 0 ? line : line.substring(0, space)) {
                        case "about" -> about();
                        case "prepare" -> prepare(Workload.parse(rest));
                        case "results" -> results(Path.of(rest));
                        case "warm" -> warm(Double.parseDouble(rest));
                        case "time" -> "ok " + time(Double.parseDouble(rest)).words();
                        default -> "failed unknown command " + line;
                    });
        } catch (UnsupportedOperationException e) {
            say("unsupported " + e.getMessage());
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            e.printStackTrace();
            say("failed " + String.valueOf(e).replace('\n', ' '));
        }
    }

    private void say(String answer) {
        answers.println(MARK + answer);
        answers.flush();
    }

    private String about() {
        side.about().forEach((name, text) -> say("about " + name + "=" + text));
        return "ok";
    }

    private String prepare(Workload workload) throws Exception {
        release();
        work = side.prepare(workload);
        return "ok";
    }

    private void release() {
        Work old = work;
        work = null;
        if (old != null) {
            old.close();
        }
    }

    private Work prepared() {
        Work current = work;
        if (current == null) {
            throw new IllegalStateException("a workload must be prepared first");
        }
        return current;
    }

    private String results(Path file) throws Exception {
        ResultFile.write(file, prepared().results());
        return "ok";
    }

    private String warm(double seconds) throws Exception {
        Work current = prepared();
        long end = System.nanoTime() + Math.round(seconds * 1e9);
        do {
            current.run();
        } while (System.nanoTime() < end);
        return "ok";
    }

    private Timing time(double seconds) throws Exception {
        Work current = prepared();
        int calls = 0;
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long before = System.nanoTime();
        long end = before + Math.round(seconds * 1e9);
        do {
            current.run();
            long now = System.nanoTime();
            nanos[calls++] = now - before;
            before = now;
        } while (before < end && calls < MOST_CALLS);
        double perCall = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / calls;
        return Timing.of(nanos, calls, perCall);
    }
}
