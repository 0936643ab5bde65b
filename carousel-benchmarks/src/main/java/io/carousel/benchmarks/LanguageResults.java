package io.carousel.benchmarks;

import io.carousel.task.FitListener;
import io.carousel.task.FitOptions;
import io.carousel.task.language.GenerationOptions;
import io.carousel.task.language.LanguageEvaluation;
import io.carousel.task.language.LanguageFit;
import io.carousel.task.language.LanguageModel;
import io.carousel.train.EpochReport;
import io.carousel.train.StepReport;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a language model on a public set and prints a row for {@code docs/results.md}.
 *
 * <p>Arguments: the name of a part (see {@link LanguageProtocol}), then {@code --seed}, {@code --epochs}, {@code --threads},
 * {@code --checkpoint FOLDER} and {@code --out MODEL}, each with a value. The sets lie in {@code ../shared/data} beside the
 * project, or where the environment variable {@code CAROUSEL_SHARED_DATA} says.
 */
public final class LanguageResults {
    private static final double REPORTED_SECONDS = 20;

    private LanguageResults() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = options(arguments);
        Path root = ForecastResults.projectRoot();
        String named = System.getenv("CAROUSEL_SHARED_DATA");
        Path data =
                named != null ? Path.of(named) : root.resolveSibling("shared").resolve("data");
        Path work = Files.createTempDirectory("language-results-");
        try {
            LanguageProtocol protocol = LanguageProtocol.of(arguments[0], data, work);
            run(protocol, options, ForecastResults.commit(root));
        } finally {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Map<String, String> options(String[] arguments) {
        if (arguments.length % 2 == 0) {
            throw new IllegalArgumentException("arguments must be a part and pairs of option and value");
        }
        List<String> known = List.of("--seed", "--epochs", "--threads", "--checkpoint", "--out");
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            if (!known.contains(arguments[i])) {
                throw new IllegalArgumentException("option must be one of " + known + ", got " + arguments[i]);
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private static void run(LanguageProtocol protocol, Map<String, String> options, String commit) throws IOException {
        long start = System.nanoTime();
        int threads = Integer.parseInt(options.getOrDefault(
                "--threads", Integer.toString(Runtime.getRuntime().availableProcessors())));
        TrainingPlan plan = protocol.plan().withSeed(Long.parseLong(options.getOrDefault("--seed", "1")));
        if (options.containsKey("--epochs")) {
            plan = plan.withEpochs(Integer.parseInt(options.get("--epochs")));
        }
        FitOptions running = FitOptions.defaults()
                .withThreads(threads)
                .withListener(new Lines(protocol))
                .withCheckpoints(path(options.get("--checkpoint")));
        LanguageFit fit = LanguageModel.fit(protocol.data(), protocol.spec(), plan, running);
        double trained = (System.nanoTime() - start) * 1e-9;
        fit.notes().forEach(System.out::println);
        LanguageModel model = fit.model();
        Path out = path(options.get("--out"));
        if (out != null) {
            model.save(out);
        }
        Path given = protocol.data().validation();
        double validation = given == null
                ? ofLoss(protocol, fit.stages().get(0).epochs())
                : protocol.value().applyAsDouble(model.evaluate(given));
        LanguageEvaluation test = model.evaluate(protocol.test());
        System.out.println(test);
        System.out.println(
                model.generate("", GenerationOptions.defaults().withLength(200)).text());
        double tested = protocol.value().applyAsDouble(test);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | **%.4g / %.4g** | %s | %s | %s | %s, best epoch %d of %d | %s weights | %d | %.0f | %s |%n",
                protocol.set(),
                protocol.measure(),
                validation,
                tested,
                protocol.published(),
                protocol.aim(),
                protocol.met(validation, tested) ? "met" : "**missed**",
                arguments(protocol),
                fit.stages().get(0).bestEpoch(),
                plan.epochs(),
                String.format(
                        Locale.ROOT, "%,d", model.model().network().parameters().size()),
                plan.seed(),
                trained,
                commit);
    }

    private static @Nullable Path path(@Nullable String name) {
        return name == null ? null : Path.of(name);
    }

    private static double ofLoss(LanguageProtocol protocol, List<EpochReport> epochs) {
        double best = Double.POSITIVE_INFINITY;
        for (EpochReport epoch : epochs) {
            Double loss = epoch.validationLoss();
            best = loss != null && loss < best ? loss : best;
        }
        return protocol.value().applyAsDouble(new LanguageEvaluation("", 1, 1, 0, best));
    }

    private static String arguments(LanguageProtocol protocol) {
        var spec = protocol.spec();
        return spec.layers() + " x " + spec.hidden() + " " + spec.cell() + ", " + spec.steps() + " steps";
    }

    /** Prints a line now and then. */
    private static final class Lines implements FitListener {
        private final LanguageProtocol protocol;
        private final long start = System.nanoTime();
        private double printed;

        Lines(LanguageProtocol protocol) {
            this.protocol = protocol;
        }

        private double seconds() {
            return (System.nanoTime() - start) * 1e-9;
        }

        @Override
        public void step(StepReport report) {
            if (seconds() - printed > REPORTED_SECONDS) {
                printed = seconds();
                double tokens = report.sequencesPerSecond();
                System.out.printf(
                        Locale.ROOT,
                        "%7.0f s  epoch %d  step %,d of %,d  loss %.4f  norm %.3f  rate %.5f  %.5f streams/s%n",
                        printed,
                        report.epoch(),
                        report.step(),
                        report.totalSteps(),
                        report.loss(),
                        report.gradientNorm(),
                        report.learningRate(),
                        tokens);
            }
        }

        @Override
        public void epoch(EpochReport report) {
            Double loss = report.validationLoss();
            double validated = loss == null
                    ? Double.NaN
                    : protocol.value().applyAsDouble(new LanguageEvaluation("", 1, 1, 0, loss));
            System.out.printf(
                    Locale.ROOT,
                    "%7.0f s  epoch %d  training %.4f  validation %.4f  rate %.5f%n",
                    seconds(),
                    report.epoch(),
                    protocol.value().applyAsDouble(new LanguageEvaluation("", 1, 1, 0, report.trainingLoss())),
                    validated,
                    report.learningRate());
        }
    }
}
