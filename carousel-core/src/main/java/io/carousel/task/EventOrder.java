package io.carousel.task;

import java.util.Arrays;

/**
 * The order in which the events of a call are stepped: as they came, but no slot twice in a batch. Those of a slot are a chain,
 * and each joins the queue's end when the one before has been taken, so that the work is linear however they are mixed.
 */
final class EventOrder {
    private static final int NONE = -1;

    /** For each slot the last event of its chain; {@link #NONE} between calls. */
    private int[] last = {};

    private int[] slots = {};
    private int[] next = {};
    private int[] queue = {};
    private int events;
    private int taken;
    private int queued;
    private int batch;

    /** Makes room for slots below a number. */
    void reserveSlots(int count) {
        if (count > last.length) {
            int before = last.length;
            last = Arrays.copyOf(last, (int) Math.min(Integer.MAX_VALUE - 8L, count + (long) (count >> 1)));
            Arrays.fill(last, before, last.length, NONE);
        }
    }

    /** Begins a call; then each event is given its {@link #slot}. */
    void begin(int count) {
        if (count > slots.length) {
            slots = new int[count];
            next = new int[count];
            queue = new int[count];
        }
        events = count;
    }

    void slot(int event, int slot) {
        slots[event] = slot;
    }

    /** Queues the first event of each slot and chains the others. */
    void sort() {
        taken = 0;
        queued = 0;
        batch = 0;
        for (int event = 0; event < events; event++) {
            int before = last[slots[event]];
            if (before == NONE) {
                queue[queued++] = event;
            } else {
                next[before] = event;
            }
            next[event] = NONE;
            last[slots[event]] = event;
        }
        for (int event = 0; event < events; event++) {
            last[slots[event]] = NONE;
        }
    }

    /**
     * Takes the next batch.
     *
     * @param rows out: the slots of its events
     * @return how many events; 0 when all have been taken
     */
    int take(int most, int[] rows) {
        batch = taken;
        int n = Math.min(most, queued - taken);
        for (int i = 0; i < n; i++) {
            int event = queue[batch + i];
            rows[i] = slots[event];
            if (next[event] != NONE) {
                queue[queued++] = next[event];
            }
        }
        taken += n;
        return n;
    }

    /** An event of the batch that was taken last. */
    int event(int index) {
        return queue[batch + index];
    }

    /** Whether the first events of the batch stand in ascending order. */
    boolean ascends(int count) {
        for (int i = 1; i < count; i++) {
            if (queue[batch + i] < queue[batch + i - 1]) {
                return false;
            }
        }
        return true;
    }
}
