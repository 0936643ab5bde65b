package io.carousel.benchmarks.ledger;

import static io.carousel.benchmarks.ledger.TrainSection.ONE;
import static io.carousel.benchmarks.ledger.TrainSection.OTHER_JDK;
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
                addKept(one, what, "", WORDS, TrainSection.ratioToBest(one, TWO, TORCH_KEPT));
            }
        }
        return targets;
    }

    private void layers(String cell) {
        List<Double> ratios = new ArrayList<>();
        List<Double> keptRatios = new ArrayList<>();
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
            add(one, name + ", 2 threads: times libtorch", "/2", ON_TWO_THREADS, ratio);
            addKept(one, name + ", 2 threads: times libtorch", "/2", ON_TWO_THREADS, kept);
            add(one, name + ", 1 thread: times libtorch", "/1", ON_ONE_THREAD, one.ratio(ONE, TORCH_ONE));
            addKept(one, name + ", 1 thread: times libtorch", "/1", ON_ONE_THREAD, one.ratio(ONE, TORCH_ONE_KEPT));
            add(one, name + ": 2 threads over 1", "/scaling", SCALING, one.ratio(TWO, ONE));
            peak(cell, one, name);
            variants(one, name);
        }
        mean("train/" + cell + "/mean", cell + ", 2 threads, geometric mean: times libtorch", ratios);
        if (keptRatios.stream().noneMatch(ratio -> ratio.isNaN())) {
            mean(
                    "train/" + cell + "/mean/kept",
                    cell + ", 2 threads, geometric mean: times libtorch that keeps memory",
                    keptRatios);
        }
    }

    private void peak(String cell, Measured one, String name) {
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
        if (one.has(OTHER_JDK)) {
            double other = one.ratio(ONE, OTHER_JDK);
            double ratio = OTHER_JDK.endsWith("17") ? other : 1 / other;
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
            addKept(one, name, "", MEAN, TrainSection.ratioToBest(one, TWO, TORCH_KEPT));
        }
    }

    private void mean(String key, String text, List<Double> ratios) {
        if (ratios.size() == TrainSection.SHAPES.size()) {
            double mean = Spread.geometricMean(
                    ratios.stream().mapToDouble(Double::doubleValue).toArray());
            targets.add(Target.atLeast(key, text, MEAN, mean));
        }
    }

    private void add(Measured one, String text, String suffix, double wanted, double measured) {
        targets.add(Target.atLeast("train/" + one.workload() + suffix, text, wanted, measured));
    }

    /** A line only where that variant was measured. */
    private void addKept(Measured one, String text, String suffix, double wanted, double measured) {
        if (!Double.isNaN(measured)) {
            add(one, text + " that keeps memory", suffix + "/kept", wanted, measured);
        }
    }
}
