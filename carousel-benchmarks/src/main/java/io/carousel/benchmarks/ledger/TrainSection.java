package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Training: a recurrent layer forward and backward, on uniform and on ragged batches. */
final class TrainSection implements Section {
    private static final Workload PEAK = Workload.parse("peak fma");
    private static final String ONE = Sides.CAROUSEL + " 1";
    private static final String TWO = Sides.CAROUSEL + " 2";
    private static final String SCALAR = ONE + " " + Sides.SCALAR;
    private static final String[] PEERS = {Sides.LIBTORCH + " 1", Sides.LIBTORCH + " 2"};
    private static final String DL4J = Sides.DL4J + " 2";

    private static final List<String> SHAPES = List.of(
            "B=32 F=256 H=256 T=64",
            "B=32 F=512 H=512 T=64",
            "B=16 F=128 H=128 T=128",
            "B=24 F=192 H=224 T=35",
            "B=64 F=64 H=64 T=100");
    private static final List<String> RAGGED = List.of("B=64 F=128 H=128 S=10 T=100");
    private static final List<String> CELLS = List.of("lstm", "gru");

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String title() {
        return "Training";
    }

    @Override
    public Findings measure(Bench bench) throws IOException, InterruptedException {
        String otherJdk = ONE + " jdk" + (Runtime.version().feature() >= 25 ? 17 : 25);
        List<Measured> measured = new ArrayList<>();
        for (String cell : CELLS) {
            for (String shape : SHAPES) {
                List<String> sides = new ArrayList<>(List.of(ONE, TWO, PEERS[0], PEERS[1], otherJdk, SCALAR));
                if (cell.equals("lstm")) {
                    sides.add(DL4J);
                }
                measured.add(measure(bench, "train " + cell + " " + shape, sides));
            }
            for (String shape : RAGGED) {
                measured.add(measure(bench, "ragged " + cell + " " + shape, List.of(ONE, TWO, PEERS[0], PEERS[1])));
            }
        }
        return new Findings(bench.setting(), measured, Map.of());
    }

    /** The peak is measured in each round, beside what it limits. */
    private static Measured measure(Bench bench, String text, List<String> sides)
            throws IOException, InterruptedException {
        Workload workload = Workload.parse(text);
        return bench.measure(workload, roundings(workload), bench.rhythm(), PEAK, sides);
    }

    /**
     * Forward and backward through every time step, each with the terms of its products and about 40 roundings of the gates,
     * then the sum over all rows.
     */
    private static double roundings(Workload workload) {
        int steps = workload.size("T");
        return 2.0 * steps * (workload.size("F") + 5 * workload.size("H") + 40) + steps * workload.size("B");
    }

    @Override
    public List<Target> targets(Findings findings) {
        return List.of();
    }

    @Override
    public String page(Findings findings) {
        Table table = new Table("workload", "side", "time, µs", "ratio");
        for (Measured one : findings.measured()) {
            one.sides()
                    .forEach((label, entry) -> table.row(
                            one.workload(),
                            label,
                            entry.absent() != null
                                    ? entry.absent()
                                    : Table.number(one.mean(label).median() / 1e3),
                            Table.ratio(one.ratio(ONE, label))));
        }
        return table.toString();
    }
}
