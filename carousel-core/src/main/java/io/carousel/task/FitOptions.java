package io.carousel.task;

/**
 * How a fit runs; nothing here changes its result.
 *
 * @param threads workers of the trainer
 * @param listener is told of the progress
 * @param stop ends the fit early
 */
public record FitOptions(int threads, ForecastListener listener, StopSignal stop) {
    public FitOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
    }

    /** One thread, nobody listening. */
    public static FitOptions defaults() {
        return new FitOptions(1, new ForecastListener() {}, new StopSignal());
    }

    public FitOptions withThreads(int count) {
        return new FitOptions(count, listener, stop);
    }

    public FitOptions withListener(ForecastListener to) {
        return new FitOptions(threads, to, stop);
    }

    public FitOptions withStop(StopSignal signal) {
        return new FitOptions(threads, listener, signal);
    }
}
