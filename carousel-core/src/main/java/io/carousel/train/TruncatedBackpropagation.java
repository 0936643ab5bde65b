package io.carousel.train;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.data.Streams;
import io.carousel.layer.InitialState;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.State;
import io.carousel.layer.SumSpec;
import io.carousel.loss.Loss;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Truncated backpropagation through time: an update every k1 time steps, from gradients that flow back through k2, with the
 * state carried on.
 *
 * <pre>{@code
 * chunk c:   losses of the time steps      [c k1, (c + 1) k1)
 *            computed anew from time step  s = max(0, (c + 1) k1 - k2)  on
 *            with the state at s as it was when chunk s / k1 - 1 ended, held constant
 * }</pre>
 *
 * <p>With k1 = k2 every time step is computed once. Where k2 covers a stream, the gradient is that of backpropagation
 * without truncation. A stream that has ended leaves its mini-batch, and where one sequence ends inside a stream and the next
 * starts, the next remembers nothing and no gradient flows between them; see {@link Streams}.
 *
 * <p>The network reads forward only and gives a row of outputs for each time step: no layer of it keeps the last one alone,
 * for a target at the last time step says the same.
 *
 * <p>Source: Williams, Peng, <i>An Efficient Gradient-Based Algorithm for On-Line Training of Recurrent Network
 * Trajectories</i>, 1990, where this is BPTT(h; h') with h = k2 and h' = k1.
 */
public final class TruncatedBackpropagation implements ChunkedObjective {
    private final Network network;
    private final SequenceLoss loss;
    private final Streams streams;
    private final int stepsPerUpdate;
    private final int stepsBack;
    private final int chunks;
    /** The states that a stream keeps: that of the end of chunk c stands in slot (c + 1) mod slots. */
    private final int slots;

    private final boolean learnsInitialState;
    private final List<StatePart> parts;

    /**
     * An objective of the mean loss over all targets.
     *
     * @param stepsPerUpdate k1
     * @param stepsBack k2, a multiple of k1
     * @throws IllegalArgumentException when k2 is no multiple of k1, all streams are empty, or the network does not fit the
     *     streams and the loss
     */
    public TruncatedBackpropagation(Network network, Loss loss, Streams streams, int stepsPerUpdate, int stepsBack) {
        this(network, SequenceLoss.of(loss), streams, stepsPerUpdate, stepsBack);
    }

    /**
     * An objective of the mean loss over all targets, of which the loss may compute a part of the network.
     *
     * @param stepsPerUpdate k1
     * @param stepsBack k2, a multiple of k1
     * @throws IllegalArgumentException as the other
     */
    public TruncatedBackpropagation(
            Network network, SequenceLoss loss, Streams streams, int stepsPerUpdate, int stepsBack) {
        this.network = network;
        this.loss = loss;
        this.streams = streams;
        this.stepsPerUpdate = stepsPerUpdate;
        this.stepsBack = stepsBack;
        if (stepsPerUpdate < 1) {
            throw new IllegalArgumentException("steps per update must be positive, got " + stepsPerUpdate);
        }
        if (stepsBack < stepsPerUpdate || stepsBack % stepsPerUpdate != 0) {
            throw new IllegalArgumentException("steps back must be a multiple of the " + stepsPerUpdate
                    + " steps per update, got " + stepsBack + "; use " + nextMultiple());
        }
        requireFit();
        int longest = 0;
        for (int stream = 0; stream < streams.count(); stream++) {
            longest = Math.max(longest, streams.length(stream));
        }
        if (longest == 0) {
            throw new IllegalArgumentException(
                    "streams must have time steps, got " + streams.count() + " without; give at least one");
        }
        chunks = BatchStep.ceilDivide(longest, stepsPerUpdate);
        parts = network.stateParts();
        learnsInitialState = learnsInitialState(network.spec().layers());
        slots = stepsBack / stepsPerUpdate >= chunks ? 0 : stepsBack / stepsPerUpdate;
    }

    private long nextMultiple() {
        return Math.max(1, (long) BatchStep.ceilDivide(Math.max(0, stepsBack), stepsPerUpdate)) * stepsPerUpdate;
    }

    private void requireFit() {
        if (network.spec().inputSize() != streams.features()) {
            throw new IllegalArgumentException("streams must have "
                    + network.spec().inputSize() + " features like the network, got " + streams.features());
        }
        loss.requireFit(network, streams.targets());
        if (network.readsBackward()) {
            throw new IllegalArgumentException(
                    "network must read forward only to be trained in chunks, got one that reads "
                            + "backward, too; what stands after a chunk is not known yet");
        }
    }

    private static boolean learnsInitialState(List<LayerSpec> layers) {
        return layers.stream()
                .anyMatch(layer -> (layer instanceof RecurrentSpec recurrent
                                && recurrent.initialState() == InitialState.LEARNED)
                        || (layer instanceof SumSpec sum
                                && sum.branches().stream().anyMatch(TruncatedBackpropagation::learnsInitialState)));
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    /** The number of streams. */
    @Override
    public int examples() {
        return streams.count();
    }

    @Override
    public int chunks() {
        return chunks;
    }

    @Override
    public List<StatePart> carried() {
        List<StatePart> all = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            for (StatePart part : parts) {
                all.add(part.named(slot + "." + part.name()));
            }
        }
        return all;
    }

    @Override
    public String cut() {
        return "an update every " + stepsPerUpdate + " time steps, gradients through " + stepsBack;
    }

    @Override
    public ShardLoss forward(Tape tape, int[] examples, int from, int to, Chunk chunk, @Nullable Rng dropout) {
        long target = (long) chunk.number() * stepsPerUpdate;
        long end = target + stepsPerUpdate;
        ChunkWindow window = new ChunkWindow(streams, Math.max(0, end - stepsBack), target, end);
        for (int i = from; i < to; i++) {
            window.add(examples[i], i - chunk.first());
        }
        if (window.sequences() == 0) {
            return nothing(tape);
        }
        if (!learnsInitialState || !window.mixed()) {
            return loss(tape, window, chunk, dropout);
        }
        // what starts takes the learned state as a variable, so it runs apart; what goes on reads its state first
        ShardLoss going = loss(tape, window.part(false), chunk, dropout);
        ShardLoss starting = loss(tape, window.part(true), chunk, dropout == null ? null : dropout.stream("starting"));
        return new ShardLoss(Operations.add(tape, going.sum(), starting.sum()), going.weight() + starting.weight());
    }

    private ShardLoss loss(Tape tape, ChunkWindow window, Chunk chunk, @Nullable Rng dropout) {
        // the parts of the slots stand one slot after the other
        int first = slots == 0 ? 0 : (chunk.number() + 1) % slots * parts.size();
        IntFunction<float[]> carried = part ->
                chunk.carried().values(chunk.carried().parts().get(first + part).name());
        State initial = window.initialState(network, parts, carried);
        NetworkOutput output = loss.forward(network, tape, null, window.inputs(tape), initial, dropout);
        if (slots > 0) {
            window.keep(output, parts, carried);
        }
        return loss(tape, window, output, dropout);
    }

    @Override
    public ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
        if (!tape.recording()) {
            return whole(tape, examples, from, to, dropout);
        }
        ChunkWindow window = new ChunkWindow(streams, 0, 0, Integer.MAX_VALUE);
        for (int i = from; i < to; i++) {
            window.add(examples[i], i - from);
        }
        if (window.sequences() == 0) {
            return nothing(tape);
        }
        return loss(tape, window, loss.forward(network, tape, null, window.inputs(tape), null, dropout), dropout);
    }

    /** Chunk by chunk, so that memory does not grow with the length of the streams. */
    private ShardLoss whole(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
        State carried = new State(parts, to - from);
        double sum = 0;
        double weight = 0;
        for (int c = 0; c < chunks; c++) {
            tape.begin();
            long start = (long) c * stepsPerUpdate;
            ChunkWindow window = new ChunkWindow(streams, start, start, start + stepsPerUpdate);
            for (int i = from; i < to; i++) {
                window.add(examples[i], i - from);
            }
            if (window.sequences() > 0) {
                IntFunction<float[]> values =
                        part -> carried.values(parts.get(part).name());
                State initial = window.initialState(network, parts, values);
                Rng drop = dropout == null ? null : dropout.stream(c);
                NetworkOutput output = loss.forward(network, tape, null, window.inputs(tape), initial, drop);
                window.keep(output, parts, values);
                ShardLoss part = loss(tape, window, output, drop);
                sum += BatchStep.scalar(part);
                weight += part.weight();
            }
        }
        tape.begin();
        return new ShardLoss(scalar(tape, (float) sum), weight);
    }

    private ShardLoss loss(Tape tape, ChunkWindow window, NetworkOutput output, @Nullable Rng rng) {
        BatchLayout layout = window.layout();
        if (output.layout().rows() != layout.rows() || output.layout().steps() != layout.steps()) {
            throw new IllegalArgumentException("network must give " + layout.rows()
                    + " rows, one for each time step, to be trained in chunks, got "
                    + output.layout().rows() + "; leave out what keeps the last time step");
        }
        Tensor targets = tape.workspace().take(layout.rows(), streams.targets());
        int[] rows = window.targets(targets);
        if (rows.length == 0) {
            return nothing(tape);
        }
        Variable raw = rows.length == layout.rows() ? output.rows() : Operations.gatherRows(tape, output.rows(), rows);
        ShardLoss sum = loss.sum(network, tape, raw, targets.rowRange(0, rows.length), rng);
        return new ShardLoss(output.penalized(tape, sum.sum(), sum.weight()), sum.weight());
    }

    private static ShardLoss nothing(Tape tape) {
        return new ShardLoss(scalar(tape, 0), 0);
    }

    private static Variable scalar(Tape tape, float value) {
        Tensor tensor = tape.workspace().take(Shape.of());
        tensor.fill(value);
        return tape.constant(tensor);
    }
}
