package io.carousel.layer;

import io.carousel.cell.StatePart;
import java.util.List;

/**
 * A layer at work on one sequence, one time step at a time, whose outputs come late: what reads backward waits for a bounded
 * number of later inputs.
 *
 * <p>Allocates nothing in {@link #step}. Belongs to one thread.
 */
public interface LookAheadStepper {
    /** How many time steps later than its input an output comes. */
    int delay();

    /**
     * Feeds one time step.
     *
     * @param x {@code [F]}
     * @param y {@code [outputSize]} out, when there is an output
     * @return whether there is one: that of the time step {@link #delay} before
     */
    boolean step(float[] x, int xOffset, float[] y, int yOffset);

    /**
     * After the last input: the next of the outputs that are still to come, the oldest first. Then no more inputs are fed
     * until a state is loaded.
     *
     * @param y {@code [outputSize]} out, when there is an output
     * @return whether there is one
     */
    boolean drain(float[] y, int yOffset);

    /** What the sequence remembers: the parts of the layer's state, and those in which inputs and outputs wait. */
    List<StatePart> state();

    /**
     * Overwrites the state with that of the caller's.
     *
     * @throws IllegalArgumentException when it says that more waits than can
     */
    void load(State state);

    /** Copies the state to the caller's; not between {@link #drain} and {@link #load}. */
    void store(State state);
}
