package io.carousel.benchmarks.ledger;

import io.carousel.model.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out what became slower: measures shortly, and compares the ratios of the targets, not times, with those of the
 * committed ledger.
 *
 * <p>The tolerance comes from the measurements themselves: the range of a ratio over the committed rounds and its range over
 * the fresh ones are added. Ratios that fell by more are measured again in new processes, since a JVM may compile the same code
 * less well once; what fell every time is a regression.
 */
final class Guard {
    private static final int TRIES = 3;

    private final LedgerOptions options;
    private final List<Section> sections;

    private Guard(LedgerOptions options, List<Section> sections) {
        this.options = options;
        this.sections = sections;
    }

    /** Ends with exit code 1 when something fell. */
    public static void main(String[] arguments) throws IOException, InterruptedException, FormatException {
        LedgerOptions options;
        try {
            options = LedgerOptions.parse(List.of(arguments), Ledger.names(), Ledger.measuredByDefault());
        } catch (IllegalArgumentException e) {
            System.err.println("run: " + e.getMessage());
            System.exit(2);
            return;
        }
        List<Section> compared = Ledger.SECTIONS.stream()
                .filter(section -> !section.onDemand() && options.sections().contains(section.name()))
                .toList();
        System.exit(new Guard(options, compared).run() ? 0 : 1);
    }

    /** Whether all is as good as it was. */
    private boolean run() throws IOException, InterruptedException, FormatException {
        Map<String, Fall> fallen = new TreeMap<>();
        int compared = 0;
        for (Section section : sections) {
            Path file = options.root().resolve("docs/performance").resolve(section.name() + ".json");
            if (!Files.exists(file)) {
                System.err.println(
                        "run: there is no " + file + " to compare with; measure " + section.name() + " first");
                continue;
            }
            Findings committed = Findings.read(file);
            if (committed.rounds() == 0) {
                continue; // single figures, whose spread nobody knows
            }
            compared++;
            fallen.putAll(fallenEveryTime(section, committed, () -> measure(section)));
        }
        if (compared == 0) {
            System.err.println("run: nothing was compared; measure train or step first, without --quick");
            return false;
        }
        System.out.println(report(fallen));
        return fallen.isEmpty();
    }

    /** Measures a section anew, in new processes. */
    @FunctionalInterface
    interface Measuring {
        Findings measure() throws IOException, InterruptedException;
    }

    /** What fell, measured again while something did. */
    static Map<String, Fall> fallenEveryTime(Section section, Findings committed, Measuring anew)
            throws IOException, InterruptedException {
        Map<String, Fall> still = fallen(section, committed, anew.measure());
        for (int again = 1; again < TRIES && !still.isEmpty(); again++) {
            System.err.println("run: " + still.size() + " ratios fell; measuring " + section.name() + " again");
            still.keySet().retainAll(fallen(section, committed, anew.measure()).keySet());
        }
        return still;
    }

    @SuppressWarnings("ClosingStandardOutputStreams") // a bench closes its processes only
    private Findings measure(Section section) throws IOException, InterruptedException {
        Bench.Run run = options.run(LocalDate.now(ZoneOffset.UTC).toString());
        try (Bench bench = new Bench(options.sides(), run.hurried(), options.root(), System.err)) {
            return section.measure(bench);
        }
    }

    /**
     * A ratio that fell.
     *
     * @param text of the target
     * @param before in the committed ledger
     * @param now measured
     * @param tolerance by which it may differ
     */
    record Fall(String text, double before, double now, double tolerance) {}

    /** The targets whose ratios are worse than they were by more than both runs spread. */
    static Map<String, Fall> fallen(Section section, Findings before, Findings now) {
        Map<String, Range> was = ranges(section, before);
        Map<String, Range> is = ranges(section, now);
        Map<String, Target> fresh = byKey(section, now);
        Map<String, Fall> fallen = new TreeMap<>();
        for (Target old : section.targets(before)) {
            Target target = fresh.get(old.key());
            if (target == null || Double.isNaN(target.measured()) || Double.isNaN(old.measured())) {
                continue;
            }
            double tolerance = width(was, old.key()) + width(is, old.key());
            double worse = old.atLeast() ? old.measured() - target.measured() : target.measured() - old.measured();
            if (worse > tolerance) {
                fallen.put(old.key(), new Fall(old.text(), old.measured(), target.measured(), tolerance));
            }
        }
        return fallen;
    }

    private static double width(Map<String, Range> ranges, String key) {
        Range range = ranges.get(key);
        return range == null ? 0 : range.most - range.least;
    }

    private static Map<String, Target> byKey(Section section, Findings findings) {
        Map<String, Target> targets = new LinkedHashMap<>();
        section.targets(findings).forEach(target -> targets.put(target.key(), target));
        return targets;
    }

    private record Range(double least, double most) {
        Range with(double value) {
            return new Range(Math.min(least, value), Math.max(most, value));
        }
    }

    /** What each target's measure was in each round alone. */
    private static Map<String, Range> ranges(Section section, Findings findings) {
        Map<String, Range> ranges = new LinkedHashMap<>();
        for (int round = 0; round < findings.rounds(); round++) {
            for (Target target : section.targets(findings.ofRound(round))) {
                if (!Double.isNaN(target.measured())) {
                    Range one = new Range(target.measured(), target.measured());
                    ranges.merge(target.key(), one, (range, same) -> range.with(same.least));
                }
            }
        }
        return ranges;
    }

    /** In words, or a table. */
    static String report(Map<String, Fall> fallen) {
        if (fallen.isEmpty()) {
            return "No ratio fell by more than the measurements spread.";
        }
        Table table = new Table("what fell", "before", "now", "tolerance");
        List<Fall> falls = new ArrayList<>(fallen.values());
        for (Fall fall : falls) {
            table.row(fall.text, Table.number(fall.before), Table.number(fall.now), Table.number(fall.tolerance));
        }
        return table + "\n" + new TreeSet<>(fallen.keySet());
    }
}
