package io.carousel.cli.command;

import io.carousel.task.FitOptions;
import io.carousel.task.StopSignal;
import java.io.IOException;

/**
 * A fit at the command line, of every task: its progress is drawn, and Ctrl-C ends the training, but the process only when the model
 * has been kept and everything is told.
 */
public final class WatchedFit {
    private WatchedFit() {}

    /** Trains a model. */
    @FunctionalInterface
    public interface Training<F> {
        /**
         * Trains.
         *
         * @param options with the signal that ends the training and the listener that draws its progress
         */
        F fit(FitOptions options) throws IOException;
    }

    /** Keeps a model and tells what the fit came to. */
    @FunctionalInterface
    public interface Ending<F> {
        void keep(F fit) throws IOException;
    }

    /**
     * Runs a training and what follows it.
     *
     * @param options whose signal and listener are replaced
     */
    public static <F> void run(Console console, FitOptions options, Training<F> training, Ending<F> ending)
            throws IOException {
        StopSignal stop = new StopSignal();
        try (Interruption interruption = new Interruption(stop::stop)) {
            F fit;
            try (Progress progress = new Progress(console)) {
                fit = training.fit(options.withStop(stop).withListener(new FitProgress(progress)));
            }
            ending.keep(fit);
            console.out().flush();
        }
    }
}
