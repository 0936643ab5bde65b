package io.carousel.benchmarks;

import io.carousel.data.AtomicFile;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.optim.Schedule;
import io.carousel.task.lags.AddingTask;
import io.carousel.task.lags.FirstSymbolTask;
import io.carousel.task.lags.LagLoss;
import io.carousel.task.lags.LagResult;
import io.carousel.task.lags.LagSetting;
import io.carousel.task.lags.LagSettings;
import io.carousel.task.lags.LagTask;
import io.carousel.task.lags.LagTasks;
import io.carousel.task.lags.LagTraining;
import io.carousel.task.lags.TemporalOrderTask;
import io.carousel.task.lags.TwoSequenceTask;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Trains on the long-time-lag problems of 1997 and writes {@code docs/lags.md}: our figures beside the paper's.
 *
 * <p>Arguments: numbers of experiments, or {@code longer}, {@code contrast} and {@code variants}, to run only those; none runs all. Every
 * result is kept in {@code docs/lags.jsonl}, where it replaces an older one of the same training, and the page is made from
 * that file; {@code page} makes the page and trains nothing.
 */
public final class LagResults {
    /** The seeds of the results; no setting was chosen by them. */
    static final long[] SEEDS = {1, 2, 3};

    /** The cells of the published table of variants, ours and the name it has there. */
    static final List<String> VARIANTS = List.of(
            "peephole",
            "lstm",
            "coupled",
            "no-input-activation",
            "no-output-activation",
            "no-input-gate",
            "no-output-gate",
            "lstm-1997",
            "gru",
            "elman");

    /** The sequences that {@link #even} is allowed first: as many as the paper's LSTM needed. */
    static final int EVENLY = 5_680;

    /** The sequences that it is then allowed. */
    static final int LONGER = 25_000;

    private final Path root;
    private final String commit;
    private final String machine;
    private final int threads;
    private final List<LagRecord> records;

    private LagResults(Path root) throws IOException, FormatException {
        this.root = root;
        commit = ResultsRun.commit(root);
        threads = 1;
        machine = threads + " thread, JDK " + Runtime.version().feature();
        records = read(root.resolve("docs").resolve("lags.jsonl"));
    }

    public static void main(String[] arguments) throws Exception {
        LagResults results = new LagResults(ResultsRun.projectRoot());
        Set<String> wanted = new TreeSet<>(List.of(arguments));
        if (!wanted.equals(Set.of("page"))) {
            results.run(wanted);
        }
        results.write();
    }

    private void run(Set<String> wanted) throws IOException {
        for (LagTask task : LagTasks.paper()) {
            if (wanted.isEmpty() || wanted.contains(task.experiment())) {
                for (long seed : SEEDS) {
                    train("paper", task, "lstm", LagSettings.of(task), seed, LagTraining::run);
                }
            }
        }
        if (wanted.isEmpty() || wanted.contains("longer")) {
            for (long seed : SEEDS) {
                train("even", even(), "lstm", evenly(), seed, LagTraining::run);
                train("longer", even(), "lstm", evenly().withSequences(LONGER), seed, LagTraining::run);
            }
        }
        if (wanted.isEmpty() || wanted.contains("contrast")) {
            for (LagTask task : contrast()) {
                for (long seed : SEEDS) {
                    train("contrast", task, "elman", LagSettings.of(task), seed, LagTraining::run);
                }
            }
        }
        if (wanted.isEmpty() || wanted.contains("variants")) {
            for (String cell : VARIANTS) {
                for (long seed : SEEDS) {
                    train("variants", new LaterAddingTask(50), cell, variants(), seed, LagTraining::runToTheEnd);
                }
            }
        }
    }

    /** The problem in whose loss one symbol counts more than the others. */
    static LagTask even() {
        return new FirstSymbolTask(true, 100);
    }

    /** A setting for that problem in which all symbols count alike: that of the problem beside it. */
    private static LagSetting evenly() {
        return LagSettings.of(new FirstSymbolTask(false, 100)).withSequences(EVENLY);
    }

    /** The problems on which an Elman network is set against the LSTM. */
    static List<LagTask> contrast() {
        return List.of(
                new TwoSequenceTask(TwoSequenceTask.Variant.NOISE, 100, 3),
                new AddingTask(100),
                new TemporalOrderTask(2));
    }

    /** The setting of the published table of variants. */
    private static LagSetting variants() {
        TrainingPlan plan = TrainingPlan.defaults()
                .withBatchSize(32)
                .withShardSize(32)
                .withLearningRate(5e-3)
                .withSchedule(new Schedule.Constant());
        return new LagSetting(12, 0, null, false, LagLoss.SQUARED, 1, 1_500 * 32, plan);
    }

    private void train(
            String part, LagTask task, String cell, LagSetting setting, long seed, Function<LagTraining, LagResult> how)
            throws IOException {
        LagResult result = how.apply(new LagTraining(task, cell, setting, seed, threads));
        LagRecord added = new LagRecord(part, task.lagOption(), task.detailOption(), result, commit, machine);
        records.removeIf(added::replaces);
        records.add(added);
        System.out.println(Json.write(added));
        write();
    }

    private static List<LagRecord> read(Path file) throws IOException, FormatException {
        List<LagRecord> records = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                records.add(Json.read(line, LagRecord.class, file.getFileName().toString()));
            }
        }
        return records;
    }

    private void write() throws IOException {
        StringBuilder lines = new StringBuilder();
        records.forEach(one -> lines.append(Json.write(one)).append('\n'));
        write("lags.jsonl", lines.toString());
        write("lags.md", LagPage.of(records));
    }

    private void write(String name, String text) throws IOException {
        Path docs = root.resolve("docs");
        Files.createDirectories(docs);
        AtomicFile.write(docs.resolve(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
