package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.Timing;
import io.carousel.benchmarks.side.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One event at a time, through a session. */
final class StepSection implements Section {
    private static final String OURS = Sides.CAROUSEL + " 1";
    private static final String ONNX = Sides.ONNX_RUNTIME + " 1";
    private static final String LIBTORCH = Sides.LIBTORCH + " 1";
    private static final String DL4J = Sides.DL4J + " 1";
    private static final String INTRODUCTION = """
            One event at a time through a `Session`, an LSTM of one layer on one thread; the input is copied in and the output
            out, and events follow each other at once. ONNX Runtime: the operator LSTM for one time step, tensors over direct
            buffers made once, outputs pinned and fed back, all optimisations. libtorch: inference mode, `LSTM` of one time step
            or `LSTMCell`, whichever is faster. DL4J: `rnnTimeStep`. Latencies are the medians over the rounds of each
            round's p50 and p99. The bandwidth is that of reading an array as large as the weights from front to back, again
            and again, in the same rounds.

            """;
    private static final Workload HALVED = Workload.parse("bfloat16 lstm F=512 H=512");
    private static final String BFLOAT16 = OURS + " " + Sides.BFLOAT16;

    /** Roundings to 8 bits instead of 24, each 2^16 as large as those that {@link Comparison} counts. */
    private static final double ROUGHLY = roundings(512) * 0x1p32;

    private static final int[] SIZES = {32, 64, 128, 256, 512};
    private static final double[] WANTED = {8, 8, 3, 1.4, 1.1};

    @Override
    public String name() {
        return "step";
    }

    @Override
    public String title() {
        return "One event at a time";
    }

    @Override
    public Findings measure(Bench bench) throws IOException, InterruptedException {
        List<Measured> measured = new ArrayList<>();
        for (int size : SIZES) {
            if (bench.wants(workload(size))) {
                measured.add(bench.measure(
                        workload(size),
                        roundings(size),
                        bench.rhythm(),
                        new Workload("read", "float32", Map.of("bytes", bytes(size))),
                        List.of(OURS, ONNX, LIBTORCH, DL4J)));
            }
        }
        if (bench.wants(HALVED)) {
            measured.add(bench.measure(HALVED, ROUGHLY, bench.rhythm(), null, List.of(OURS, BFLOAT16)));
        }
        SessionsTable.measure(bench, measured);
        return new Findings(bench.setting(), measured, Map.of());
    }

    private static Workload workload(int size) {
        return new Workload("step", "lstm", Map.of("F", size, "H", size));
    }

    /** Of the weights, which every event reads. */
    private static int bytes(int size) {
        return 4 * size * (size + size + 2) * Float.BYTES;
    }

    /** Of the last event, through all before it: the terms of the products and about 40 roundings of the gates. */
    private static double roundings(int size) {
        return StepWork.EVENTS * (2.0 * size + 40);
    }

    @Override
    public List<Target> targets(Findings findings) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < SIZES.length; i++) {
            Measured one = findings.find(workload(SIZES[i]).toString());
            if (one == null || !one.has(OURS)) {
                continue;
            }
            String what = "H = " + SIZES[i];
            String key = "step/" + SIZES[i];
            targets.add(Target.atLeast(
                            key + "/onnxruntime",
                            what + ": times ONNX Runtime, p50",
                            WANTED[i],
                            one.ratio(OURS, ONNX, Timing::p50))
                    .withLimit(one.ratio(Bench.LIMIT, ONNX, Timing::mean)));
            targets.add(Target.atMost(
                    key + "/p99",
                    what + ": p99 over p50",
                    2,
                    Spread.of(one.rounds(OURS), timing -> timing.p99() / timing.p50())
                            .median()));
            targets.add(Target.atMost(
                    key + "/allocated",
                    what + ": bytes allocated for each event",
                    0,
                    Spread.of(one.rounds(OURS), timing -> Math.rint(timing.allocated()))
                            .median()));
            if (SIZES[i] == 512) {
                targets.add(Target.atLeast(
                        key + "/bandwidth",
                        what + ": share of the bandwidth of reading as many bytes",
                        0.8,
                        one.ratio(OURS, Bench.LIMIT)));
            }
        }
        Measured halved = findings.find(HALVED.toString());
        if (halved != null) {
            targets.add(Target.atLeast(
                    "step/512/bfloat16",
                    "H = 512, bfloat16 weights: times float32",
                    1.6,
                    halved.ratio(BFLOAT16, OURS, Timing::p50)));
        }
        targets.addAll(SessionsTable.targets(findings));
        return targets;
    }

    @Override
    public String page(Findings findings) {
        Table table = new Table(
                "F = H",
                "Carousel p50 / p99, µs",
                "ONNX Runtime p50 / p99",
                "libtorch p50 / p99",
                "DL4J p50 / p99",
                "times ONNX Runtime",
                "share of bandwidth",
                "bytes an event");
        for (int size : SIZES) {
            Measured one = findings.find(workload(size).toString());
            if (one != null) {
                table.row(
                        size,
                        micros(one, OURS),
                        micros(one, ONNX),
                        micros(one, LIBTORCH),
                        micros(one, DL4J),
                        Table.ratio(one.ratio(OURS, ONNX, Timing::p50)),
                        Table.percent(one.ratio(OURS, Bench.LIMIT)),
                        one.has(OURS)
                                ? Table.number(Spread.of(one.rounds(OURS), Timing::allocated)
                                        .median())
                                : "–");
            }
        }
        return INTRODUCTION + table + halved(findings) + SessionsTable.text(findings);
    }

    private static String halved(Findings findings) {
        Measured one = findings.find(HALVED.toString());
        if (one == null) {
            return "";
        }
        Table table = new Table(
                "F = H", "float32 p50 / p99, µs", "bfloat16 p50 / p99", "ratio", "largest error of an output");
        Measured.Entry entry = one.sides().get(BFLOAT16);
        Double apart = entry == null ? null : entry.apart();
        table.row(
                one.parsed().size("H"),
                micros(one, OURS),
                micros(one, BFLOAT16),
                Table.ratio(one.ratio(BFLOAT16, OURS, Timing::p50)),
                apart == null ? "–" : Table.number(apart));
        return "\n**Weights in bfloat16**, for prediction only; the error is that of " + StepWork.EVENTS
                + " events of uniform inputs in ±1, outputs lie within ±1\n\n" + table;
    }

    private static String micros(Measured one, String label) {
        if (!one.has(label)) {
            return "–";
        }
        return Table.number(Spread.of(one.rounds(label), Timing::p50).median() / 1e3) + " / "
                + Table.number(Spread.of(one.rounds(label), Timing::p99).median() / 1e3);
    }
}
