package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Many live sessions: stepped together, beside one by one. */
final class SessionsTable {
    private static final String ONE_BY_ONE = Sides.CAROUSEL + " 1";
    private static final String GROUP = ONE_BY_ONE + " " + Sides.GROUP;
    private static final double WANTED = 6;
    private static final List<Workload> WORKLOADS = List.of(
            Workload.parse("sessions lstm E=1000 F=64 H=64 N=10000"),
            Workload.parse("sessions lstm E=1000 F=8 H=64 N=10000"));

    private SessionsTable() {}

    static void measure(Bench bench, List<Measured> measured) throws IOException, InterruptedException {
        for (Workload workload : WORKLOADS) {
            if (bench.wants(workload)) {
                measured.add(bench.measure(workload, 1, bench.rhythm(), null, List.of(ONE_BY_ONE, GROUP)));
            }
        }
    }

    static List<Target> targets(Findings findings) {
        List<Target> targets = new ArrayList<>();
        for (Workload workload : WORKLOADS) {
            Measured one = findings.find(workload.toString());
            if (one != null) {
                String what = "10,000 sessions, F = " + workload.size("F") + ", H = 64";
                String key = "step/" + workload;
                targets.add(Target.atLeast(
                        key + "/group", what + ": times one by one", WANTED, one.ratio(GROUP, ONE_BY_ONE)));
                Measured.Entry group = one.sides().get(GROUP);
                Double apart = group == null ? null : group.apart();
                targets.add(Target.atMost(
                        key + "/bits", what + ": difference from one by one", 0, apart == null ? Double.NaN : apart));
            }
        }
        return targets;
    }

    static String text(Findings findings) {
        Table table = new Table("sessions", "F, H", "one by one, events/s", "SessionGroup, events/s", "ratio");
        for (Workload workload : WORKLOADS) {
            Measured one = findings.find(workload.toString());
            if (one != null) {
                table.row(
                        workload.size("N"),
                        workload.size("F") + ", " + workload.size("H"),
                        rate(one, ONE_BY_ONE),
                        rate(one, GROUP),
                        Table.ratio(one.ratio(GROUP, ONE_BY_ONE)));
            }
        }
        return "\n**Many sessions at once**: events of " + WORKLOADS.get(0).size("N")
                + " live sessions in random order, " + WORKLOADS.get(0).size("E")
                + " handed over at a time, one thread\n\n" + table;
    }

    private static String rate(Measured one, String label) {
        double events = one.parsed().size("E");
        return one.has(label)
                ? Table.number(Spread.of(one.rounds(label), timing -> events * 1e9 / timing.mean()))
                : "–";
    }
}
