package io.carousel.task;

import io.carousel.kernel.Kernels;
import io.carousel.layer.LookAheadStepper;
import io.carousel.layer.Network;
import io.carousel.layer.State;
import java.util.ArrayList;
import java.util.List;

/**
 * One live sequence of a network that reads backward: each of its levels looks ahead a fixed number of time steps, and so
 * outputs come late.
 *
 * <p>What a level with a look-ahead of L makes of time step t has the bits of a run over the sequence up to time step t + L;
 * when L reaches beyond the end, those of the whole sequence. An output comes {@link #delay} time steps after its input: L for
 * each level that reads backward, since each waits for the one below. It costs L + 1 backward steps of each level instead of
 * one, and memory for L inputs and outputs of each; so a look-ahead is a price that is paid with every time step.
 *
 * <p>Weights are shared with all other sessions of the network, the state is its own. {@link #step} allocates nothing.
 * Belongs to one thread at a time.
 */
public final class LookAheadSession {
    private final Network network;
    private final Kernels kernels;
    private final int lookAhead;
    private final LookAheadStepper stepper;
    private boolean finished;

    /** A session at the state before the first time step, on chosen kernels; see {@link Session#withLookAhead}. */
    public LookAheadSession(Network network, int lookAhead, Kernels kernels) {
        this.network = network;
        this.kernels = kernels;
        this.lookAhead = lookAhead;
        stepper = network.lookAhead(kernels, lookAhead);
    }

    /** How many time steps each level that reads backward looks ahead. */
    public int lookAhead() {
        return lookAhead;
    }

    /** How many time steps after its input an output comes: the look-aheads of all levels that wait for each other. */
    public int delay() {
        return stepper.delay();
    }

    /** The width of an output. */
    public int outputSize() {
        return network.outputSize();
    }

    /**
     * Feeds one time step.
     *
     * @param x {@code [F]}
     * @param y {@code [outputs]} out, when there is an output
     * @return whether there is one: that of the time step {@link #delay} before
     * @throws IllegalArgumentException when an array has another length
     * @throws IllegalStateException after {@link #finish}
     */
    public boolean step(float[] x, float[] y) {
        requireUnfinished();
        Session.requireShapes(network, x, y);
        return stepper.step(x, 0, y, 0);
    }

    /**
     * Ends the sequence.
     *
     * @return the outputs that are still to come, at most {@link #delay}, oldest first
     * @throws IllegalStateException when it is finished already
     */
    public List<float[]> finish() {
        requireUnfinished();
        finished = true;
        List<float[]> outputs = new ArrayList<>();
        float[] y = new float[network.outputSize()];
        while (stepper.drain(y, 0)) {
            outputs.add(y.clone());
        }
        return outputs;
    }

    /** What the session remembers, with the inputs and outputs that wait, as a value of its own. */
    public State state() {
        requireUnfinished();
        State state = network.initialState(stepper);
        stepper.store(state);
        return state;
    }

    /**
     * Goes on from a state, which is copied.
     *
     * @throws IllegalArgumentException when it is not that of a session of this network with the same look-ahead
     */
    public void restore(State state) {
        State own = network.initialState(stepper);
        own.set(state);
        stepper.load(own);
        finished = false;
    }

    /** Back to the state before the first time step. */
    public void reset() {
        restore(network.initialState(stepper));
    }

    /** A session of its own that goes on from the same state. */
    public LookAheadSession fork() {
        LookAheadSession fork = new LookAheadSession(network, lookAhead, kernels);
        fork.restore(state());
        return fork;
    }

    private void requireUnfinished() {
        if (finished) {
            throw new IllegalStateException(
                    "a finished session must be reset before it goes on; call reset or restore");
        }
    }
}
