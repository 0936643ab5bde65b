package io.carousel.train;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of workers that run numbered tasks: the calling thread, which is worker 0, and daemon threads.
 *
 * <p>Which worker runs which task is left to chance, so a task's result must not depend on it. Belongs to one thread.
 */
final class WorkerPool implements AutoCloseable {
    /** Long enough for the gap between two phases of a step, short enough to harm nobody else. */
    private static final int SPINS = 2000;

    /** A task of a round. */
    @FunctionalInterface
    interface Task {
        void run(int worker, int index);
    }

    private final Thread owner = Thread.currentThread();
    private final Thread[] threads;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile long round;
    private volatile boolean closed;
    private Task task = (worker, index) -> {};
    private int count;
    private volatile @Nullable Throwable failure;
    private int failedIndex;

    WorkerPool(int workers) {
        threads = new Thread[workers - 1];
        for (int i = 0; i < threads.length; i++) {
            int worker = i + 1;
            threads[i] = new Thread(() -> serve(worker), "carousel-trainer-" + worker);
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    int workers() {
        return threads.length + 1;
    }

    /**
     * Runs the tasks 0 to {@code tasks - 1} and returns when all are done.
     *
     * <p>What a task throws is thrown here, that of the lowest index when several do; tasks after it may not have run.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the owner begins a round
    void forEach(int tasks, Task each) {
        task = each;
        count = tasks;
        failure = null;
        next.set(0);
        if (tasks <= 1 || threads.length == 0) {
            work(0);
        } else {
            pending.set(threads.length);
            round++;
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
            }
            work(0);
            awaitOthers();
        }
        Throwable thrown = failure;
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void awaitOthers() {
        for (int i = 0; pending.get() > 0; i++) {
            if (i < SPINS || Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void serve(int worker) {
        long seen = 0;
        while (true) {
            for (int i = 0; round == seen && !closed; i++) {
                if (i < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
            seen = round;
            work(worker);
            if (pending.decrementAndGet() == 0) {
                LockSupport.unpark(owner);
            }
        }
    }

    private void work(int worker) {
        int index;
        while (failure == null && (index = next.getAndIncrement()) < count) {
            try {
                task.run(worker, index);
            } catch (Throwable thrown) {
                fail(thrown, index);
            }
        }
    }

    private synchronized void fail(Throwable thrown, int index) {
        if (failure == null || index < failedIndex) {
            failedIndex = index;
            failure = thrown;
        }
    }

    /** Ends the threads and waits until they are gone. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
