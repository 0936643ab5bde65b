package io.carousel.layer;

import org.jspecify.annotations.Nullable;

/**
 * A layer at work one time step at a time, with the state of a fixed number of sequences.
 *
 * <p>Allocates nothing in {@link #step}. Belongs to one thread.
 */
public interface LayerStepper {
    /**
     * Feeds the first {@code rows} sequences one time step each.
     *
     * @param x {@code [rows, F]}
     * @param y {@code [rows, outputSize]} out
     */
    void step(int rows, float[] x, int xOffset, float[] y, int yOffset);

    /**
     * Says what each sequence reads besides its input, from now on.
     *
     * @param sources one for each of the first sequences; not copied, and may be overwritten between steps
     */
    default void read(@Nullable Source[] sources) {}

    /**
     * Tells what a sequence attended to in the last step.
     *
     * @param to a weight for each row of its source, from {@code offset} on, out
     * @return whether the layer attends to a source; if not, nothing is written
     */
    default boolean attention(int sequence, float[] to, int offset) {
        return false;
    }

    /** Overwrites the state of all sequences with that of the caller's. */
    void load(State state);

    /** Copies the state of all sequences to the caller's. */
    void store(State state);

    /**
     * Overwrites the state of the first sequences with that of the rows that are selected in a table; there are no others
     * until the next {@link #load}.
     *
     * @param column where the parts of the layer's state begin in a row
     * @return where those of the next layer do
     */
    int gather(StateTable table, int column);

    /** Copies the state of the first sequences to the rows that are selected in a table: see {@link #gather}. */
    int scatter(StateTable table, int column);
}
