package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.MultiplyAddPeak;
import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Training: a recurrent layer forward and backward on uniform and on ragged batches, and whole word models. */
final class TrainSection implements Section {
    static final String ONE = Sides.CAROUSEL + " 1";
    static final String TWO = Sides.CAROUSEL + " 2";
    private static final String OTHER_JDK = ONE + " jdk" + (Runtime.version().feature() >= 25 ? 17 : 25);
    static final String SCALAR = ONE + " " + Sides.SCALAR;
    static final String DL4J = Sides.DL4J + " 2";
    static final String TORCH_ONE = Sides.LIBTORCH + " 1";
    static final String TORCH_TWO = Sides.LIBTORCH + " 2";
    static final String TORCH_TWO_PASSIVE = TORCH_TWO + " " + Sides.PASSIVE;
    static final String TORCH_ONE_KEPT = TORCH_ONE + " " + Sides.KEPT;
    static final String TORCH_TWO_KEPT = TORCH_TWO + " " + Sides.KEPT;

    /** libtorch as it comes, with the better of two ways in which its idle threads wait. */
    static final String[] TORCH = {TORCH_ONE, TORCH_TWO, TORCH_TWO_PASSIVE};

    /** libtorch with a C library that keeps freed memory. */
    static final String[] TORCH_KEPT = {TORCH_ONE_KEPT, TORCH_TWO_KEPT};

    /** The figure that says how many operations a call of the peak makes. */
    static final String PEAK_OPERATIONS = "operations of a call of the peak";

    static final List<String> CELLS = List.of("lstm", "gru");
    static final List<String> SHAPES = List.of(
            "B=32 F=256 H=256 T=64",
            "B=32 F=512 H=512 T=64",
            "B=16 F=128 H=128 T=128",
            "B=24 F=192 H=224 T=35",
            "B=64 F=64 H=64 T=100");
    static final String RAGGED = "B=64 F=128 H=128 S=10 T=100";
    static final List<String> WORDS =
            List.of("B=20 H=200 L=2 T=20 V=10000", "B=20 H=650 L=2 T=35 V=10000", "B=50 H=128 L=2 T=50 V=65");

    private static final Workload PEAK = Workload.parse("peak fma");

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
        List<Measured> measured = new ArrayList<>();
        for (String cell : CELLS) {
            for (String shape : SHAPES) {
                measure(bench, workload("train", cell, shape), sides(cell), measured);
            }
            measure(bench, workload("ragged", cell, RAGGED), raggedSides(), measured);
        }
        for (String shape : WORDS) {
            measure(bench, workload("words", "lstm", shape), wordSides(), measured);
        }
        return new Findings(bench.setting(), measured, Map.of(PEAK_OPERATIONS, MultiplyAddPeak.operations()));
    }

    private static List<String> sides(String cell) {
        return cell.equals("lstm")
                ? List.of(ONE, TWO, TORCH_ONE, TORCH_TWO, TORCH_ONE_KEPT, TORCH_TWO_KEPT, OTHER_JDK, SCALAR, DL4J)
                : List.of(ONE, TWO, TORCH_ONE, TORCH_TWO_PASSIVE);
    }

    private static List<String> raggedSides() {
        return List.of(ONE, TWO, TORCH_ONE, TORCH_TWO_PASSIVE, TORCH_ONE_KEPT);
    }

    private static List<String> wordSides() {
        return List.of(ONE, TWO, TORCH_ONE, TORCH_TWO_PASSIVE, TORCH_ONE_KEPT, TORCH_TWO_KEPT);
    }

    static Workload workload(String kind, String cell, String shape) {
        return Workload.parse(kind + " " + cell + " " + shape);
    }

    /** The peak is measured in each round, beside what it limits. */
    private static void measure(Bench bench, Workload workload, List<String> sides, List<Measured> measured)
            throws IOException, InterruptedException {
        if (bench.wants(workload)) {
            measured.add(bench.measure(workload, roundings(workload), bench.rhythm(), PEAK, sides));
        }
    }

    /**
     * Forward and backward through every time step, each with the terms of its products and about 40 roundings of the gates,
     * then the sum over all rows; for a word model the same in each layer, the output layer's, and all that in each update.
     */
    private static double roundings(Workload workload) {
        double steps = workload.size("T");
        double rows = steps * workload.size("B");
        double hidden = workload.size("H");
        if (!workload.kind().equals("words")) {
            return 2 * steps * (workload.size("F") + 5 * hidden + 40) + rows;
        }
        double update = 2 * (steps + workload.size("L")) * (6 * hidden + 40) + hidden + workload.size("V") + rows;
        return Numbers.COMPARED_UPDATES * update;
    }

    /** Of the products: two for each weight, row and time step forward, and twice that backward. */
    static double operations(Workload workload) {
        double hidden = workload.size("H");
        double rows = (double) workload.size("T") * workload.size("B");
        return 6 * rows * workload.gates() * hidden * (workload.size("F") + hidden);
    }

    @Override
    public List<Target> targets(Findings findings) {
        return new TrainTargets(findings).list();
    }

    @Override
    public String page(Findings findings) {
        return new TrainTables(findings).text();
    }

    /** The measured workload; null where it was not measured. */
    static @Nullable Measured find(Findings findings, String kind, String cell, String shape) {
        return findings.find(workload(kind, cell, shape).toString());
    }

    /** Carousel on the other JDK: which one that is depends on the JDK that measured, not on the one that writes the page. */
    static String otherJdk(Measured one) {
        return one.sides().keySet().stream()
                .filter(label -> label.startsWith(ONE + " jdk"))
                .findFirst()
                .orElse(OTHER_JDK);
    }

    /** The ratio to the fastest of some sides; NaN when none was timed. */
    static double ratioToBest(Measured one, String ours, String... sides) {
        String best = one.fastest(sides);
        return best == null ? Double.NaN : one.ratio(ours, best);
    }

    /** The share of the peak on one core. */
    static double shareOfPeak(Findings findings, Measured one) {
        return one.ratio(ONE, Bench.LIMIT) * operations(one.parsed()) / findings.figure(PEAK_OPERATIONS);
    }
}
