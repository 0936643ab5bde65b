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
import java.util.Locale;

/**
 * Learns to classify public sets and prints a row for {@code docs/results.md} for each.
 */
final class ClassifyResults {
    private ClassifyResults() {}

    static void run(ResultsRun run) throws IOException {
        for (String part : run.parts(ClassifyProtocol.PARTS)) {
            run(ClassifyProtocol.of(part, run.data()), run);
        }
    }

    private static void run(ClassifyProtocol protocol, ResultsRun run) throws IOException {
        long start = System.nanoTime();
        int folds = run.number("--folds", Integer.MAX_VALUE);
        ClassifySpec spec = protocol.spec().members(run.number("--members", 0)).build();
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
            plan = run.plan(SequenceClassifier.defaultPlan(fold.training(), spec));
            FitOptions running =
                    FitOptions.defaults().withThreads(run.threads()).withListener(new Stages(protocol.name(), start));
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
            if (done == 1) {
                run.save(fit.classifier()::save);
            }
        }
        if (encoding == null || plan == null) {
            throw new IllegalArgumentException("folds must be at least 1, got " + folds);
        }
        double accuracy = (double) right / examples;
        run.row(
                "Classification",
                String.format(
                        Locale.ROOT,
                        "| %s | %s | **%.4f** | %s | always the most frequent %.4f | at least %s | %s | %s | calibration error %.3f "
                                + "| %d | %.0f | %s |",
                        protocol.name(),
                        protocol.protocol() + (done < protocol.folds().size() ? ", only " + done + " of them" : ""),
                        accuracy,
                        protocol.published(),
                        (double) trivial / examples,
                        protocol.aim(),
                        ResultsRun.verdict(accuracy >= protocol.aim()),
                        inWords(encoding.chosen(), plan),
                        error / examples,
                        run.seed(),
                        (System.nanoTime() - start) * 1e-9,
                        run.origin()));
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
