package io.carousel.benchmarks;

import io.carousel.task.FitListener;
import io.carousel.train.EpochReport;
import java.util.Locale;

/**
 * Prints a line for each epoch of a training.
 *
 * @param validated what the validation part is judged by, such as {@code validation errors}
 * @param start when it began, of {@link System#nanoTime}
 */
record EpochLines(String validated, long start) implements FitListener {
    /** A training that begins now. */
    EpochLines(String validated) {
        this(validated, System.nanoTime());
    }

    @Override
    public void epoch(EpochReport report) {
        Double validation = report.validationLoss();
        System.out.printf(
                Locale.ROOT,
                "%7.0f s  epoch %d  training %.4f  %s %.4f%s%n",
                (System.nanoTime() - start) * 1e-9,
                report.epoch(),
                report.trainingLoss(),
                validated,
                validation == null ? Double.NaN : validation,
                report.best() ? "  *" : "");
    }
}
