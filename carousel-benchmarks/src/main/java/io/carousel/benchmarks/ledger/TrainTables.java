package io.carousel.benchmarks.ledger;

import static io.carousel.benchmarks.ledger.TrainSection.DL4J;
import static io.carousel.benchmarks.ledger.TrainSection.ONE;
import static io.carousel.benchmarks.ledger.TrainSection.SCALAR;
import static io.carousel.benchmarks.ledger.TrainSection.TORCH;
import static io.carousel.benchmarks.ledger.TrainSection.TORCH_KEPT;
import static io.carousel.benchmarks.ledger.TrainSection.TORCH_ONE;
import static io.carousel.benchmarks.ledger.TrainSection.TORCH_ONE_KEPT;
import static io.carousel.benchmarks.ledger.TrainSection.TORCH_TWO;
import static io.carousel.benchmarks.ledger.TrainSection.TORCH_TWO_KEPT;
import static io.carousel.benchmarks.ledger.TrainSection.TORCH_TWO_PASSIVE;
import static io.carousel.benchmarks.ledger.TrainSection.TWO;

import io.carousel.benchmarks.side.Workload;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tables of training. */
final class TrainTables {
    private static final String INTRODUCTION = """
            A step is a recurrent layer forward and backward, with the gradients of the weights and of the inputs, given the slope
            of its outputs; weights count as changed before each step, so packing them is in the time. With two threads Carousel
            cuts the batch in two shards and adds their gradients. GFLOP/s count 6·T·B·G·H·(F+H) operations with G = 4 for an LSTM
            and 3 for a GRU; the peak is that of multiply-adds in registers, on one core, in the same rounds.

            libtorch is measured as it comes, and again with a C library that keeps freed memory (glibc's `MALLOC_MMAP_MAX_=0`
            and `MALLOC_TRIM_THRESHOLD_`), because by default the memory of a step goes back to the system after each; the
            targets are stated against both. Where libtorch uses OpenMP and OpenBLAS at once, its idle threads sleep
            (`OMP_WAIT_POLICY=PASSIVE`), without which two threads are fifty times slower than one.
            """;

    private final Findings findings;

    TrainTables(Findings findings) {
        this.findings = findings;
    }

    String text() {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        for (String cell : TrainSection.CELLS) {
            text.append("\n**")
                    .append(cell.toUpperCase(Locale.ROOT))
                    .append("**, GFLOP/s\n\n")
                    .append(layers(cell));
        }
        text.append(
                        "\n**Bidirectional ragged batches** (lengths uniform in S to T, sorted and packed beforehand), ms a step\n\n")
                .append(ragged());
        text.append(
                        "\n**Word models**, words/s: embedding, L LSTM layers, output layer of V words (untied) with cross-entropy,"
                                + " clipping by norm, gradient descent, state carried on\n\n")
                .append(words());
        text.append(
                        "\n**LSTM on the other of JDK 17 and 25, and without the vector module**, one thread, ms a step\n\n")
                .append(variants());
        return text.toString();
    }

    private String layers(String cell) {
        Table table = new Table(
                "T, B, F, H",
                "Carousel 1",
                "Carousel 2",
                "libtorch 1",
                "libtorch 2",
                "libtorch 1 kept",
                "libtorch 2 kept",
                "DL4J 2",
                "ratio 1:1",
                "ratio 2:best",
                "2:best kept",
                "of the peak",
                "1 → 2");
        for (String shape : TrainSection.SHAPES) {
            Measured one = TrainSection.find(findings, "train", cell, shape);
            if (one != null) {
                table.row(
                        sizes(one.parsed(), "T", "B", "F", "H"),
                        speed(one, ONE),
                        speed(one, TWO),
                        speed(one, TORCH_ONE),
                        speed(one, one.has(TORCH_TWO) ? TORCH_TWO : TORCH_TWO_PASSIVE),
                        speed(one, TORCH_ONE_KEPT),
                        speed(one, TORCH_TWO_KEPT),
                        speed(one, DL4J),
                        Table.ratio(one.ratio(ONE, TORCH_ONE)),
                        Table.ratio(TrainSection.ratioToBest(one, TWO, TORCH)),
                        Table.ratio(TrainSection.ratioToBest(one, TWO, TORCH_KEPT)),
                        Table.percent(TrainSection.shareOfPeak(findings, one)),
                        Table.ratio(one.ratio(TWO, ONE)));
            }
        }
        return table.toString();
    }

    private String ragged() {
        Table table = new Table(
                "cell",
                "B, F, H, S, T",
                "Carousel 1",
                "Carousel 2",
                "libtorch 1",
                "libtorch 2",
                "libtorch 1 kept",
                "ratio 2:best",
                "2:best kept");
        for (String cell : TrainSection.CELLS) {
            Measured one = TrainSection.find(findings, "ragged", cell, TrainSection.RAGGED);
            if (one != null) {
                table.row(
                        cell,
                        sizes(one.parsed(), "B", "F", "H", "S", "T"),
                        millis(one, ONE),
                        millis(one, TWO),
                        millis(one, TORCH_ONE),
                        millis(one, TORCH_TWO_PASSIVE),
                        millis(one, TORCH_ONE_KEPT),
                        Table.ratio(TrainSection.ratioToBest(one, TWO, TORCH)),
                        Table.ratio(TrainSection.ratioToBest(one, TWO, TORCH_KEPT)));
            }
        }
        return table.toString();
    }

    private String words() {
        Table table = new Table(
                "T, B, H, L, V",
                "Carousel 1",
                "Carousel 2",
                "libtorch 1",
                "libtorch 2",
                "libtorch 1 kept",
                "libtorch 2 kept",
                "ratio 1:1",
                "ratio 2:best",
                "2:best kept");
        for (String shape : TrainSection.WORDS) {
            Measured one = TrainSection.find(findings, "words", "lstm", shape);
            if (one != null) {
                double words = (double) one.parsed().size("T") * one.parsed().size("B");
                table.row(
                        sizes(one.parsed(), "T", "B", "H", "L", "V"),
                        rate(one, ONE, words * 1e9),
                        rate(one, TWO, words * 1e9),
                        rate(one, TORCH_ONE, words * 1e9),
                        rate(one, TORCH_TWO_PASSIVE, words * 1e9),
                        rate(one, TORCH_ONE_KEPT, words * 1e9),
                        rate(one, TORCH_TWO_KEPT, words * 1e9),
                        Table.ratio(one.ratio(ONE, TORCH_ONE)),
                        Table.ratio(TrainSection.ratioToBest(one, TWO, TORCH)),
                        Table.ratio(TrainSection.ratioToBest(one, TWO, TORCH_KEPT)));
            }
        }
        return table.toString();
    }

    private String variants() {
        Table table = new Table(
                "T, B, F, H", "Carousel 1", "on the other JDK", "over", "without the module", "share of its speed");
        for (String shape : TrainSection.SHAPES) {
            Measured one = TrainSection.find(findings, "train", "lstm", shape);
            if (one != null) {
                table.row(
                        sizes(one.parsed(), "T", "B", "F", "H"),
                        millis(one, ONE),
                        millis(one, TrainSection.otherJdk(one)),
                        Table.ratio(one.ratio(ONE, TrainSection.otherJdk(one))),
                        millis(one, SCALAR),
                        Table.percent(one.ratio(SCALAR, ONE)));
            }
        }
        return table.toString();
    }

    private static String speed(Measured one, String label) {
        return rate(one, label, TrainSection.operations(one.parsed()));
    }

    /** Of so many things a call, divided by its nanoseconds; or why there is none. */
    private static String rate(Measured one, String label, double things) {
        return one.has(label)
                ? Table.number(Spread.of(one.rounds(label), timing -> things / timing.mean()))
                : missing(one, label);
    }

    private static String millis(Measured one, String label) {
        return one.has(label)
                ? Table.number(Spread.of(one.rounds(label), timing -> timing.mean() * 1e-6))
                : missing(one, label);
    }

    private static String missing(Measured one, String label) {
        Measured.@Nullable Entry entry = one.sides().get(label);
        return entry == null || entry.absent() == null ? "–" : entry.absent();
    }

    private static String sizes(Workload workload, String... symbols) {
        StringBuilder text = new StringBuilder();
        for (String symbol : symbols) {
            text.append(text.length() == 0 ? "" : ", ").append(workload.size(symbol));
        }
        return text.toString();
    }
}
