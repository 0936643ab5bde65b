package io.carousel.task;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkStepper;
import io.carousel.layer.Source;
import io.carousel.layer.State;
import io.carousel.layer.StateTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Many live sequences of one network, of which those that are due are stepped together.
 *
 * <p>Each gives the bits that a {@link Session} of its own would, whatever is stepped with it. {@link #step(int, long[], float[],
 * float[])} gathers the states of the sessions that have an event into batches, steps these, and puts the states back, so that
 * products have many rows and weights are read once for all of them. It allocates nothing, except where more events come at
 * once than ever before.
 *
 * <p>A session is a handle: a number that its group gives only once, so that a session which was closed is found out. It takes
 * the memory of its state, 4 bytes a number, and some 12 bytes more. Room grows by small steps as sessions are opened, and that
 * of a closed one is used again.
 *
 * <p>Belongs to one thread at a time: events that come from several threads are handed over through a queue. Groups share the
 * weights of their network, so threads with a group each need no lock.
 */
public final class SessionGroup {
    /** Rows of a batch: enough that products are fast, few enough that what a step touches stays in the cache. */
    private static final int MOST_ROWS = 64;

    private final Network network;
    private final NetworkStepper stepper;
    private final StateTable states;
    private final Handles handles = new Handles();
    private final EventOrder order = new EventOrder();
    private final int features;
    private final int outputs;
    private final int[] rows = new int[MOST_ROWS];
    private final float[] inputRows;
    private final float[] outputRows;
    private final @Nullable Source[] read = new Source[MOST_ROWS];
    private @Nullable Source[] sources = {};
    private final long[] one = new long[1];

    /**
     * A group without sessions, on the fastest kernels of this machine.
     *
     * @throws IllegalArgumentException when the network reads backward; see {@link Session#withLookAhead}
     */
    public SessionGroup(Network network) {
        this(network, Kernels.best());
    }

    /** A group on chosen kernels. */
    public SessionGroup(Network network, Kernels kernels) {
        this.network = network;
        stepper = network.stepper(kernels, MOST_ROWS);
        states = new StateTable(network.stateParts());
        features = network.spec().inputSize();
        outputs = network.outputSize();
        inputRows = new float[Math.multiplyExact(MOST_ROWS, features)];
        outputRows = new float[Math.multiplyExact(MOST_ROWS, outputs)];
    }

    /** How many sessions are open. */
    public int size() {
        return handles.open();
    }

    /** Whether a session is open; false for a number that this group never gave. */
    public boolean isOpen(long session) {
        return handles.slot(session) != Handles.NONE;
    }

    /** A new session at the state before the first time step. */
    public long open() {
        return open(network.initialState(1));
    }

    /**
     * A new session that goes on from a state, which is copied.
     *
     * @throws IllegalArgumentException when the state is not that of one sequence of this network
     */
    public long open(State state) {
        network.requireNoSource();
        return openWith(null, state);
    }

    /** A new session of a network with a source, at the state that the source gives. */
    public long open(Source source) {
        return open(source, source.firstState());
    }

    /** A new session of a network with a source that goes on from a state, which is copied. */
    public long open(Source source, State state) {
        source.requireOf(network);
        return openWith(source, state);
    }

    private long openWith(@Nullable Source source, State state) {
        states.requireForm(state);
        long session = openRow();
        states.write(handles.slot(session), state);
        setSource(handles.slot(session), source);
        return session;
    }

    /** A new session that goes on from the state of another, and reads the same source. */
    public long fork(long session) {
        int from = require(session);
        long fork = openRow();
        states.copy(from, handles.slot(fork));
        setSource(handles.slot(fork), source(from));
        return fork;
    }

    private long openRow() {
        long session = handles.take();
        states.reserve(handles.slots());
        order.reserveSlots(handles.slots());
        if (network.hasSource() && handles.slots() > sources.length) {
            sources = Arrays.copyOf(sources, states.capacity());
        }
        return session;
    }

    private @Nullable Source source(int slot) {
        return network.hasSource() ? sources[slot] : null;
    }

    private void setSource(int slot, @Nullable Source source) {
        if (network.hasSource()) {
            sources[slot] = source;
        }
    }

    /** Ends a session; its handle is refused from now on. */
    public void close(long session) {
        int slot = require(session);
        setSource(slot, null);
        handles.giveBack(slot);
    }

    /** What a session remembers, as a value of its own: that of a {@link Session#state}. */
    public State state(long session) {
        return states.read(require(session));
    }

    /** Lets a session go on from a state, which is copied. */
    public void restore(long session, State state) {
        states.write(require(session), state);
    }

    /** Takes a session back to the state before the first time step. */
    public void reset(long session) {
        Source source = source(require(session));
        restore(session, source == null ? network.initialState(1) : source.firstState());
    }

    /**
     * Feeds one session one time step.
     *
     * @param x {@code [F]}
     * @param y {@code [outputs]} out
     * @throws IllegalArgumentException when an array has another length, or the session is not open
     */
    public void step(long session, float[] x, float[] y) {
        Session.requireShapes(network, x, y);
        one[0] = session;
        step(1, one, x, y);
    }

    /**
     * Feeds sessions one time step for each event. A session with several events is fed them one after the other, in their
     * order.
     *
     * @param events how many
     * @param sessions {@code [events]}: the session of each; may be longer
     * @param x {@code [events, F]}: the input of each; may be longer
     * @param y {@code [events, outputs]} out: the output of each; may be longer; not x
     * @throws IllegalArgumentException when an array is too short, or a session is not open; then none is fed
     */
    public void step(int events, long[] sessions, float[] x, float[] y) {
        requireRoom(events, sessions, x, y);
        order.begin(events);
        for (int event = 0; event < events; event++) {
            int slot = handles.slot(sessions[event]);
            if (slot == Handles.NONE) {
                throw new IllegalArgumentException("session of event " + event + " must be open, got "
                        + Handles.text(sessions[event]) + "; open one, or leave the event out");
            }
            order.slot(event, slot);
        }
        order.sort();
        for (int n = order.take(MOST_ROWS, rows); n > 0; n = order.take(MOST_ROWS, rows)) {
            stepBatch(n, x, y);
        }
    }

    private void stepBatch(int n, float[] x, float[] y) {
        states.select(rows, 0, n);
        int first = order.event(0);
        if (order.event(n - 1) - first == n - 1 && order.ascends(n)) {
            step(n, x, first * features, y, first * outputs);
            return;
        }
        for (int i = 0; i < n; i++) {
            System.arraycopy(x, order.event(i) * features, inputRows, i * features, features);
        }
        step(n, inputRows, 0, outputRows, 0);
        for (int i = 0; i < n; i++) {
            System.arraycopy(outputRows, i * outputs, y, order.event(i) * outputs, outputs);
        }
    }

    private void step(int n, float[] x, int xOffset, float[] y, int yOffset) {
        if (!network.hasSource()) {
            stepper.step(states, x, xOffset, y, yOffset);
            return;
        }
        for (int i = 0; i < n; i++) {
            read[i] = sources[rows[i]];
        }
        stepper.step(states, read, x, xOffset, y, yOffset);
        Arrays.fill(read, 0, n, null);
    }

    private void requireRoom(int events, long[] sessions, float[] x, float[] y) {
        if (events < 0 || events > sessions.length) {
            throw new IllegalArgumentException(
                    "events must be from 0 to " + sessions.length + ", the number of sessions given, got " + events);
        }
        requireRows("input", "F", events, features, x.length);
        requireRows("output", "outputs", events, outputs, y.length);
    }

    private static void requireRows(String what, String symbol, int events, int width, int length) {
        if ((long) events * width > length) {
            throw new IllegalArgumentException(what + " must have room for [events, " + symbol + "] = [" + events + ", "
                    + width + "], got " + length + " numbers");
        }
    }

    private int require(long session) {
        int slot = handles.slot(session);
        if (slot == Handles.NONE) {
            throw new IllegalArgumentException(
                    "session must be open, got " + Handles.text(session) + "; open one with SessionGroup.open");
        }
        return slot;
    }
}
