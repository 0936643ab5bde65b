package io.carousel.data;

import java.util.Arrays;

/**
 * Where the rows of a ragged, time-major batch stand.
 *
 * <p>The sequences are sorted by length, longest first (equal lengths keep the caller's order). The rows of time step 0
 * come first, then those of time step 1, and so on; at each time step only the sequences that are still alive have a row,
 * so there are no dead rows, no padding and no mask. A sequence's place after sorting is its <i>position</i>; its place in
 * the caller's order is its <i>index</i>. Immutable.
 */
public final class BatchLayout {
    private final int[] lengths;
    private final int[] positions;
    private final int[] alive;
    private final int[] rowOffsets;

    private BatchLayout(int[] lengthsByIndex) {
        int sequences = lengthsByIndex.length;
        int steps = 0;
        for (int length : lengthsByIndex) {
            steps = Math.max(steps, length);
        }
        // Counting sort: stable, and it gives the number of sequences alive at each step on the way.
        alive = new int[steps];
        for (int length : lengthsByIndex) {
            if (length > 0) {
                alive[length - 1]++;
            }
        }
        for (int t = steps - 2; t >= 0; t--) {
            alive[t] += alive[t + 1];
        }
        int[] next = new int[steps + 1];
        for (int length = 0; length <= steps; length++) {
            next[length] = length == steps ? 0 : alive[length];
        }
        lengths = new int[sequences];
        positions = new int[sequences];
        for (int index = 0; index < sequences; index++) {
            int position = next[lengthsByIndex[index]]++;
            positions[index] = position;
            lengths[position] = lengthsByIndex[index];
        }
        rowOffsets = new int[steps + 1];
        for (int t = 0; t < steps; t++) {
            rowOffsets[t + 1] = Math.addExact(rowOffsets[t], alive[t]);
        }
    }

    /**
     * The layout of sequences of these lengths, in the caller's order.
     *
     * @throws IllegalArgumentException when a length is negative
     */
    public static BatchLayout of(int... lengths) {
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 0) {
                throw new IllegalArgumentException(
                        "length of sequence " + i + " must not be negative, got " + lengths[i]);
            }
        }
        return new BatchLayout(lengths);
    }

    /** {@code sequences} sequences, all of the same length. */
    public static BatchLayout uniform(int sequences, int length) {
        int[] lengths = new int[sequences];
        Arrays.fill(lengths, length);
        return of(lengths);
    }

    /** B: the number of sequences. */
    public int sequences() {
        return lengths.length;
    }

    /** T: the length of the longest sequence. */
    public int steps() {
        return alive.length;
    }

    /** N: the sum of the lengths. */
    public int rows() {
        return rowOffsets[alive.length];
    }

    /** The number of sequences that have a time step {@code t}; they are the first positions. */
    public int alive(int t) {
        return alive[t];
    }

    /** The first row of time step {@code t}; the sequence at position p has row {@code rowOffset(t) + p}. */
    public int rowOffset(int t) {
        return rowOffsets[t];
    }

    /** Where the sequence with that index in the caller's order stands after sorting. */
    public int position(int index) {
        return positions[index];
    }

    /** The length of the sequence at a position. */
    public int length(int position) {
        return lengths[position];
    }

    /** The row of time step {@code t} of the sequence with that index in the caller's order. */
    public int row(int index, int t) {
        int position = positions[index];
        if (t < 0 || t >= lengths[position]) {
            throw new IndexOutOfBoundsException(
                    "time step of sequence " + index + " must be from 0 to " + (lengths[position] - 1) + ", got " + t);
        }
        return rowOffsets[t] + position;
    }

    /** Whether all sequences have the same length. */
    public boolean uniform() {
        return alive.length == 0 || alive[alive.length - 1] == lengths.length;
    }

    /**
     * For each row, that of the same sequence as far from its end as the row is from its beginning: each sequence reversed
     * within its own length. Taking these rows twice gives the rows again.
     */
    public int[] reversedRows() {
        int[] reversed = new int[rows()];
        for (int t = 0; t < alive.length; t++) {
            for (int position = 0; position < alive[t]; position++) {
                reversed[rowOffsets[t] + position] = rowOffsets[lengths[position] - 1 - t] + position;
            }
        }
        return reversed;
    }

    /** The same sequences with the longest first in the caller's order, too: index and position are the same. */
    public BatchLayout sorted() {
        return of(lengths);
    }
}
