package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.Numbers;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A day's use in short: training and stepping in one JVM for minutes, to see whether it slows down or keeps what it should
 * give back.
 */
final class DaySection implements Section {
    private static final int SIZE = 128;
    private static final int SEQUENCES = 32;
    private static final int SHORTEST = 10;
    private static final int LONGEST = 100;
    private static final int SESSIONS = 20;
    private static final int EVENTS = 100;
    /** Throughput is compared between parts of the run, a minute each when it is as long as it should be. */
    private static final int PARTS = 10;

    private static final double WARM_SHARE = 0.3;
    private static final double SLOWER = 0.97;
    /** A live heap is known to a few objects of the JVM's own only. */
    private static final double HEAP = 1.02;

    @Override
    public String name() {
        return "day";
    }

    @Override
    public String title() {
        return "A day's use";
    }

    @Override
    public boolean onDemand() {
        return true;
    }

    @Override
    public Findings measure(Bench bench) {
        Day day = new Day();
        double part = 60 * bench.minutes() / PARTS;
        Map<String, Double> figures = new TreeMap<>();
        figures.put("minutes", bench.minutes());
        figures.put("warm/units", day.run(WARM_SHARE * part).units);
        for (int i = 1; i <= PARTS; i++) {
            Speed speed = day.run(part);
            double heap = liveHeap();
            figures.put(key(i, "units"), speed.units);
            figures.put(key(i, "undisturbed"), speed.undisturbed);
            figures.put(key(i, "heap"), heap);
            bench.say("day, part " + i + ": " + Table.number(speed.units) + " units a second, undisturbed "
                    + Table.number(speed.undisturbed) + ", live heap " + Table.number(heap / 1e6) + " MB");
        }
        return new Findings(bench.setting(), List.of(), figures);
    }

    private static String key(int part, String what) {
        return String.format("%02d/%s", part, what);
    }

    /** The bytes that are reachable. */
    private static double liveHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /**
     * How fast a part was, in units a second.
     *
     * @param units all of them
     * @param undisturbed as many as there would be if each took as long as the fastest tenth at most does
     */
    private record Speed(double units, double undisturbed) {}

    /** What is done again and again: a unit is some training on batches of other lengths each time, and many live sequences. */
    private static final class Day {
        private final ScaleWork even = ScaleWork.uniform(SEQUENCES, (SHORTEST + LONGEST) / 2);
        private final ScaleWork ragged = new ScaleWork(Numbers.lengths(SEQUENCES, SHORTEST, LONGEST));
        private final Network network = Network.create(
                new NetworkSpec(SIZE, List.of(RecurrentSpec.of("encoder", "lstm", List.of(SIZE)))), Rng.of(1));
        private final float[] x = Numbers.uniform("input", SIZE, 1);
        private final float[] y = new float[SIZE];

        private void unit() {
            even.run();
            ragged.run();
            for (int i = 0; i < SESSIONS; i++) {
                Session session = new Session(network);
                for (int event = 0; event < EVENTS; event++) {
                    session.step(x, y);
                }
                session.fork().step(x, y);
            }
        }

        Speed run(double seconds) {
            long begin = System.nanoTime();
            long end = begin + Math.round(seconds * 1e9);
            long[] times = new long[1 << 10];
            int units = 0;
            long now = begin;
            do {
                long start = now;
                unit();
                now = System.nanoTime();
                times = units < times.length ? times : Arrays.copyOf(times, 2 * units);
                times[units++] = now - start;
            } while (now < end);
            Arrays.sort(times, 0, units);
            return new Speed(units / ((now - begin) * 1e-9), 1 / (times[units / 10] * 1e-9));
        }
    }

    /** A figure of a part over that of the first. */
    private static double kept(Findings findings, int part, String what) {
        return findings.figure(key(part, what)) / findings.figure(key(1, what));
    }

    @Override
    public List<Target> targets(Findings findings) {
        return List.of(
                Target.atLeast(
                        "day/throughput",
                        "throughput of the last part over that of the first warm one",
                        SLOWER,
                        kept(findings, PARTS, "units")),
                Target.atLeast(
                        "day/undisturbed",
                        "the same of the fastest tenth of the units, which the machine's other users do not disturb",
                        SLOWER,
                        kept(findings, PARTS, "undisturbed")),
                Target.atMost(
                        "day/heap",
                        "live heap at the end over that after the first warm part",
                        HEAP,
                        kept(findings, PARTS, "heap")));
    }

    @Override
    public String page(Findings findings) {
        Table table =
                new Table("part", "units a second", "of the first", "undisturbed", "of the first", "live heap, MB");
        for (int i = 1; i <= PARTS; i++) {
            table.row(
                    i,
                    Table.number(findings.figure(key(i, "units"))),
                    Table.ratio(kept(findings, i, "units")),
                    Table.number(findings.figure(key(i, "undisturbed"))),
                    Table.ratio(kept(findings, i, "undisturbed")),
                    Table.number(findings.figure(key(i, "heap")) / 1e6));
        }
        return "One JVM trains and steps for " + Table.number(findings.figure("minutes"))
                + " minutes, cut into " + PARTS + " parts after a short warm-up. A unit is a training step on "
                + SEQUENCES
                + " sequences of one length and one on ragged ones, and " + SESSIONS + " new sessions of " + EVENTS
                + " events each, forked in the end; F = H = " + SIZE
                + ". A shared machine has slower and faster minutes; *undisturbed* is what the fastest tenth of a part's"
                + " units would give alone, which only the program itself can change. The live heap is what is used after a full collection at the end of each part, which is not in the"
                + " time.\n\n"
                + table;
    }
}
