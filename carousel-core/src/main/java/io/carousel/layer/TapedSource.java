package io.carousel.layer;

import io.carousel.autograd.Variable;
import io.carousel.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder reads of a batch of sources, on a tape, with derivatives; lives until the tape begins anew.
 *
 * <p>{@link Network#encode(io.carousel.autograd.Tape, io.carousel.data.SequenceBatch, io.carousel.tensor.Rng)} makes it; the same as values
 * are {@link Source}s.
 */
public final class TapedSource {
    private final Network network;
    private final Bridge.Crossing crossing;
    private final int[] starts;
    private final @Nullable Variable rows;
    private final Map<String, Variable> prepared;
    private final List<Variable> penalties;

    /**
     * A source of a network.
     *
     * @param starts where the rows of each sequence start, in the caller's order, and where those of the last end
     * @param rows one sequence after the other; null when no layer reads them
     * @param prepared what each layer that reads them made of them
     */
    TapedSource(
            Network network,
            Bridge.Crossing crossing,
            int[] starts,
            @Nullable Variable rows,
            Map<String, Variable> prepared,
            List<Variable> penalties) {
        this.network = network;
        this.crossing = crossing;
        this.starts = starts;
        this.rows = rows;
        this.prepared = prepared;
        this.penalties = List.copyOf(penalties);
    }

    /** B. */
    public int sequences() {
        return starts.length - 1;
    }

    /** The vector of a {@link VectorBridge}, {@code [B, Z]} in the caller's order; null without. */
    public @Nullable Variable vector() {
        return crossing.vector();
    }

    /**
     * What a variational vector costs, summed over all sequences, a scalar: a loss adds it, with a weight that may grow from 0 on.
     * Null without.
     */
    public @Nullable Variable divergence() {
        return crossing.divergence();
    }

    /** What the layers of the encoder cost: see {@link NetworkOutput#penalized}. */
    List<Variable> penalties() {
        return penalties;
    }

    Network network() {
        return network;
    }

    /** Parts of the first state of the decoder, {@code [B, size]} in the caller's order. */
    Map<String, Variable> first() {
        return crossing.first();
    }

    /** Where the rows of each sequence start, and where those of the last end. */
    int[] starts() {
        return starts;
    }

    /** {@code [N, E]}, one sequence after the other. */
    Variable rows() {
        Variable all = rows;
        if (all == null) {
            throw new IllegalStateException("rows of a source must be kept for a layer that reads them, got none");
        }
        return all;
    }

    /** What a layer made of the rows. */
    Variable prepared(String layer) {
        Variable found = prepared.get(layer);
        if (found == null) {
            throw new IllegalArgumentException("a source must be prepared for " + layer + ", got " + prepared.keySet());
        }
        return found;
    }

    /** The same as values, in the caller's order. */
    public List<Source> values() {
        Source[] sources = new Source[sequences()];
        State first = network.initialState(sources.length);
        crossing.first().forEach((name, variable) -> {
            Tensor value = variable.value();
            System.arraycopy(value.data(), value.offset(), first.values(name), 0, value.size());
        });
        Variable vector = crossing.vector();
        for (int index = 0; index < sources.length; index++) {
            int from = starts[index];
            int count = starts[index + 1] - from;
            Map<String, float[]> copies = new LinkedHashMap<>();
            float[] kept =
                    rows == null ? null : rows.value().rowRange(from, count).toArray();
            prepared.forEach((name, variable) -> copies.put(
                    name,
                    kept != null && variable == rows
                            ? kept
                            : variable.value().rowRange(from, count).toArray()));
            sources[index] = new Source(
                    network,
                    count,
                    kept,
                    copies,
                    first.sequence(index),
                    vector == null ? null : vector.value().rowRange(index, 1).toArray());
        }
        return List.of(sources);
    }
}
