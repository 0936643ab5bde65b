package io.carousel.kernel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Lends scratch to one product at a time, so that kernels need not allocate it anew; any number of threads.
 *
 * @param <T> what is lent
 */
public final class Lender<T> {
    private static final int KEPT = 16;

    private final AtomicReferenceArray<@Nullable T> kept = new AtomicReferenceArray<>(KEPT);

    /** Something given back before that nobody else has; null when there is none. */
    public @Nullable T borrow() {
        for (int i = 0; i < KEPT; i++) {
            T lent = kept.get(i);
            if (lent != null && kept.compareAndSet(i, lent, null)) {
                return lent;
            }
        }
        return null;
    }

    /** Keeps it for the next; forgets it when enough are kept. */
    public void giveBack(T lent) {
        for (int i = 0; i < KEPT; i++) {
            if (kept.get(i) == null && kept.compareAndSet(i, null, lent)) {
                return;
            }
        }
    }
}
