package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.Numbers;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.lang.management.ManagementFactory;
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
        figures.put("warm/units", day.unitsEachSecond(WARM_SHARE * part));
        for (int i = 1; i <= PARTS; i++) {
            double units = day.unitsEachSecond(part);
            double heap = liveHeap();
            figures.put(key(i, "units"), units);
            figures.put(key(i, "heap"), heap);
            bench.say("day, part " + i + ": " + Table.number(units) + " units a second, live heap "
                    + Table.number(heap / 1e6) + " MB");
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

        double unitsEachSecond(double seconds) {
            long start = System.nanoTime();
            long end = start + Math.round(seconds * 1e9);
            long units = 0;
            long now;
            do {
                unit();
                units++;
                now = System.nanoTime();
            } while (now < end);
            return units / ((now - start) * 1e-9);
        }
    }

    @Override
    public List<Target> targets(Findings findings) {
        return List.of(
                Target.atLeast(
                        "day/throughput",
                        "throughput of the last part over that of the first warm one",
                        SLOWER,
                        findings.figure(key(PARTS, "units")) / findings.figure(key(1, "units"))),
                Target.atMost(
                        "day/heap",
                        "live heap at the end over that after the first warm part",
                        HEAP,
                        findings.figure(key(PARTS, "heap")) / findings.figure(key(1, "heap"))));
    }

    @Override
    public String page(Findings findings) {
        Table table = new Table("part", "units a second", "of the first", "live heap, MB");
        for (int i = 1; i <= PARTS; i++) {
            double units = findings.figure(key(i, "units"));
            table.row(
                    i,
                    Table.number(units),
                    Table.ratio(units / findings.figure(key(1, "units"))),
                    Table.number(findings.figure(key(i, "heap")) / 1e6));
        }
        return "One JVM trains and steps for " + Table.number(findings.figure("minutes"))
                + " minutes, cut into " + PARTS + " parts after a short warm-up. A unit is a training step on "
                + SEQUENCES
                + " sequences of one length and one on ragged ones, and " + SESSIONS + " new sessions of " + EVENTS
                + " events each, forked in the end; F = H = " + SIZE
                + ". The live heap is what is used after a full collection at the end of each part, which is not in the"
                + " time.\n\n"
                + table;
    }
}
