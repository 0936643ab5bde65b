package io.carousel.layer;

import io.carousel.cell.StatePart;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one or more sequences remember: named parts of float32 numbers.
 *
 * <p>A value that belongs to its owner, who can copy, fork, reset and serialise it; weights are not in it. Not thread-safe
 * while it is written.
 */
public final class State {
    private final List<StatePart> parts;
    private final int sequences;
    private final float[][] values;

    /** A state of zeros. */
    public State(List<StatePart> parts, int sequences) {
        if (sequences < 0) {
            throw new IllegalArgumentException("number of sequences must not be negative, got " + sequences);
        }
        this.parts = List.copyOf(parts);
        this.sequences = sequences;
        this.values = new float[parts.size()][];
        for (int p = 0; p < values.length; p++) {
            values[p] = new float[Math.multiplyExact(sequences, parts.get(p).size())];
        }
    }

    public List<StatePart> parts() {
        return parts;
    }

    public int sequences() {
        return sequences;
    }

    /**
     * The numbers of a part, {@code [sequences, size]}, shared and not copied.
     *
     * @throws IllegalArgumentException when no part has that name
     */
    public float[] values(String part) {
        for (int p = 0; p < values.length; p++) {
            if (parts.get(p).name().equals(part)) {
                return values[p];
            }
        }
        throw new IllegalArgumentException("part of the state must be one of "
                + parts.stream().map(StatePart::name).collect(Collectors.joining(", ")) + ", got " + part);
    }

    /** A state of its own with the same numbers. */
    public State copy() {
        State copy = new State(parts, sequences);
        copy.set(this);
        return copy;
    }

    /** Takes over the numbers of a state with the same parts. */
    public void set(State other) {
        requireSameForm(other);
        for (int p = 0; p < values.length; p++) {
            System.arraycopy(other.values[p], 0, values[p], 0, values[p].length);
        }
    }

    /** Takes over the numbers of one sequence of a state with the same parts. */
    void copySequence(State other, int from, int to) {
        for (int p = 0; p < values.length; p++) {
            int size = parts.get(p).size();
            System.arraycopy(other.values[p], from * size, values[p], to * size, size);
        }
    }

    /** Back to zeros. A network whose initial state is learned starts from {@link Network#initialState} instead. */
    public void reset() {
        for (float[] part : values) {
            Arrays.fill(part, 0);
        }
    }

    /** The state of one of the sequences, copied. */
    public State sequence(int index) {
        if (index < 0 || index >= sequences) {
            throw new IndexOutOfBoundsException("sequence must be from 0 to " + (sequences - 1) + ", got " + index);
        }
        State one = new State(parts, 1);
        one.copySequence(this, index, 0);
        return one;
    }

    /** The states of several sequences as one. */
    public static State stack(List<State> states) {
        if (states.isEmpty()) {
            throw new IllegalArgumentException("states must not be empty; give at least one");
        }
        int total = states.stream().mapToInt(State::sequences).sum();
        State stacked = new State(states.get(0).parts, total);
        int at = 0;
        for (State state : states) {
            if (!state.parts.equals(stacked.parts)) {
                throw new IllegalArgumentException(
                        "states must have the parts " + stacked.parts + ", got " + state.parts);
            }
            for (int p = 0; p < stacked.values.length; p++) {
                int size = stacked.parts.get(p).size();
                System.arraycopy(state.values[p], 0, stacked.values[p], at * size, state.values[p].length);
            }
            at += state.sequences;
        }
        return stacked;
    }

    /** The state as bytes, for a store or another process; equal states give equal bytes. */
    public byte[] toBytes() {
        return StateBytes.write(this);
    }

    /**
     * The state that {@link #toBytes} wrote.
     *
     * @throws IllegalArgumentException when the bytes are damaged or of a later release; checked before anything is
     *     allocated
     */
    public static State fromBytes(byte[] bytes) {
        return StateBytes.read(bytes);
    }

    private void requireSameForm(State other) {
        if (!parts.equals(other.parts) || sequences != other.sequences) {
            throw new IllegalArgumentException(
                    "state must have the parts " + parts + " of " + sequences + " sequences, got " + other.parts
                            + " of " + other.sequences + "; use a state of the same network");
        }
    }

    /** Equal when names, sizes and the bits of all numbers are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof State state
                && sequences == state.sequences
                && parts.equals(state.parts)
                && Arrays.deepEquals(values, state.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return "State of " + sequences + " sequences, " + parts;
    }
}
