package io.carousel.task;

import io.carousel.train.Trainer;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Ends a fit early from another thread; what is best so far is kept. */
public final class StopSignal {
    private boolean stopped;
    private @Nullable Trainer running;

    /** Asks the fit to end after the update that it is in; may be called at any time and more than once. */
    public synchronized void stop() {
        stopped = true;
        if (running != null) {
            running.stop();
        }
    }

    /** Whether {@link #stop} was called. */
    public synchronized boolean stopped() {
        return stopped;
    }

    /**
     * Ends work that comes before a training, of which nothing can be kept.
     *
     * @param doing what was being done, such as {@code it was reading the text}
     * @throws CancellationException when {@link #stop} was called
     */
    public void requireNotStopped(String doing) {
        if (stopped()) {
            throw new CancellationException(
                    "the fit was stopped while " + doing + ", so nothing was learnt; fit again when there is time");
        }
    }

    /** The trainer that {@link #stop} ends from now on, null for none. */
    synchronized void attach(@Nullable Trainer trainer) {
        running = trainer;
        if (stopped && trainer != null) {
            trainer.stop();
        }
    }
}
