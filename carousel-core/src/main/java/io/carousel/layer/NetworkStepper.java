package io.carousel.layer;

/**
 * A network at work one time step at a time, with the state of a fixed number of sequences; no tape, no allocation.
 *
 * <p>Belongs to one thread.
 */
public final class NetworkStepper {
    private final Network network;
    private final LayerStepper stepper;
    private final int sequences;

    NetworkStepper(Network network, LayerStepper stepper, int sequences) {
        this.network = network;
        this.stepper = stepper;
        this.sequences = sequences;
    }

    /**
     * Feeds the first {@code rows} sequences one time step each; the others keep their state.
     *
     * @param x {@code [rows, F]}
     * @param y {@code [rows, outputs]} out
     */
    public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
        if (rows < 0 || rows > sequences) {
            throw new IllegalArgumentException("rows must be from 0 to " + sequences + ", got " + rows);
        }
        stepper.step(rows, x, xOffset, y, yOffset);
    }

    /** Overwrites the state of all sequences. */
    public void load(State state) {
        network.requireState(state, sequences);
        stepper.load(state);
    }

    /** Copies the state of all sequences to the caller's. */
    public void store(State state) {
        network.requireState(state, sequences);
        stepper.store(state);
    }
}
