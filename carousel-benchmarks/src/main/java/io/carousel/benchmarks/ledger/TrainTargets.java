package io.carousel.benchmarks.ledger;

import static io.carousel.benchmarks.ledger.TrainSection.ONE;
import static io.carousel.benchmarks.ledger.TrainSection.SCALAR;
import static io.carousel.benchmarks.ledger.TrainSection.TORCH;
import static io.carousel.benchmarks.ledger.TrainSection.TORCH_KEPT;
import static io.carousel.benchmarks.ledger.TrainSection.TORCH_ONE;
import static io.carousel.benchmarks.ledger.TrainSection.TORCH_ONE_KEPT;
import static io.carousel.benchmarks.ledger.TrainSection.TWO;

import java.util.ArrayList;
import java.util.List;

/** What training is to reach, and what it did. */
final class TrainTargets {
    private static final double ON_TWO_THREADS = 1.3;
    private static final double ON_ONE_THREAD = 1.15;
    private static final double MEAN = 1.7;
    private static final double SCALING = 1.9;
    private static final double WORDS = 2;

    private final Findings findings;
    private final List<Target> targets = new ArrayList<>();

    TrainTargets(Findings findings) {
        this.findings = findings;
    }

    List<Target> list() {
        for (String cell : TrainSection.CELLS) {
            layers(cell);
            ragged(cell);
        }
        for (String shape : TrainSection.WORDS) {
            Measured one = TrainSection.find(findings, "words", "lstm", shape);
            if (one != null) {
                String what = "word model " + shape + ", 2 threads: times libtorch";
                add(one, what, "", WORDS, TrainSection.ratioToBest(one, TWO, TORCH));
                addKept(one, what, "", WORDS, TrainSection.ratioToBest(one, TWO, TORCH_KEPT), Double.NaN);
            }
        }
        return targets;
    }

    private void layers(String cell) {
        List<Double> ratios = new ArrayList<>();
        List<Double> keptRatios = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        List<Double> keptLimits = new ArrayList<>();
        for (String shape : TrainSection.SHAPES) {
            Measured one = TrainSection.find(findings, "train", cell, shape);
            if (one == null) {
                continue;
            }
            String name = cell + " " + shape;
            double ratio = TrainSection.ratioToBest(one, TWO, TORCH);
            double kept = TrainSection.ratioToBest(one, TWO, TORCH_KEPT);
            ratios.add(ratio);
            keptRatios.add(kept);
            limits.add(atPeak(one, 2, TORCH));
            keptLimits.add(atPeak(one, 2, TORCH_KEPT));
            add(one, name + ", 2 threads: times libtorch", "/2", ON_TWO_THREADS, ratio, atPeak(one, 2, TORCH));
            addKept(one, name + ", 2 threads: times libtorch", "/2", ON_TWO_THREADS, kept, atPeak(one, 2, TORCH_KEPT));
            double single = one.ratio(ONE, TORCH_ONE);
            double singleKept = one.ratio(ONE, TORCH_ONE_KEPT);
            String text = name + ", 1 thread: times libtorch";
            add(one, text, "/1", ON_ONE_THREAD, single, atPeak(one, 1, TORCH_ONE));
            addKept(one, text, "/1", ON_ONE_THREAD, singleKept, atPeak(one, 1, TORCH_ONE_KEPT));
            add(one, name + ": 2 threads over 1", "/scaling", SCALING, one.ratio(TWO, ONE));
            peak(one, name);
            variants(one, name);
        }
        mean("train/" + cell + "/mean", cell + ", 2 threads, geometric mean: times libtorch", ratios, limits);
        if (keptRatios.stream().noneMatch(ratio -> ratio.isNaN())) {
            mean(
                    "train/" + cell + "/mean/kept",
                    cell + ", 2 threads, geometric mean: times libtorch that keeps memory",
                    keptRatios,
                    keptLimits);
        }
    }

    /** How many times the fastest of some sides the peak of so many cores is. */
    private double atPeak(Measured one, int cores, String... sides) {
        String best = one.fastest(sides);
        return best == null
                ? Double.NaN
                : cores
                        * one.ratio(Bench.LIMIT, best)
                        * findings.figure(TrainSection.PEAK_OPERATIONS)
                        / TrainSection.operations(one.parsed());
    }

    private void peak(Measured one, String name) {
        int hiddenSize = one.parsed().size("H");
        if (hiddenSize >= 256) {
            add(
                    one,
                    name + ", 1 thread: share of the peak",
                    "/peak",
                    hiddenSize == 512 ? 0.8 : 0.75,
                    TrainSection.shareOfPeak(findings, one));
        }
    }

    private void variants(Measured one, String name) {
        String otherJdk = TrainSection.otherJdk(one);
        if (one.has(otherJdk)) {
            double other = one.ratio(ONE, otherJdk);
            double ratio = otherJdk.endsWith("17") ? other : 1 / other;
            targets.add(
                    Target.atMost("train/" + one.workload() + "/jdk", name + ": JDK 17's time over 25's", 1.1, ratio));
        }
        if (one.has(SCALAR)) {
            add(
                    one,
                    name + ": speed without the vector module over that with",
                    "/scalar",
                    0.25,
                    one.ratio(SCALAR, ONE));
        }
    }

    private void ragged(String cell) {
        Measured one = TrainSection.find(findings, "ragged", cell, TrainSection.RAGGED);
        if (one != null) {
            String name = "bidirectional ragged " + cell + " " + TrainSection.RAGGED + ", 2 threads: times libtorch";
            add(one, name, "", MEAN, TrainSection.ratioToBest(one, TWO, TORCH));
            addKept(one, name, "", MEAN, TrainSection.ratioToBest(one, TWO, TORCH_KEPT), Double.NaN);
        }
    }

    private void mean(String key, String text, List<Double> ratios, List<Double> limits) {
        if (ratios.size() == TrainSection.SHAPES.size()) {
            targets.add(Target.atLeast(key, text, MEAN, geometricMean(ratios)).withLimit(geometricMean(limits)));
        }
    }

    private static double geometricMean(List<Double> values) {
        return Spread.geometricMean(
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private void add(Measured one, String text, String suffix, double wanted, double measured) {
        add(one, text, suffix, wanted, measured, Double.NaN);
    }

    private void add(Measured one, String text, String suffix, double wanted, double measured, double atLimit) {
        targets.add(Target.atLeast("train/" + one.workload() + suffix, text, wanted, measured)
                .withLimit(atLimit));
    }

    /** A line only where that variant was measured. */
    private void addKept(Measured one, String text, String suffix, double wanted, double measured, double atLimit) {
        if (!Double.isNaN(measured)) {
            add(one, text + " that keeps memory", suffix + "/kept", wanted, measured, atLimit);
        }
    }
}
