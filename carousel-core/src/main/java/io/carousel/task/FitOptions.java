package io.carousel.task;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a fit runs; nothing here changes its result.
 *
 * @param threads workers of the trainer
 * @param listener is told of the progress
 * @param stop ends the fit early
 * @param checkpoints a folder in which the training is kept while it runs, made when it does not exist; a fit that was
 *     killed or stopped goes on from it, with the same result, and removes its files when it is done; null for none
 * @param checkpointEvery the least time between two checkpoints, zero for one after every update
 */
public record FitOptions(
        int threads,
        FitListener listener,
        StopSignal stop,
        @Nullable Path checkpoints,
        Duration checkpointEvery) {
    public FitOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        if (checkpointEvery.isNegative()) {
            throw new IllegalArgumentException("checkpoint interval must not be negative, got " + checkpointEvery);
        }
    }

    /** One thread, nobody listening, no checkpoints; if a folder is set, one each 30 seconds. */
    public static FitOptions defaults() {
        return new FitOptions(1, new FitListener() {}, new StopSignal(), null, Duration.ofSeconds(30));
    }

    public FitOptions withThreads(int count) {
        return new FitOptions(count, listener, stop, checkpoints, checkpointEvery);
    }

    public FitOptions withListener(FitListener to) {
        return new FitOptions(threads, to, stop, checkpoints, checkpointEvery);
    }

    public FitOptions withStop(StopSignal signal) {
        return new FitOptions(threads, listener, signal, checkpoints, checkpointEvery);
    }

    public FitOptions withCheckpoints(@Nullable Path folder) {
        return new FitOptions(threads, listener, stop, folder, checkpointEvery);
    }

    public FitOptions withCheckpointEvery(Duration time) {
        return new FitOptions(threads, listener, stop, checkpoints, time);
    }
}
