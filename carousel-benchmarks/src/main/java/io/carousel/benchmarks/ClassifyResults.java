package io.carousel.benchmarks;

import io.carousel.task.FitListener;
import io.carousel.task.FitOptions;
import io.carousel.task.classify.ClassifyEncoding;
import io.carousel.task.classify.ClassifyEvaluation;
import io.carousel.task.classify.ClassifyFit;
import io.carousel.task.classify.ClassifySpec;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.SequenceClassifier;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Learns to classify public sets and prints a row for {@code docs/results.md} for each.
 *
 * <p>Arguments: names of parts (see {@link ClassifyProtocol#PARTS}), none for all; then {@code --seed}, {@code --members},
 * {@code --epochs}, {@code --threads}, {@code --folds} (of MR, only the first so many) and {@code --out MODEL} (of the first
 * fold), each with a value. The sets lie in {@code ../shared/data} beside the project, or where the environment variable {@code
 * CAROUSEL_SHARED_DATA} says. Test examples are read by the evaluation alone, once.
 */
public final class ClassifyResults {
    private static final List<String> OPTIONS =
            List.of("--seed", "--members", "--epochs", "--threads", "--folds", "--out");

    private ClassifyResults() {}

    public static void main(String[] arguments) throws IOException {
        int names = 0;
        while (names < arguments.length && !arguments[names].startsWith("--")) {
            names++;
        }
        Map<String, String> options = options(arguments, names);
        List<String> parts =
                names == 0 ? ClassifyProtocol.PARTS : List.of(arguments).subList(0, names);
        Path root = ForecastResults.projectRoot();
        String named = System.getenv("CAROUSEL_SHARED_DATA");
        Path data =
                named != null ? Path.of(named) : root.resolveSibling("shared").resolve("data");
        String commit = ForecastResults.commit(root);
        for (String part : parts) {
            run(ClassifyProtocol.of(part, data), options, commit);
        }
    }

    private static Map<String, String> options(String[] arguments, int from) {
        Map<String, String> options = new HashMap<>();
        for (int i = from; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        "option must be one of " + OPTIONS + " with a value, got " + arguments[i]);
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private static void run(ClassifyProtocol protocol, Map<String, String> options, String commit) throws IOException {
        long start = System.nanoTime();
        int threads = Integer.parseInt(options.getOrDefault(
                "--threads", Integer.toString(Runtime.getRuntime().availableProcessors())));
        long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
        int folds = Integer.parseInt(options.getOrDefault("--folds", Integer.toString(Integer.MAX_VALUE)));
        ClassifySpec spec = protocol.spec()
                .members(Integer.parseInt(options.getOrDefault("--members", "0")))
                .build();
        long right = 0;
        long examples = 0;
        long trivial = 0;
        double error = 0;
        int done = 0;
        ClassifyEncoding encoding = null;
        TrainingPlan plan = null;
        for (ExampleSet.Fold fold : protocol.folds()) {
            if (done == folds) {
                break;
            }
            plan = SequenceClassifier.defaultPlan(fold.training(), spec).withSeed(seed);
            if (options.containsKey("--epochs")) {
                plan = plan.withEpochs(Integer.parseInt(options.get("--epochs")));
            }
            FitOptions running =
                    FitOptions.defaults().withThreads(threads).withListener(new Stages(protocol.name(), start));
            ClassifyFit fit = SequenceClassifier.fit(fold.training(), protocol.validation(), spec, plan, running);
            encoding = fit.classifier().encoding();
            System.out.println(encoding.validation());
            ClassifyEvaluation evaluation = fit.classifier().evaluate(fold.test());
            right += Math.round(evaluation.accuracy() * evaluation.examples());
            Double always = evaluation.trivialAccuracy();
            trivial += always == null ? 0 : Math.round(always * evaluation.examples());
            examples += evaluation.examples();
            error += evaluation.calibrationError() * evaluation.examples();
            done++;
            System.out.printf(
                    Locale.ROOT,
                    "%s, fold %d of %d: accuracy %.4f, so far %.4f, macro F1 %.4f, log loss %.4f%n",
                    protocol.name(),
                    done,
                    protocol.folds().size(),
                    evaluation.accuracy(),
                    (double) right / examples,
                    evaluation.macroF1(),
                    evaluation.logLoss());
            if (done == 1 && options.containsKey("--out")) {
                fit.classifier().save(Path.of(options.get("--out")));
            }
        }
        if (encoding == null || plan == null) {
            throw new IllegalArgumentException("folds must be at least 1, got " + folds);
        }
        double accuracy = (double) right / examples;
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | **%.4f** | %s | always the most frequent %.4f | at least %s | %s | %s | calibration error %.3f "
                        + "| %d | %.0f | %s |%n",
                protocol.name(),
                protocol.protocol() + (done < protocol.folds().size() ? ", only " + done + " of them" : ""),
                accuracy,
                protocol.published(),
                (double) trivial / examples,
                protocol.aim(),
                accuracy >= protocol.aim() ? "met" : "**missed**",
                inWords(encoding.chosen(), plan),
                error / examples,
                seed,
                (System.nanoTime() - start) * 1e-9,
                commit);
    }

    private static String inWords(ClassifySpec chosen, TrainingPlan plan) {
        return String.format(
                Locale.ROOT,
                "%d x %s %s %d, %s pooling; batches of %d, rate %s",
                chosen.members(),
                chosen.direction().toString().toLowerCase(Locale.ROOT),
                chosen.cell(),
                chosen.hidden(),
                String.valueOf(chosen.pooling()).toLowerCase(Locale.ROOT),
                plan.batchSize(),
                plan.learningRate());
    }

    /** Prints a line for each stage. */
    private record Stages(String part, long start) implements FitListener {
        @Override
        public void stage(String name, int index, int count) {
            System.out.printf(Locale.ROOT, "%7.0f s  %s: %s%n", (System.nanoTime() - start) * 1e-9, part, name);
        }
    }
}
