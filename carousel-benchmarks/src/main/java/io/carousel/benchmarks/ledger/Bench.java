package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Timing;
import io.carousel.benchmarks.side.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sides at work: starts those that are asked for, keeps one busy at a time, and lets them take turns. */
final class Bench implements AutoCloseable {
    /** The label under which a limit of the machine stands among the sides. */
    static final String LIMIT = "limit";

    private static final String LIMIT_SIDE = Sides.CAROUSEL + " 1 limit";

    private static final double FIRST_TIME = 3;

    private final Sides sides;
    private final Run run;
    private final Path root;
    private final Path logs;
    private final PrintStream progress;
    private final Map<String, SideProcess> started = new LinkedHashMap<>();
    private final Set<SideProcess> warmed = new HashSet<>();
    private final Map<String, String> absent = new LinkedHashMap<>();

    /**
     * What is said of a run and not found out by it.
     *
     * @param date such as 2026-01-31
     * @param commit of the sources
     * @param quick whether it is too short to count
     * @param only what a workload's words must contain to be measured
     * @param minutes that a long run takes
     */
    record Run(String date, String commit, boolean quick, String only, double minutes) {
        /** The same, too short to count. */
        Run hurried() {
            return new Run(date, commit, true, only, minutes);
        }

        /** How long things are measured, unless a section says otherwise. */
        Rhythm rhythm() {
            return quick ? Rhythm.QUICK : Rhythm.FULL;
        }
    }

    /**
     * A bench with nobody on it yet.
     *
     * @param root the folder of the project; what the processes print goes below its {@code target}
     */
    Bench(Sides sides, Run run, Path root, PrintStream progress) throws IOException {
        this.sides = sides;
        this.run = run;
        this.root = root;
        logs = Files.createDirectories(root.resolve("carousel-benchmarks/target/ledger"));
        this.progress = progress;
    }

    /** How long things are measured, unless a section says otherwise. */
    Rhythm rhythm() {
        return run.rhythm();
    }

    /** How many minutes a long run takes. */
    double minutes() {
        return run.minutes();
    }

    /** The folder of the project. */
    Path root() {
        return root;
    }

    /** A folder for what is made on the way. */
    Path folder() {
        return logs;
    }

    /** A side in a new process, which the caller closes. */
    SideProcess fresh(String label) throws IOException, InterruptedException, SideException {
        return new SideProcess(sides.command(label), logs);
    }

    /** How to start sides, for sections that measure a start. */
    Sides sides() {
        return sides;
    }

    /** A line for whoever waits. */
    void say(String line) {
        progress.println(line);
    }

    /** Whether this run measures that workload. */
    boolean wants(Workload workload) {
        return workload.toString().contains(run.only());
    }

    /**
     * Lets sides take turns at a workload, those that compute what the first one does.
     *
     * @param roundings on the longest path of a result, from which the bound of {@link Comparison} follows
     * @param limit what limits it on this machine, such as {@code peak fma}, which takes its turn, too, under the label
     *     {@link #LIMIT}; null for nothing
     * @param labels of {@link Sides}; the first is the one that the others are compared with
     */
    Measured measure(Workload workload, double roundings, Rhythm pace, @Nullable Workload limit, List<String> labels)
            throws IOException, InterruptedException {
        progress.print(workload);
        Map<String, Measured.Entry> entries = new LinkedHashMap<>();
        Map<SideProcess, Comparison.Difference> ready = new LinkedHashMap<>();
        Map<String, float[]> expected = null;
        for (String label : labels) {
            SideProcess side = side(label);
            if (side == null) {
                entries.put(label, Measured.Entry.absent(absent.getOrDefault(label, "")));
                continue;
            }
            try {
                side.prepare(workload);
                Map<String, float[]> results = side.results();
                expected = expected == null ? results : expected;
                Comparison.Difference difference = Comparison.difference(expected, results, roundings);
                if (difference.share() > 1) {
                    throw new SideException("does not compute the same: its results are "
                            + Table.number(difference.share()) + " times as far from ours as rounding explains");
                }
                warm(side, pace);
                ready.put(side, difference);
            } catch (SideException | IllegalArgumentException e) {
                fail(side, e, entries);
            }
        }
        SideProcess gauge = limit == null ? null : side(LIMIT_SIDE);
        if (gauge != null && limit != null) {
            try {
                gauge.prepare(limit);
                warm(gauge, pace);
                ready.put(gauge, Comparison.Difference.NONE);
            } catch (SideException e) {
                fail(gauge, e, entries);
            }
        }
        turns(ready, pace).forEach((label, entry) -> entries.put(label.equals(LIMIT_SIDE) ? LIMIT : label, entry));
        progress.println();
        return new Measured(workload.toString(), entries);
    }

    /** Longer at a side's first workload, when its JVM has nothing compiled yet. */
    private void warm(SideProcess side, Rhythm pace) throws SideException, InterruptedException {
        side.warm(warmed.add(side) ? FIRST_TIME * pace.warm() : pace.warm());
    }

    private Map<String, Measured.Entry> turns(Map<SideProcess, Comparison.Difference> ready, Rhythm pace)
            throws InterruptedException {
        Map<String, Measured.Entry> entries = new LinkedHashMap<>();
        ready.forEach((side, difference) -> entries.put(
                side.label(),
                new Measured.Entry(null, difference.share(), difference.apart(), new ArrayList<Timing>())));
        for (int round = 0; round < pace.rounds(); round++) {
            for (SideProcess side : ready.keySet()) {
                Measured.Entry entry = entries.get(side.label());
                if (entry == null || entry.absent() != null) {
                    continue;
                }
                try {
                    entry.rounds().add(side.time(pace.seconds()));
                } catch (SideException e) {
                    fail(side, e, entries);
                }
            }
            progress.print(" .");
            progress.flush();
        }
        return entries;
    }

    /** Notes why it was not timed; one whose process has ended is started anew for the next workload. */
    private void fail(SideProcess side, Exception e, Map<String, Measured.Entry> entries) {
        entries.put(side.label(), Measured.Entry.absent(String.valueOf(e.getMessage())));
        progress.print(" [" + side.label() + ": " + e.getMessage() + "]");
        if (!side.alive()) {
            side.close();
            started.remove(side.label());
        }
    }

    /** The side of that label, started when it is first asked for; null when it cannot be. */
    @Nullable
    SideProcess side(String label) throws IOException, InterruptedException {
        if (!started.containsKey(label) && !absent.containsKey(label)) {
            try {
                started.put(label, new SideProcess(sides.command(label), logs));
            } catch (SideException e) {
                absent.put(label, String.valueOf(e.getMessage()));
                progress.println(label + " is absent: " + e.getMessage());
            }
        }
        return started.get(label);
    }

    /** What the page has to say of this run. */
    Setting setting() {
        Map<String, Map<String, String>> about = new LinkedHashMap<>();
        started.forEach((label, side) -> about.put(label, side.about()));
        absent.forEach((label, reason) -> about.put(label, Map.of("absent", reason)));
        return new Setting(
                run.date(),
                run.commit(),
                run.quick(),
                Machine.describe(),
                Runtime.version().toString(),
                Numbers.SEED,
                rhythm().rounds(),
                rhythm().seconds(),
                about);
    }

    /** Ends all processes. */
    @Override
    public void close() {
        started.values().forEach(SideProcess::close);
        started.clear();
    }
}
