package io.carousel.benchmarks.ledger;

import com.sun.management.ThreadMXBean;
import io.carousel.benchmarks.side.Numbers;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** How time and memory of a training step grow with T, with B and with the sum of the lengths; and those of prediction. */
final class ScaleSection implements Section {
    private static final int SEQUENCES = 32;
    private static final int STEPS = 64;
    private static final int SHORTEST = 10;
    private static final int LONGEST = 100;
    private static final int[] EVENTS = {1_000, 10_000, 100_000, 1_000_000};
    private static final int WARM_EVENTS = 200_000;
    private static final double LEAST_SECONDS = 0.05;
    /** Twice the work, and a tenth. */
    private static final double DOUBLED = 2.2;

    private static final List<Sweep> SWEEPS = List.of(
            new Sweep(
                    "T",
                    "time steps of " + SEQUENCES + " sequences",
                    new int[] {16, 32, 64, 128, 256, 512},
                    length -> ScaleWork.uniform(SEQUENCES, length)),
            new Sweep(
                    "B",
                    "sequences of " + STEPS + " time steps",
                    new int[] {8, 16, 32, 64, 128, 256},
                    sequences -> ScaleWork.uniform(sequences, STEPS)),
            new Sweep(
                    "ragged",
                    "sequences of " + SHORTEST + " to " + LONGEST + " time steps",
                    new int[] {16, 32, 64, 128, 256},
                    sequences -> new ScaleWork(Numbers.lengths(sequences, SHORTEST, LONGEST))));

    /**
     * Batches that grow.
     *
     * @param name of the size, for figures
     * @param words for the size
     * @param sizes each twice the one before
     */
    private record Sweep(String name, String words, int[] sizes, IntFunction<ScaleWork> works) {
        String key(int size, String what) {
            return name + "/" + size + "/" + what;
        }
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String title() {
        return "Cost grows as work grows";
    }

    // ---------------------------------------------------------------- measuring

    @Override
    public Findings measure(Bench bench) {
        Map<String, Double> figures = new TreeMap<>();
        figures.put("stated floats a row", (double) ScaleWork.statedPerRow());
        figures.put("stated floats a sequence", (double) ScaleWork.statedPerSequence());
        for (Sweep sweep : SWEEPS) {
            bench.say("scale " + sweep.name());
            Map<String, ScaleWork> works = new LinkedHashMap<>();
            for (int size : sweep.sizes()) {
                ScaleWork work = sweep.works().apply(size);
                works.put(sweep.key(size, ""), work);
                if (sweep.name().equals("ragged")) {
                    works.put(sweep.key(size, "even "), ScaleWork.uniform(size, Math.max(1, work.rows() / size)));
                }
            }
            time(works, bench.rhythm(), figures);
        }
        predict(figures);
        return new Findings(bench.setting(), List.of(), figures);
    }

    /** All works take turns, so that what changes the machine's speed changes it for all. */
    private static void time(Map<String, ScaleWork> works, Rhythm pace, Map<String, Double> figures) {
        Map<String, double[]> seconds = new LinkedHashMap<>();
        works.forEach((key, work) -> {
            repeat(work, pace.warm() / 2);
            seconds.put(key, new double[pace.rounds()]);
        });
        for (int round = 0; round < pace.rounds(); round++) {
            int now = round;
            works.forEach((key, work) -> seconds.getOrDefault(key, new double[0])[now] =
                    repeat(work, Math.max(LEAST_SECONDS, pace.seconds() / 4)));
        }
        works.forEach((key, work) -> {
            double[] rounds = seconds.getOrDefault(key, new double[0]);
            Spread spread = Spread.of(rounds);
            figures.put(key + "seconds", spread.median());
            figures.put(key + "quartiles", (spread.upper() - spread.lower()) / spread.median());
            figures.put(key + "rows", (double) work.rows());
            figures.put(key + "floats", (double) work.floats());
        });
    }

    /** The middle time of a step. */
    private static double repeat(ScaleWork work, double seconds) {
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + Math.round(seconds * 1e9);
        long before = System.nanoTime();
        do {
            work.run();
            long now = System.nanoTime();
            times.add((now - before) * 1e-9);
            before = now;
        } while (before < end);
        return Spread.of(times, Double::doubleValue).median();
    }

    /** What a session allocates, from its making through so many events. */
    private static void predict(Map<String, Double> figures) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int size = ScaleWork.SIZE;
        Network network = Network.create(
                new NetworkSpec(size, List.of(RecurrentSpec.of("encoder", "lstm", List.of(size)))), Rng.of(1));
        float[] x = Numbers.uniform("input", size, 1);
        float[] y = new float[size];
        step(new Session(network), x, y, WARM_EVENTS);
        for (int events : EVENTS) {
            long before = threads.getCurrentThreadAllocatedBytes();
            step(new Session(network), x, y, events);
            figures.put(
                    "prediction/" + events + "/bytes", (double) (threads.getCurrentThreadAllocatedBytes() - before));
        }
    }

    private static void step(Session session, float[] x, float[] y, int events) {
        for (int i = 0; i < events; i++) {
            session.step(x, y);
        }
    }

    // ---------------------------------------------------------------- what follows

    @Override
    public List<Target> targets(Findings findings) {
        List<Target> targets = new ArrayList<>();
        for (Sweep sweep : SWEEPS) {
            targets.add(Target.atMost(
                    "scale/" + sweep.name() + "/time",
                    "time: the dearest doubling of the " + sweep.words() + ", for twice the rows",
                    DOUBLED,
                    dearestDoubling(findings, sweep)));
        }
        targets.add(Target.atMost(
                "scale/ragged/even",
                "time: a ragged batch over as many time steps unpadded, at B = " + SEQUENCES,
                1.1,
                overEven(findings, SEQUENCES)));
        for (Sweep sweep : SWEEPS.subList(0, 2)) {
            targets.add(Target.atMost(
                    "scale/" + sweep.name() + "/memory",
                    "memory: furthest from the stated floats, by the " + sweep.words() + ", in per cent",
                    1,
                    100 * furthestFromStated(findings, sweep)));
        }
        targets.add(Target.atMost(
                "scale/prediction",
                "memory: bytes that a million events allocate beyond a thousand",
                0,
                findings.figure("prediction/1000000/bytes") - findings.figure("prediction/1000/bytes")));
        return targets;
    }

    /** The largest factor in time where the rows double; a pair that does not quite double is scaled to it. */
    private static double dearestDoubling(Findings findings, Sweep sweep) {
        double dearest = Double.NaN;
        for (int i = 1; i < sweep.sizes().length; i++) {
            int less = sweep.sizes()[i - 1];
            int more = sweep.sizes()[i];
            double factor = findings.figure(sweep.key(more, "seconds"))
                    / findings.figure(sweep.key(less, "seconds"))
                    * 2
                    * findings.figure(sweep.key(less, "rows"))
                    / findings.figure(sweep.key(more, "rows"));
            dearest = Double.isNaN(dearest) ? factor : Math.max(dearest, factor);
        }
        return dearest;
    }

    private static double overEven(Findings findings, int sequences) {
        String key = "ragged/" + sequences + "/";
        return findings.figure(key + "seconds")
                / findings.figure(key + "even seconds")
                * findings.figure(key + "even rows")
                / findings.figure(key + "rows");
    }

    private static double furthestFromStated(Findings findings, Sweep sweep) {
        double furthest = 0;
        for (int size : sweep.sizes()) {
            double stated = statedFloats(findings, sweep, size);
            furthest = Math.max(furthest, Math.abs(findings.figure(sweep.key(size, "floats")) / stated - 1));
        }
        return furthest;
    }

    private static double statedFloats(Findings findings, Sweep sweep, int size) {
        int sequences = sweep.name().equals("T") ? SEQUENCES : size;
        return findings.figure(sweep.key(size, "rows")) * findings.figure("stated floats a row")
                + sequences * findings.figure("stated floats a sequence");
    }

    // ---------------------------------------------------------------- the page

    @Override
    public String page(Findings findings) {
        StringBuilder text = new StringBuilder();
        int size = ScaleWork.SIZE;
        text.append("A training step of an LSTM layer with F = H = ")
                .append(size)
                .append(" on one thread. *Stated* is what the code says that a step keeps: ")
                .append(Table.number(findings.figure("stated floats a row")))
                .append(
                        " floats for each row, a time step of one sequence (4H gates, H for tanh of the cell, 2H of state, H for"
                                + " the gradient of the output, F for that of the input), and ")
                .append(Table.number(findings.figure("stated floats a sequence")))
                .append(
                        " for each sequence. A ragged batch keeps H more for each row, the outputs one step earlier.\n\n");
        for (Sweep sweep : SWEEPS) {
            text.append(table(findings, sweep)).append('\n');
        }
        text.append("""
                ![Time over rows](figures/scale-time.svg)

                ![Time of ragged batches](figures/scale-ragged.svg)

                ![Memory over rows](figures/scale-memory.svg)

                """);
        Table prediction = new Table("events through a session", "bytes allocated, with the session");
        for (int events : EVENTS) {
            prediction.row(Table.number(events), Table.number(findings.figure("prediction/" + events + "/bytes")));
        }
        return text.append(prediction).toString();
    }

    private static String table(Findings findings, Sweep sweep) {
        boolean ragged = sweep.name().equals("ragged");
        Table table =
                new Table(sweep.words(), "rows", "ms", "ns a row", "MB", ragged ? "over even lengths" : "MB stated");
        for (int size : sweep.sizes()) {
            double seconds = findings.figure(sweep.key(size, "seconds"));
            double rows = findings.figure(sweep.key(size, "rows"));
            table.row(
                    size,
                    Table.number(rows),
                    Table.number(seconds * 1e3),
                    Table.number(seconds / rows * 1e9),
                    Table.number(findings.figure(sweep.key(size, "floats")) * 4e-6),
                    ragged
                            ? Table.ratio(overEven(findings, size))
                            : Table.number(statedFloats(findings, sweep, size) * 4e-6));
        }
        return table.toString();
    }

    @Override
    public Map<String, String> drawings(Findings findings) {
        Sweep steps = SWEEPS.get(0);
        Sweep sequences = SWEEPS.get(1);
        Sweep ragged = SWEEPS.get(2);
        Plot time = new Plot("Time of a training step", "rows: time steps of all sequences", "milliseconds");
        Plot memory = new Plot("Memory of a training step", "rows: time steps of all sequences", "megabytes");
        for (Sweep sweep : List.of(steps, sequences)) {
            double[] milliseconds = values(findings, sweep, "seconds", 1e3);
            add(time, sweep, values(findings, sweep, "rows", 1), milliseconds);
            memory.add(
                    "more " + sweep.words(),
                    values(findings, sweep, "rows", 1),
                    values(findings, sweep, "floats", 4e-6),
                    sweep.equals(steps) ? SEQUENCES * findings.figure("stated floats a sequence") * 4e-6 : 0,
                    sweep.equals(steps)
                            ? findings.figure("stated floats a row") * 4e-6
                            : (findings.figure("stated floats a row")
                                            + findings.figure("stated floats a sequence") / STEPS)
                                    * 4e-6);
        }
        Plot unpadded = new Plot("Time of a ragged training step", "rows: time steps of all sequences", "milliseconds");
        add(unpadded, ragged, values(findings, ragged, "rows", 1), values(findings, ragged, "seconds", 1e3));
        Map<String, String> drawings = new TreeMap<>();
        drawings.put("scale-time.svg", time.svg());
        drawings.put("scale-ragged.svg", unpadded.svg());
        drawings.put("scale-memory.svg", memory.svg());
        return drawings;
    }

    /** The line goes through 0 and the middle cost of a row. */
    private static void add(Plot plot, Sweep sweep, double[] rows, double[] milliseconds) {
        double[] costs = new double[rows.length];
        Arrays.setAll(costs, i -> milliseconds[i] / rows[i]);
        plot.add(
                "more " + sweep.words(), rows, milliseconds, 0, Spread.of(costs).median());
    }

    private static double[] values(Findings findings, Sweep sweep, String what, double unit) {
        return Arrays.stream(sweep.sizes())
                .mapToDouble(size -> unit * findings.figure(sweep.key(size, what)))
                .toArray();
    }
}
