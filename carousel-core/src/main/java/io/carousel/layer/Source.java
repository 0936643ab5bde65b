package io.carousel.layer;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One sequence as a decoder reads it: its rows, what the layers that read them prepared once, and the decoder's first state.
 *
 * <p>{@link Network#encode(io.carousel.kernel.Kernels, io.carousel.data.SequenceBatch)} makes it. Immutable; any number of steppers, sessions
 * and threads share one. It is no part of a {@link State}: whoever stores that keeps the source, too, or what it was made of.
 */
public final class Source {
    private final Network network;
    private final int length;
    private final float @Nullable [] rows;
    private final Map<String, float[]> prepared;
    private final State first;
    private final float @Nullable [] vector;

    Source(
            Network network,
            int length,
            float @Nullable [] rows,
            Map<String, float[]> prepared,
            State first,
            float @Nullable [] vector) {
        this.network = network;
        this.length = length;
        this.rows = rows;
        this.prepared = prepared;
        this.first = first;
        this.vector = vector;
    }

    /** The number of its rows: its time steps, unless the encoder makes one row of them all. */
    public int length() {
        return length;
    }

    /** The state of the decoder before its first time step, as a copy. */
    public State firstState() {
        return first.copy();
    }

    /** The vector of a {@link VectorBridge}, as a copy; empty without. */
    public Optional<float[]> vector() {
        float[] found = vector;
        return found == null ? Optional.empty() : Optional.of(found.clone());
    }

    /**
     * Checks that it was made by this network, or one with the same weights.
     *
     * @throws IllegalArgumentException when it was not
     */
    public void requireOf(Network reader) {
        if (network.parameters() != reader.parameters()) {
            throw new IllegalArgumentException(
                    "source must be one that this network encoded, got one of another network; encode it again");
        }
    }

    /** The first state, not copied. */
    State first() {
        return first;
    }

    /** {@code [length, E]}. */
    float[] rows() {
        float[] all = rows;
        if (all == null) {
            throw new IllegalStateException("rows of a source must be kept for a layer that reads them, got none");
        }
        return all;
    }

    /** What a layer made of the rows. */
    float[] prepared(String layer) {
        float[] found = prepared.get(layer);
        if (found == null) {
            throw new IllegalArgumentException("a source must be prepared for " + layer + ", got " + prepared.keySet());
        }
        return found;
    }

    @Override
    public String toString() {
        return "Source of " + length + " rows";
    }
}
