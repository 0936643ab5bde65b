package io.carousel.benchmarks.ledger;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The calling thread and its helpers, who do one numbered part of a task each. Idle helpers sleep, so that others can be timed. */
final class Crew implements AutoCloseable {
    /** Long enough for the gap between two phases of a step. */
    private static final int SPINS = 20_000;

    private final Thread[] helpers;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    private volatile @Nullable IntConsumer task;
    private volatile @Nullable Throwable failure;

    Crew(int size) {
        helpers = new Thread[size - 1];
        for (int i = 0; i < helpers.length; i++) {
            int part = i + 1;
            helpers[i] = new Thread(() -> help(part), "helper " + part);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    int size() {
        return helpers.length + 1;
    }

    /** Runs the parts 0 to {@link #size} - 1, the first on the calling thread, and waits for all. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the caller writes
    void run(IntConsumer parts) {
        task = parts;
        pending.set(helpers.length);
        round++;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        parts.accept(0);
        while (pending.get() > 0) {
            Thread.onSpinWait();
        }
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
    }

    /** Runs the tasks 0 to {@code count} - 1, each on whoever is free, and waits for all. */
    void forEach(int count, IntConsumer each) {
        next.set(0);
        run(part -> {
            for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
                each.accept(index);
            }
        });
    }

    private void help(int part) {
        int done = 0;
        while (true) {
            for (int spin = 0; round == done && !closed; spin++) {
                if (spin < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
            done++;
            try {
                IntConsumer parts = task;
                if (parts != null) {
                    parts.accept(part);
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            pending.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
