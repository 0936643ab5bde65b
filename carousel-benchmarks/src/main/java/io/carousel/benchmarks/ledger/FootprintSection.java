package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.Timing;
import io.carousel.benchmarks.side.Workload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Size on disk, the time from the start of a JVM to its first prediction, memory, and allocation, of us and of the peers. */
final class FootprintSection implements Section {
    private static final int SIZE = 64;
    private static final Workload STEP = new Workload("step", "lstm", Map.of("F", SIZE, "H", SIZE));
    private static final String OURS = Sides.CAROUSEL + " 1";
    private static final List<String> LABELS = List.of(
            OURS, OURS + " " + Sides.SERIAL, Sides.ONNX_RUNTIME + " 1", Sides.LIBTORCH + " 1", Sides.DL4J + " 1");
    private static final double MEGABYTE = 1e6;
    private static final double AIM = 250;
    /** Until everything that allocates before it is compiled has been. */
    private static final double LONG_WARM = 4;

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public String title() {
        return "Footprint";
    }

    // ---------------------------------------------------------------- measuring

    @Override
    public Findings measure(Bench bench) throws IOException, InterruptedException {
        Map<String, Double> figures = new TreeMap<>();
        Starts starts = new Starts(bench.sides(), bench.folder().resolve("footprint"), SIZE);
        figures.put(OURS + "/size", starts.size());
        sides(bench, figures);
        programs(bench, starts, figures);
        return new Findings(bench.setting(), List.of(), figures);
    }

    /** The sides, each in a new process in each round, in turn. */
    private static void sides(Bench bench, Map<String, Double> figures) throws IOException, InterruptedException {
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int round = 0; round < bench.rhythm().rounds(); round++) {
            for (String label : LABELS) {
                bench.say("footprint " + label);
                long start = System.nanoTime();
                try (SideProcess side = bench.fresh(label)) {
                    side.prepare(STEP);
                    side.time(0);
                    seconds.computeIfAbsent(label, one -> new ArrayList<>()).add((System.nanoTime() - start) * 1e-9);
                    if (round == 0) {
                        once(bench, side, figures);
                    }
                } catch (SideException e) {
                    bench.say(label + ": " + e.getMessage());
                }
            }
        }
        keep(seconds, figures);
    }

    /** What needs one round only. */
    private static void once(Bench bench, SideProcess side, Map<String, Double> figures)
            throws SideException, InterruptedException, IOException {
        String label = side.label();
        ProcessMemory first = ProcessMemory.of(side.pid());
        figures.put(label + "/resident", first.resident());
        figures.put(label + "/most", first.most());
        side.warm(LONG_WARM * bench.rhythm().warm());
        Timing timing = side.time(bench.rhythm().seconds());
        figures.put(label + "/allocated", Math.rint(timing.allocated()));
        figures.put(label + "/warm", ProcessMemory.of(side.pid()).resident());
        if (!label.startsWith(OURS)) {
            figures.put(label + "/size", size(bench.sides().command(label).classPath()));
        }
    }

    /** The bytes of the jars on a class path; the folders on it hold the ledger's own classes. */
    private static double size(String classPath) throws IOException {
        double bytes = 0;
        for (String part : classPath.split(File.pathSeparator, -1)) {
            Path path = Path.of(part);
            bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
        }
        return bytes;
    }

    private static void programs(Bench bench, Starts starts, Map<String, Double> figures)
            throws IOException, InterruptedException {
        bench.say("footprint programs");
        Map<String, ProcessBuilder> programs = starts.programs(bench.root());
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int round = -1; round < 2 * bench.rhythm().rounds(); round++) {
            for (Map.Entry<String, ProcessBuilder> program : programs.entrySet()) {
                Starts.Start start = Starts.Start.of(program.getValue());
                if (round >= 0) { // before the first round, files come into memory
                    seconds.computeIfAbsent(program.getKey(), one -> new ArrayList<>())
                            .add(start.seconds());
                    figures.put(program.getKey() + "/most", start.memory().most());
                }
            }
        }
        keep(seconds, figures);
    }

    private static void keep(Map<String, List<Double>> seconds, Map<String, Double> figures) {
        seconds.forEach((name, rounds) -> {
            Spread spread = Spread.of(rounds, Double::doubleValue);
            figures.put(name + "/start", spread.median());
            figures.put(name + "/start lower", spread.lower());
            figures.put(name + "/start upper", spread.upper());
        });
    }

    // ---------------------------------------------------------------- what follows

    @Override
    public List<Target> targets(Findings findings) {
        List<Target> targets = new ArrayList<>();
        for (String program : programs(findings)) {
            if (!program.startsWith(Starts.PROGRAM)) {
                continue; // the commands do more than a first prediction
            }
            targets.add(Target.atMost(
                    "footprint/" + program,
                    program + ": ms from the start of its process to the first line",
                    AIM,
                    1e3 * findings.figure(program + "/start")));
        }
        targets.add(Target.atMost(
                "footprint/allocated", "bytes allocated for each event", 0, findings.figure(OURS + "/allocated")));
        return targets;
    }

    private static List<String> programs(Findings findings) {
        return findings.figures().keySet().stream()
                .filter(name -> name.endsWith("/start"))
                .map(name -> name.substring(0, name.length() - "/start".length()))
                .filter(name -> !LABELS.contains(name))
                .toList();
    }

    @Override
    public String page(Findings findings) {
        Table sides = new Table(
                "",
                "jars, MB",
                "start to first prediction, ms",
                "resident then, MB",
                "most until then, MB",
                "resident when warm, MB",
                "bytes of JVM heap an event");
        for (String label : LABELS) {
            sides.row(
                    label.replace(" 1", ""),
                    megabytes(findings, (label.startsWith(OURS) ? OURS : label) + "/size"),
                    start(findings, label),
                    megabytes(findings, label + "/resident"),
                    megabytes(findings, label + "/most"),
                    megabytes(findings, label + "/warm"),
                    Table.number(findings.figure(label + "/allocated")));
        }
        Table programs = new Table("Carousel alone", "start to first line, ms", "most memory until then, MB");
        for (String program : programs(findings)) {
            programs.row(program, start(findings, program), megabytes(findings, program + "/most"));
        }
        return "An LSTM layer with F = H = " + SIZE
                + ", one thread. The jars are what a program needs at run time, native"
                + " libraries for this platform among them. In the first table each side is a new process of the ledger's,"
                + " which makes its weights itself, and whose bookkeeping adds 17 MB to all; what native code allocates is"
                + " in the resident memory only. *carousel serial* is Carousel with `-XX:+UseSerialGC -Xms16m`, as the command"
                + " `carousel` starts: until the kernels are compiled their vectors are garbage, which the JVM's usual collector"
                + " lets fill a large heap.\n\n"
                + sides
                + "\nThe second table has our own programs: *program* opens a model file with `Model.load`, opens a `Session`"
                + " and makes one step, started by `java -cp`; an archive of class data is made with"
                + " `-XX:ArchiveClassesAtExit` and taken with `-XX:SharedArchiveFile`, which the command does by itself"
                + " (but for `carousel.bat`) and any program can; from Java 19 on `-XX:+AutoCreateSharedArchive` with a"
                + " `-XX:SharedArchiveFile` is enough. The time is that from before the start of the process to its first line; an *empty program* on the"
                + " same class path says what of it is the JVM's own.\n\n"
                + programs;
    }

    private static String start(Findings findings, String name) {
        double median = 1e3 * findings.figure(name + "/start");
        double lower = 1e3 * findings.figure(name + "/start lower");
        double upper = 1e3 * findings.figure(name + "/start upper");
        return Double.isNaN(median) ? "–" : Table.number(new Spread(median, lower, upper));
    }

    private static String megabytes(Findings findings, String name) {
        return Table.number(findings.figure(name) / MEGABYTE);
    }
}
