package io.carousel.layer;

import io.carousel.cell.StatePart;
import java.util.Arrays;
import java.util.List;

/**
 * The states of many sequences of one network, a row for each: all parts of a {@link State} one after the other.
 *
 * <p>Rows stand in pages, so that a table grows without moving what it holds. Some rows are selected at a time, for a {@link
 * NetworkStepper} to read and to write. Belongs to one thread at a time.
 */
public final class StateTable {
    /** Pages are about so many bytes, so that growing is a small step of its own and no pause. */
    private static final int PAGE_BYTES = 1 << 18;

    private static final int[] NONE = {};

    private final List<StatePart> parts;
    private final int width;
    private final int shift;
    private final int mask;
    private float[][] pages = {};
    private int[] rows = NONE;
    private int first;
    private int selected;

    /** A table without rows. */
    public StateTable(List<StatePart> parts) {
        this.parts = List.copyOf(parts);
        width = width(parts);
        int rowsPerPage = Integer.highestOneBit(Math.max(1, PAGE_BYTES / Float.BYTES / Math.max(1, width)));
        shift = Integer.numberOfTrailingZeros(rowsPerPage);
        mask = rowsPerPage - 1;
    }

    static int width(List<StatePart> parts) {
        int width = 0;
        for (StatePart part : parts) {
            width = Math.addExact(width, part.size());
        }
        return width;
    }

    /** How many numbers a row has. */
    public int width() {
        return width;
    }

    /** How many rows the table has room for. */
    public int capacity() {
        return (int) Math.min(Integer.MAX_VALUE, (long) pages.length << shift);
    }

    /** Makes room for at least so many rows; those that are new hold zeros. */
    public void reserve(int wanted) {
        int pagesNow = pages.length;
        int pagesWanted = (int) (((long) wanted + mask) >> shift);
        if (pagesWanted > pagesNow) {
            pages = Arrays.copyOf(pages, pagesWanted);
            for (int i = pagesNow; i < pagesWanted; i++) {
                pages[i] = new float[width << shift];
            }
        }
    }

    /** Overwrites a row with the state of one sequence. */
    public void write(int row, State state) {
        requireRow(row);
        requireForm(state);
        int at = (row & mask) * width;
        for (StatePart part : parts) {
            System.arraycopy(state.values(part.name()), 0, pages[row >> shift], at, part.size());
            at += part.size();
        }
    }

    /** The state of one sequence, copied. */
    public State read(int row) {
        requireRow(row);
        State state = new State(parts, 1);
        int at = (row & mask) * width;
        for (StatePart part : parts) {
            System.arraycopy(pages[row >> shift], at, state.values(part.name()), 0, part.size());
            at += part.size();
        }
        return state;
    }

    /** Overwrites a row with another. */
    public void copy(int from, int to) {
        requireRow(from);
        requireRow(to);
        System.arraycopy(pages[from >> shift], (from & mask) * width, pages[to >> shift], (to & mask) * width, width);
    }

    private void requireRow(int row) {
        if (row < 0 || row >= capacity()) {
            throw new IndexOutOfBoundsException("row must be from 0 to " + (capacity() - 1) + ", got " + row);
        }
    }

    /** Throws when a state is not that of one such sequence. */
    public void requireForm(State state) {
        if (state.sequences() != 1 || !state.parts().equals(parts)) {
            throw new IllegalArgumentException("state must have the parts " + parts + " of 1 sequence, got "
                    + state.parts() + " of " + state.sequences() + "; use a state of this network");
        }
    }

    /**
     * Selects rows for {@link NetworkStepper#step(StateTable, float[], int, float[], int)}.
     *
     * @param selection read later and not copied; no row twice
     * @param from where the selection begins in the array
     */
    public void select(int[] selection, int from, int count) {
        rows = selection;
        first = from;
        selected = count;
    }

    /** How many rows are selected. */
    int selected() {
        return selected;
    }

    /**
     * Copies columns of the selected rows.
     *
     * @param to {@code [selected, size]} out
     * @return the column behind
     */
    int gather(int column, int size, float[] to) {
        for (int i = 0; i < selected; i++) {
            int row = rows[first + i];
            System.arraycopy(pages[row >> shift], (row & mask) * width + column, to, i * size, size);
        }
        return column + size;
    }

    /**
     * Overwrites columns of the selected rows.
     *
     * @param from {@code [selected, size]}
     * @return the column behind
     */
    int scatter(int column, int size, float[] from) {
        for (int i = 0; i < selected; i++) {
            int row = rows[first + i];
            System.arraycopy(from, i * size, pages[row >> shift], (row & mask) * width + column, size);
        }
        return column + size;
    }
}
