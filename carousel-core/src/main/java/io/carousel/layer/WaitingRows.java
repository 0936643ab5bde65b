package io.carousel.layer;

import io.carousel.cell.StatePart;
import java.util.Arrays;
import java.util.List;

/**
 * Rows that wait for their turn, oldest first; between time steps at most {@code capacity}, and one more within one.
 *
 * <p>Its part of the state holds the number of rows, then the rows, then zeros.
 */
final class WaitingRows {
    private final String part;
    private final int capacity;
    private final int width;
    private final float[] rows;
    private int count;

    WaitingRows(String part, int capacity, int width) {
        this.part = part;
        this.capacity = capacity;
        this.width = width;
        rows = new float[Math.multiplyExact(Math.addExact(capacity, 1), width)];
    }

    StatePart statePart() {
        return new StatePart(part, Math.addExact(1, Math.multiplyExact(capacity, width)));
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == capacity + 1;
    }

    float[] array() {
        return rows;
    }

    /** Where a row stands in {@link #array}; that after the last may be written before {@link #add}. */
    int offset(int index) {
        return index * width;
    }

    void add(float[] row, int offset) {
        System.arraycopy(row, offset, rows, count * width, width);
        count++;
    }

    void removeFirst() {
        count--;
        System.arraycopy(rows, width, rows, 0, count * width);
    }

    void load(State state) {
        float[] values = state.values(part);
        float waiting = values[0];
        if (!(waiting >= 0 && waiting <= capacity && waiting == Math.rint(waiting))) {
            throw new IllegalArgumentException("rows that wait in " + part + " must be from 0 to " + capacity + ", got "
                    + waiting + "; use a state of this network");
        }
        count = (int) waiting;
        System.arraycopy(values, 1, rows, 0, count * width);
    }

    void store(State state) {
        float[] values = state.values(part);
        Arrays.fill(values, 0);
        values[0] = count;
        System.arraycopy(rows, 0, values, 1, count * width);
    }

    static List<StatePart> parts(WaitingRows... all) {
        return Arrays.stream(all).map(WaitingRows::statePart).toList();
    }
}
