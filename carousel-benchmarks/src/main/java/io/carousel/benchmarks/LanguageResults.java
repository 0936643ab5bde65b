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
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Trains a language model on a public set and prints a row for {@code docs/results.md}.
 */
final class LanguageResults {
    private static final double REPORTED_SECONDS = 20;

    private LanguageResults() {}

    static void run(ResultsRun run) throws IOException {
        Path work = Files.createTempDirectory("language-results-");
        try {
            for (String part : run.parts(LanguageProtocol.PARTS)) {
                run(LanguageProtocol.of(part, run.data(), work), run);
            }
        } finally {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void run(LanguageProtocol protocol, ResultsRun run) throws IOException {
        long start = System.nanoTime();
        TrainingPlan plan = run.plan(protocol.plan());
        FitOptions running = FitOptions.defaults()
                .withThreads(run.threads())
                .withListener(new Lines(protocol))
                .withCheckpoints(run.path("--checkpoint"));
        LanguageFit fit = LanguageModel.fit(protocol.data(), protocol.spec(), plan, running);
        double trained = (System.nanoTime() - start) * 1e-9;
        fit.notes().forEach(System.out::println);
        LanguageModel model = fit.model();
        run.save(model::save);
        Path given = protocol.data().validation();
        double validation = given == null
                ? ofLoss(protocol, fit.stages().get(0).epochs())
                : protocol.value().applyAsDouble(model.evaluate(given));
        LanguageEvaluation test = model.evaluate(protocol.test());
        System.out.println(test);
        System.out.println(
                model.generate("", GenerationOptions.defaults().withLength(200)).text());
        double tested = protocol.value().applyAsDouble(test);
        run.row(
                "Language models",
                String.format(
                        Locale.ROOT,
                        "| %s | %s | **%.4g / %.4g** | %s | %s | %s | %s, best epoch %d of %d | %s weights | %d | %.0f | %s |",
                        protocol.set(),
                        protocol.measure(),
                        validation,
                        tested,
                        protocol.published(),
                        protocol.aim(),
                        ResultsRun.verdict(protocol.met(validation, tested)),
                        arguments(protocol),
                        fit.stages().get(0).bestEpoch(),
                        plan.epochs(),
                        String.format(
                                Locale.ROOT,
                                "%,d",
                                model.model().network().parameters().size()),
                        plan.seed(),
                        trained,
                        run.origin()));
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
