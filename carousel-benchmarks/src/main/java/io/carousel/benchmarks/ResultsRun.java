package io.carousel.benchmarks;

import io.carousel.optim.Schedule;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call of {@code tools/results} asks for.
 *
 * @param parts names of the sets or of their protocols; none for all
 * @param options with their values, by name
 * @param record whether rows are also written into {@code docs/results.md}
 * @param data the folder of the public sets
 * @param root the folder of the project
 */
record ResultsRun(List<String> parts, Map<String, String> options, boolean record, Path data, Path root) {
    private static final List<String> COMMON = List.of("--seed", "--epochs", "--threads", "--out");

    /** A call with these arguments: parts, {@code --record}, options of all tasks, and those named here, with their values. */
    static ResultsRun of(List<String> arguments, String... more) {
        List<String> known = new ArrayList<>(COMMON);
        known.addAll(List.of(more));
        List<String> parts = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        boolean record = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--record")) {
                record = true;
            } else if (!argument.startsWith("--")) {
                parts.add(argument);
            } else if (known.contains(argument) && i + 1 < arguments.size()) {
                options.put(argument, arguments.get(++i));
            } else {
                throw new IllegalArgumentException(
                        "option must be --record, or one of " + known + " with a value, got " + argument);
            }
        }
        Path root = projectRoot();
        String named = System.getenv("CAROUSEL_SHARED_DATA");
        Path data =
                named != null ? Path.of(named) : root.resolveSibling("shared").resolve("data");
        if (!Files.isDirectory(data)) {
            throw new IllegalArgumentException(
                    "the data sets must lie in " + data + "; set CAROUSEL_SHARED_DATA to their folder");
        }
        return new ResultsRun(List.copyOf(parts), Map.copyOf(options), record, data, root);
    }

    /** The parts that were named, or all. */
    List<String> parts(List<String> all) {
        return parts.isEmpty() ? all : parts;
    }

    int number(String option, int otherwise) {
        String value = options.get(option);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    int threads() {
        return number("--threads", Runtime.getRuntime().availableProcessors());
    }

    long seed() {
        return Long.parseLong(options.getOrDefault("--seed", "1"));
    }

    /** A plan with the seed, and with the epochs where some were given. */
    TrainingPlan plan(TrainingPlan usual) {
        TrainingPlan plan = usual.withSeed(seed());
        return options.containsKey("--epochs") ? plan.withEpochs(number("--epochs", 0)) : plan;
    }

    /** Writes a model. */
    @FunctionalInterface
    interface Saving {
        void to(Path file) throws IOException;
    }

    /** Writes a model to where {@code --out} names a file. */
    void save(Saving model) throws IOException {
        Path out = path("--out");
        if (out != null) {
            model.to(out);
        }
    }

    /** Whether an aim was met, as a row tells it. */
    static String verdict(boolean met) {
        return met ? "met" : "**missed**";
    }

    /** A plan and its best epoch, as a row tells them. */
    static String inWords(TrainingPlan plan, int bestEpoch) {
        return String.format(
                Locale.ROOT,
                "best epoch %d of %d, batches of %d, %s from %s%s",
                bestEpoch,
                plan.epochs(),
                plan.batchSize(),
                plan.optimizer().getClass().getSimpleName(),
                plan.learningRate(),
                plan.schedule() instanceof Schedule.CosineWithWarmUp ? " along a cosine" : "");
    }

    @Nullable
    Path path(String option) {
        String name = options.get(option);
        return name == null ? null : Path.of(name);
    }

    /** Prints a row, and writes it into the page if that was asked for. */
    void row(String section, String row) throws IOException {
        System.out.println(row);
        if (record) {
            ResultsPage.record(root, section, row);
        }
    }

    /** The commit and the JDK, as a row names them. */
    String origin() throws IOException {
        return commit(root) + ", JDK " + Runtime.version().feature();
    }

    /** The commit of the code, with a mark where files differ from it; those of {@code docs}, which runs write, do not count. */
    static String commit(Path root) throws IOException {
        String changed = git(root, "status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs");
        return git(root, "rev-parse", "--short=10", "HEAD") + (changed.isEmpty() ? "" : "-dirty");
    }

    private static String git(Path root, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** The outermost folder above the working folder that has a {@code pom.xml}. */
    static Path projectRoot() {
        Path working = Path.of("").toAbsolutePath();
        Path root = working;
        for (Path folder = working; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("pom.xml"))) {
                root = folder;
            }
        }
        return root;
    }
}
