package io.carousel.train;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.data.Streams;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.State;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The time steps of some streams that a chunk computes, as one ragged batch.
 *
 * <p>Each piece of a sequence is a sequence of the batch: one that began before goes on from a carried state, one that starts
 * inside begins anew. What ends before the first target is left out.
 */
final class ChunkWindow {
    private static final int NOWHERE = -1;

    private final Streams streams;
    private final long start;
    private final long target;
    private final long end;
    private final List<Piece> pieces = new ArrayList<>();
    private @Nullable BatchLayout layout;

    /**
     * A piece of a sequence.
     *
     * @param from its first time step in the stream
     * @param length its time steps
     * @param before where the state before it is carried
     * @param after where the state after it is carried
     */
    private record Piece(int stream, int from, int length, int before, int after) {
        boolean starts() {
            return before == NOWHERE;
        }
    }

    /**
     * An empty window.
     *
     * @param start the first time step
     * @param target the first time step whose targets count
     * @param end the time step after the last
     */
    ChunkWindow(Streams streams, long start, long target, long end) {
        this.streams = streams;
        this.start = start;
        this.target = target;
        this.end = end;
    }

    /** Adds a stream, unless it has ended before the first target. */
    void add(int stream, int place) {
        int length = streams.length(stream);
        int stop = (int) Math.min(end, length);
        if (stop <= target) {
            return;
        }
        int from = (int) target;
        while (from > start && !streams.starts(stream, from)) {
            from--;
        }
        int before = from == 0 || streams.starts(stream, from) ? NOWHERE : place;
        for (int t = (int) target + 1; t < stop; t++) {
            if (streams.starts(stream, t)) {
                pieces.add(new Piece(stream, from, t - from, before, NOWHERE));
                from = t;
                before = NOWHERE;
            }
        }
        pieces.add(new Piece(stream, from, stop - from, before, length > end ? place : NOWHERE));
    }

    int sequences() {
        return pieces.size();
    }

    /** Whether some pieces start anew and others do not. */
    boolean mixed() {
        return pieces.stream().map(Piece::starts).distinct().count() > 1;
    }

    /** The pieces that start anew, or those that do not, as a window of their own. */
    ChunkWindow part(boolean starting) {
        ChunkWindow part = new ChunkWindow(streams, start, target, end);
        pieces.stream().filter(piece -> piece.starts() == starting).forEach(part.pieces::add);
        return part;
    }

    /** The layout of the pieces, of which none is added afterwards. */
    BatchLayout layout() {
        BatchLayout made = layout;
        if (made == null) {
            made = BatchLayout.of(pieces.stream().mapToInt(Piece::length).toArray());
            layout = made;
        }
        return made;
    }

    SequenceBatch inputs(Tape tape) {
        SequenceBatch batch = SequenceBatch.allocate(tape.workspace(), layout(), streams.features());
        for (int index = 0; index < pieces.size(); index++) {
            Piece piece = pieces.get(index);
            for (int t = 0; t < piece.length; t++) {
                streams.input(piece.stream, piece.from + t, batch.values().data(), batch.offset(index, t));
            }
        }
        return batch;
    }

    /**
     * Writes the targets of this window, row by row as they stand in the batch.
     *
     * @param to {@code [N, K]}, of which as many rows are written as have targets
     * @return the row of the batch to which each belongs
     */
    int[] targets(Tensor to) {
        Piece[] byPosition = new Piece[pieces.size()];
        for (int index = 0; index < byPosition.length; index++) {
            byPosition[layout().position(index)] = pieces.get(index);
        }
        int[] rows = new int[layout().rows()];
        int count = 0;
        for (int t = 0; t < layout().steps(); t++) {
            for (int position = 0; position < layout().alive(t); position++) {
                Piece piece = byPosition[position];
                int timeStep = piece.from + t;
                int offset = to.offset() + count * streams.targets();
                if (timeStep >= target && streams.target(piece.stream, timeStep, to.data(), offset)) {
                    rows[count++] = layout().rowOffset(t) + position;
                }
            }
        }
        return Arrays.copyOf(rows, count);
    }

    /**
     * The states before the pieces; null when all of them start anew.
     *
     * @param carried gives the array of a part by its number
     */
    @Nullable
    State initialState(Network network, List<StatePart> parts, IntFunction<float[]> carried) {
        if (pieces.stream().allMatch(Piece::starts)) {
            return null;
        }
        State state = network.initialState(pieces.size());
        for (int p = 0; p < parts.size(); p++) {
            StatePart part = parts.get(p);
            float[] from = carried.apply(p);
            float[] to = state.values(part.name());
            for (int index = 0; index < pieces.size(); index++) {
                int place = pieces.get(index).before;
                if (place != NOWHERE) {
                    System.arraycopy(from, place * part.size(), to, index * part.size(), part.size());
                }
            }
        }
        return state;
    }

    /** Keeps the states after the pieces whose streams go on. */
    void keep(NetworkOutput output, List<StatePart> parts, IntFunction<float[]> carried) {
        for (int p = 0; p < parts.size(); p++) {
            StatePart part = parts.get(p);
            Variable last = output.finalVariables().get(part.name());
            if (last == null) {
                throw new IllegalArgumentException("network must give the last state of " + part.name() + ", got none");
            }
            Tensor from = last.value();
            float[] to = carried.apply(p);
            for (int index = 0; index < pieces.size(); index++) {
                int place = pieces.get(index).after;
                if (place != NOWHERE) {
                    System.arraycopy(
                            from.data(), from.offset() + index * part.size(), to, place * part.size(), part.size());
                }
            }
        }
    }
}
