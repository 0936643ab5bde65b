package io.carousel.data;

/**
 * Long sequences with targets that are read a chunk of time steps at a time, such as the parallel cuts of a text.
 *
 * <p>A stream may hold several sequences, one after the other; {@link #starts} says where each begins. Implementations are
 * immutable, or at least not changed while they are read, and safe for any number of threads.
 */
public interface Streams {
    /** The number of streams; they are numbered from 0. */
    int count();

    /** The time steps of a stream. */
    int length(int stream);

    /** F: the features of a time step. */
    int features();

    /** K: the targets of a time step that has any. */
    int targets();

    /** Whether a sequence starts at that time step, which remembers nothing of what stands before; at 0 one always does. */
    boolean starts(int stream, int timeStep);

    /**
     * Writes the features of a time step.
     *
     * @param x {@code [F]} from {@code offset} on, out
     */
    void input(int stream, int timeStep, float[] x, int offset);

    /**
     * Writes the targets of a time step, if it has any.
     *
     * @param y {@code [K]} from {@code offset} on, out; untouched when there are none
     * @return whether there are
     */
    boolean target(int stream, int timeStep, float[] y, int offset);
}
