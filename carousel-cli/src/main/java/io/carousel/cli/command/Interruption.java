package io.carousel.cli.command;

import java.util.concurrent.CountDownLatch;

/**
 * Lets a long work end in order when the user presses Ctrl-C: the work is asked to stop, and the JVM waits until the
 * command has kept and printed what it has.
 *
 * <p>The process then ends with the code of its signal, 130 after Ctrl-C.
 */
public final class Interruption implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    /**
     * Watches until closed.
     *
     * @param stop asks the work to end soon; called on another thread
     */
    public Interruption(Runnable stop) {
        hook = new Thread(
                () -> {
                    stop.run();
                    try {
                        finished.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "carousel-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The command has printed everything. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the hook is running: it goes on now
        }
    }
}
