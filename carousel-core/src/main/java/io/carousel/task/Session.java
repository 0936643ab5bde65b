package io.carousel.task;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.WeightStore;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkStepper;
import io.carousel.layer.Source;
import io.carousel.layer.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One live sequence: fed one time step at a time, it gives the bits that the whole sequence would.
 *
 * <p>Weights are shared with all other sessions of the network, the state is its own. {@link #step} allocates nothing.
 * Belongs to one thread at a time.
 */
public final class Session {
    private final Network network;
    private final Kernels kernels;
    private final WeightStore store;
    private final NetworkStepper stepper;
    private final @Nullable Source source;

    /**
     * A session at the state before the first time step, on the fastest kernels of this machine.
     *
     * @throws IllegalArgumentException when the network reads backward; see {@link #withLookAhead}
     */
    public Session(Network network) {
        this(network, Kernels.best());
    }

    /** A session on chosen kernels. */
    public Session(Network network, Kernels kernels) {
        this(network, kernels, WeightStore.FLOAT32);
    }

    /**
     * A session whose weights are kept as {@code store} says, such as half the bytes of {@link WeightStore#BFLOAT16}: faster
     * where reading them is what takes the time, from H = 128 or so on, and no longer with the bits of the whole sequence.
     */
    public Session(Network network, WeightStore store) {
        this(network, Kernels.best(), store);
    }

    /** A session on chosen kernels, with the weights kept as {@code store} says. */
    public Session(Network network, Kernels kernels, WeightStore store) {
        this(network, kernels, store, null);
    }

    /** A session of a network with a source, at the state that the source gives, on the fastest kernels of this machine. */
    public Session(Network network, Source source) {
        this(network, Kernels.best(), source);
    }

    /** A session of a network with a source, on chosen kernels. */
    public Session(Network network, Kernels kernels, Source source) {
        this(network, kernels, WeightStore.FLOAT32, source);
    }

    private Session(Network network, Kernels kernels, WeightStore store, @Nullable Source source) {
        this.network = network;
        this.kernels = kernels;
        this.store = store;
        this.source = source;
        if (source == null) {
            network.requireNoSource();
        }
        this.stepper = network.stepper(kernels, 1, store);
        if (source != null) {
            stepper.begin(List.of(source));
        }
    }

    /**
     * A session of a network that reads backward, whose outputs come late: see {@link LookAheadSession}, also for what it
     * costs.
     *
     * @param steps how many time steps each level that reads backward looks ahead
     * @throws IllegalArgumentException when they are negative
     */
    public static LookAheadSession withLookAhead(Network network, int steps) {
        return new LookAheadSession(network, steps, Kernels.best());
    }

    /**
     * Feeds one time step.
     *
     * @param x {@code [F]}
     * @param y {@code [outputs]} out
     * @throws IllegalArgumentException when an array has another length
     */
    public void step(float[] x, float[] y) {
        requireShapes(network, x, y);
        stepper.step(1, x, 0, y, 0);
    }

    static void requireShapes(Network network, float[] x, float[] y) {
        int features = network.spec().inputSize();
        if (x.length != features) {
            throw new IllegalArgumentException(
                    "input must have shape [F] = [" + features + "], got [" + x.length + "]");
        }
        if (y.length != network.outputSize()) {
            throw new IllegalArgumentException(
                    "output must have shape [" + network.outputSize() + "], got [" + y.length + "]");
        }
    }

    /** What the session remembers, as a value of its own. */
    public State state() {
        State state = network.initialState(1);
        stepper.store(state);
        return state;
    }

    /** Goes on from a state, which is copied; what the session reads stays. */
    public void restore(State state) {
        stepper.load(state);
    }

    /** Back to the state before the first time step. */
    public void reset() {
        stepper.load(source == null ? network.initialState(1) : source.firstState());
    }

    /** A session of its own that goes on from the same state, and reads the same source. */
    public Session fork() {
        Session fork = new Session(network, kernels, store, source);
        fork.restore(state());
        return fork;
    }
}
