package io.carousel.layer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network at work one time step at a time, with the state of a fixed number of sequences; no tape, no allocation.
 *
 * <p>Belongs to one thread.
 */
public final class NetworkStepper {
    private final Network network;
    private final LayerStepper stepper;
    private final int sequences;
    private final int width;
    private final @Nullable Source[] sources;
    private int read;
    private boolean loaded = true;

    NetworkStepper(Network network, LayerStepper stepper, int sequences) {
        this.network = network;
        this.stepper = stepper;
        this.sequences = sequences;
        this.width = StateTable.width(network.stateParts());
        sources = new Source[network.readsRows() ? sequences : 0];
    }

    /**
     * Says what the sequences read besides their input, and overwrites the state of all of them with what these sources give.
     *
     * @param each one for each sequence
     */
    public void begin(List<Source> each) {
        read(each);
        load(network.initialState(each));
    }

    /** Says what the sequences read besides their input from now on, and leaves their state as it is: see {@link #begin}. */
    public void read(List<Source> each) {
        if (each.size() != sequences) {
            throw new IllegalArgumentException(
                    "sources must be " + sequences + ", one for each sequence, got " + each.size());
        }
        each.forEach(source -> source.requireOf(network));
        if (network.readsRows()) {
            for (int i = 0; i < sequences; i++) {
                sources[i] = each.get(i);
            }
            stepper.read(sources);
        }
        read = sequences;
    }

    /**
     * Tells what a sequence attended to in the last step: a weight for each row of its source, those of the lowest layer that attends.
     *
     * @param sequence its place in that step
     * @return whether any layer attends; if not, nothing is written
     */
    public boolean attention(int sequence, float[] to, int offset) {
        return stepper.attention(sequence, to, offset);
    }

    private void requireRead(int rows) {
        if (network.hasSource() && read < rows) {
            throw new IllegalStateException(
                    "a network with a source must be told what it reads before it steps; call begin or read");
        }
    }

    /**
     * Feeds the first {@code rows} sequences one time step each; the others keep their state.
     *
     * @param x {@code [rows, F]}
     * @param y {@code [rows, outputs]} out
     */
    public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
        requireLoaded();
        if (rows < 0 || rows > sequences) {
            throw new IllegalArgumentException("rows must be from 0 to " + sequences + ", got " + rows);
        }
        requireRead(rows);
        stepper.step(rows, x, xOffset, y, yOffset);
    }

    /**
     * Feeds the sequences whose rows are selected in a table one time step each, in the order of the selection; their states
     * are read from the table and written back to it.
     *
     * <p>What this stepper remembered itself is lost: {@link #load} a state before the next {@link #step(int, float[], int,
     * float[], int)}.
     *
     * @param table of the network's {@link Network#stateParts}
     * @param x {@code [selected, F]}
     * @param y {@code [selected, outputs]} out
     */
    public void step(StateTable table, float[] x, int xOffset, float[] y, int yOffset) {
        if (network.hasSource()) {
            throw new IllegalStateException(
                    "a network with a source must be told what the rows of a table read; give the sources");
        }
        stepTable(table, x, xOffset, y, yOffset);
    }

    /**
     * {@link #step(StateTable, float[], int, float[], int)} of a network with a source.
     *
     * @param each {@code [selected]}: what the sequences read, in the order of the selection; may be longer
     */
    public void step(StateTable table, @Nullable Source[] each, float[] x, int xOffset, float[] y, int yOffset) {
        read = 0;
        if (network.readsRows()) {
            stepper.read(each);
        }
        stepTable(table, x, xOffset, y, yOffset);
    }

    private void stepTable(StateTable table, float[] x, int xOffset, float[] y, int yOffset) {
        int rows = table.selected();
        if (rows > sequences) {
            throw new IllegalArgumentException("selected rows must be at most " + sequences + ", got " + rows);
        }
        if (table.width() != width) {
            throw new IllegalArgumentException("rows of the table must have the width " + width + ", got "
                    + table.width() + "; make it of the state parts of this network");
        }
        loaded = false;
        stepper.gather(table, 0);
        stepper.step(rows, x, xOffset, y, yOffset);
        stepper.scatter(table, 0);
    }

    private void requireLoaded() {
        if (!loaded) {
            throw new IllegalStateException(
                    "a stepper that stepped rows of a table must be given a state first; call load");
        }
    }

    /** Overwrites the state of all sequences. */
    public void load(State state) {
        network.requireState(state, sequences);
        stepper.load(state);
        loaded = true;
    }

    /** Copies the state of all sequences to the caller's. */
    public void store(State state) {
        requireLoaded();
        network.requireState(state, sequences);
        stepper.store(state);
    }
}
