package io.carousel.layer;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.WeightStore;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Layers and their weights.
 *
 * <p>While nobody changes the weights, any number of threads may use it, each with its own tape or stepper.
 */
public final class Network {
    private final NetworkSpec spec;
    private final NetworkForm form;
    private final Chain chain;
    private final Parameters parameters;
    private final List<StatePart> stateParts;

    private Network(NetworkSpec spec, NetworkForm form, Parameters parameters) {
        this.spec = spec;
        this.form = form;
        chain = form.chain();
        this.parameters = parameters;
        stateParts = List.copyOf(chain.state());
    }

    /** A network with the first values of its weights, which depend on {@code rng} and the names of the weights only. */
    public static Network create(NetworkSpec spec, Rng rng) {
        NetworkForm form = NetworkForm.of(spec);
        return new Network(spec, form, Parameters.initialized(form.parameters(), rng));
    }

    /**
     * A network with given weights, taken over and not copied.
     *
     * @throws IllegalArgumentException when names or shapes are not those that {@link #declarations} lists
     */
    public static Network of(NetworkSpec spec, Parameters parameters) {
        NetworkForm form = NetworkForm.of(spec);
        List<Parameters.Declaration> wanted = form.parameters();
        if (wanted.size() != parameters.list().size()) {
            throw new IllegalArgumentException("network must have " + wanted.size() + " parameters, got "
                    + parameters.list().size() + "; use the weights of the same spec");
        }
        return of(spec, form, parameters);
    }

    private static Network of(NetworkSpec spec, NetworkForm form, Parameters parameters) {
        for (Parameters.Declaration declaration : form.parameters()) {
            Shape shape = parameters.get(declaration.name()).shape();
            if (!shape.equals(declaration.shape())) {
                throw new IllegalArgumentException(declaration.name() + " must have shape " + declaration.shape()
                        + ", got " + shape + "; use the weights of the same spec");
            }
        }
        return new Network(spec, form, parameters);
    }

    /**
     * A part of this network, with the same weights, not copied: such as one of two decoders that read the same source.
     *
     * @throws IllegalArgumentException when it has a weight that is not one of this network, or of another shape
     */
    public Network part(NetworkSpec layers) {
        return of(layers, NetworkForm.of(layers), parameters);
    }

    /** The parameters that a network of that spec has, before any is made. */
    public static List<Parameters.Declaration> declarations(NetworkSpec spec) {
        return NetworkForm.of(spec).parameters();
    }

    /** The parts of what a sequence remembers in a network of that spec, before any is made. */
    public static List<StatePart> stateParts(NetworkSpec spec) {
        return NetworkForm.of(spec).chain().state();
    }

    public NetworkSpec spec() {
        return spec;
    }

    public Parameters parameters() {
        return parameters;
    }

    /** The width of a row of the output. */
    public int outputSize() {
        return chain.outputSize();
    }

    /** The parts of what a sequence remembers. */
    public List<StatePart> stateParts() {
        return stateParts;
    }

    /** The state before the first time step: zeros, but for what is learned. */
    public State initialState(int sequences) {
        State state = new State(stateParts, sequences);
        chain.writeInitialState(parameters, state);
        return state;
    }

    /** The state before the first time step of sequences that read these sources. */
    public State initialState(List<Source> sources) {
        sources.forEach(source -> source.requireOf(this));
        State state = new State(stateParts, sources.size());
        for (int index = 0; index < sources.size(); index++) {
            state.copySequence(sources.get(index).first(), 0, index);
        }
        return state;
    }

    // ---------------------------------------------------------------- sources

    /**
     * Reads a batch of sources, for {@link #forward(Tape, TapedSource, SequenceBatch, State, Rng, RunObserver)}; the tape records it when
     * it records at all.
     *
     * @param dropout the random numbers of this batch in training; null in prediction
     * @throws IllegalArgumentException when the network has no source, or the batch does not fit it
     */
    public TapedSource encode(Tape tape, SequenceBatch sources, @Nullable Rng dropout) {
        return encode(tape, sources, dropout, null);
    }

    /** {@link #encode(Tape, SequenceBatch, Rng)}, seen by an observer; null for nobody. */
    public TapedSource encode(Tape tape, SequenceBatch sources, @Nullable Rng dropout, @Nullable RunObserver observer) {
        Encoder encoder = encoder();
        requireFeatures("source", encoder.chain().inputSize(), sources);
        return encoder.encode(
                this, tape, new Flow(tape.constant(sources.values()), sources.layout()), dropout, observer);
    }

    /**
     * Reads a batch of sources in prediction.
     *
     * @return one value for each sequence, in the caller's order
     */
    public List<Source> encode(Kernels kernels, SequenceBatch sources) {
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin();
        return encode(tape, sources, null).values();
    }

    /**
     * Begins with vectors in the place of sources, such as those of {@link Source#vector} or between two of them.
     *
     * @param vectors {@code [B, Z]}, for a tape on which they may be a variable
     * @throws IllegalArgumentException when the network has no {@link VectorBridge}, or reads the rows of its source, too
     */
    public TapedSource fromVectors(Tape tape, Variable vectors) {
        return encoder().fromVectors(this, tape, vectors);
    }

    /** {@link #fromVectors(Tape, Variable)} in prediction. */
    public List<Source> fromVectors(Kernels kernels, Tensor vectors) {
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin();
        return fromVectors(tape, tape.constant(vectors)).values();
    }

    private Encoder encoder() {
        Encoder encoder = form.encoder();
        if (encoder == null) {
            throw new IllegalArgumentException(
                    "a network must have a source to encode one, got one without; give its spec a source");
        }
        return encoder;
    }

    /** Whether the network reads a source besides its input. */
    public boolean hasSource() {
        return form.encoder() != null;
    }

    /** Whether layers read the rows of the source in every time step, and not its last state alone. */
    public boolean readsRows() {
        return !chain.readers().isEmpty();
    }

    // ---------------------------------------------------------------- batches

    /**
     * Computes a batch; the tape records it when it records at all.
     *
     * @param batch {@code [N, F]}
     * @param initial the state before the first time step, in the caller's order; null for that of {@link
     *     #initialState}, with derivatives of what is learned
     * @param dropout the random numbers of this batch in training; null in prediction, when no regulariser is at work
     * @throws IllegalArgumentException when the batch or the state does not fit the network
     */
    public NetworkOutput forward(Tape tape, SequenceBatch batch, @Nullable State initial, @Nullable Rng dropout) {
        return forward(tape, batch, initial, dropout, null);
    }

    /** {@link #forward(Tape, SequenceBatch, State, Rng)}, seen by an observer; null for nobody. */
    public NetworkOutput forward(
            Tape tape,
            SequenceBatch batch,
            @Nullable State initial,
            @Nullable Rng dropout,
            @Nullable RunObserver observer) {
        return forward(chain, tape, null, batch, initial, dropout, observer);
    }

    /**
     * {@link #forward(Tape, SequenceBatch, State, Rng, RunObserver)} of a network with a source.
     *
     * @param source of as many sequences, in the same order
     * @param initial null for the state that the source gives
     */
    public NetworkOutput forward(
            Tape tape,
            @Nullable TapedSource source,
            SequenceBatch batch,
            @Nullable State initial,
            @Nullable Rng dropout,
            @Nullable RunObserver observer) {
        return forward(chain, tape, source, batch, initial, dropout, observer);
    }

    /**
     * Runs the network as in prediction over inputs that are a variable, for derivatives by them.
     *
     * @param rows {@code [N, F]}, where {@code layout} says
     * @param observer null for nobody
     * @throws IllegalArgumentException when the rows do not fit the network
     */
    public NetworkOutput forward(Tape tape, Variable rows, BatchLayout layout, @Nullable RunObserver observer) {
        requireFeatures(new SequenceBatch(layout, rows.value()));
        return forward(chain, tape, null, new Flow(rows, layout), null, null, observer);
    }

    /**
     * What the layers beneath the last make of a batch, for a loss that computes the last layer itself; else as {@link
     * #forward(Tape, SequenceBatch, State, Rng)}.
     *
     * @throws IllegalStateException when the last layer is not dense: see {@link #output}
     */
    public NetworkOutput forwardBeneathOutput(
            Tape tape, SequenceBatch batch, @Nullable State initial, @Nullable Rng dropout) {
        return forwardBeneathOutput(tape, null, batch, initial, dropout);
    }

    /** {@link #forwardBeneathOutput(Tape, SequenceBatch, State, Rng)} of a network with a source. */
    public NetworkOutput forwardBeneathOutput(
            Tape tape,
            @Nullable TapedSource source,
            SequenceBatch batch,
            @Nullable State initial,
            @Nullable Rng dropout) {
        boolean adaptive = chain.layers().get(chain.layers().size() - 1) instanceof AdaptiveSoftmax;
        if (!adaptive && output().isEmpty()) {
            throw new IllegalStateException("last layer must be dense to be computed by a loss, got "
                    + spec.layers().get(spec.layers().size() - 1) + "; ask output() first");
        }
        Chain beneath = new Chain(
                spec.inputSize(), chain.layers().subList(0, chain.layers().size() - 1));
        return forward(beneath, tape, source, batch, initial, dropout, null);
    }

    /**
     * The weights of a last layer that is dense.
     *
     * @param weight {@code [O, F]}
     * @param bias {@code [O]}
     */
    public record Output(Parameter weight, Parameter bias) {}

    /** The weights of the last layer; empty when that is not dense. */
    public Optional<Output> output() {
        return chain.layers().get(chain.layers().size() - 1) instanceof Dense dense
                ? Optional.of(new Output(dense.weight(parameters), dense.bias(parameters)))
                : Optional.empty();
    }

    private NetworkOutput forward(
            Chain layers,
            Tape tape,
            @Nullable TapedSource source,
            SequenceBatch batch,
            @Nullable State initial,
            @Nullable Rng dropout,
            @Nullable RunObserver observer) {
        requireFeatures(batch);
        Flow input = new Flow(tape.constant(batch.values()), batch.layout());
        return forward(layers, tape, source, input, initial, dropout, observer);
    }

    private NetworkOutput forward(
            Chain layers,
            Tape tape,
            @Nullable TapedSource source,
            Flow input,
            @Nullable State initial,
            @Nullable Rng dropout,
            @Nullable RunObserver observer) {
        int sequences = input.layout().sequences();
        if (initial != null) {
            requireState(initial, sequences);
        }
        requireSource(source, sequences);
        Map<String, Variable> last = new LinkedHashMap<>();
        List<Variable> penalties = source == null ? new ArrayList<>() : new ArrayList<>(source.penalties());
        List<Attention> attention = new ArrayList<>();
        Flow output = layers.forward(
                input,
                new LayerContext(tape, parameters, source, initial, last, penalties, attention, dropout, observer));
        return new NetworkOutput(output.rows(), output.layout(), sequences, stateParts, last, penalties, attention);
    }

    /** Whether outputs depend on later inputs, so that time steps cannot be fed one at a time without a look-ahead. */
    public boolean readsBackward() {
        return !chain.backward().isEmpty();
    }

    /**
     * The direct path for a fixed number of sequences, before their first time step: see {@link NetworkStepper}.
     *
     * @throws IllegalArgumentException when the network reads backward
     */
    public NetworkStepper stepper(Kernels kernels, int sequences) {
        return stepper(kernels, sequences, WeightStore.FLOAT32);
    }

    /**
     * {@link #stepper(Kernels, int)} with a choice of how the weights are kept; those of the layers' matrices are packed once
     * for all steppers that choose alike.
     */
    public NetworkStepper stepper(Kernels kernels, int sequences, WeightStore store) {
        if (readsBackward()) {
            throw new IllegalArgumentException(
                    "a network that is fed one time step at a time must read forward only, got "
                            + "layers that read backward: " + String.join(", ", chain.backward())
                            + "; predict whole sequences, or open a Session.withLookAhead");
        }
        Parameters used = sequences == 1 || store != WeightStore.FLOAT32 ? parameters.stored(store) : parameters;
        NetworkStepper stepper = new NetworkStepper(this, chain.stepper(kernels, used, sequences), sequences);
        stepper.load(initialState(sequences));
        return stepper;
    }

    /**
     * The path for one sequence that is fed one time step at a time, before its first, also of a network that reads backward:
     * see {@link LookAheadStepper}.
     *
     * @param lookAhead the later inputs that each level which reads backward waits for
     * @throws IllegalArgumentException when it is negative
     */
    public LookAheadStepper lookAhead(Kernels kernels, int lookAhead) {
        if (hasSource()) {
            throw new IllegalArgumentException(
                    "a network with a source must read forward only, so it needs no look-ahead; use its stepper");
        }
        if (lookAhead < 0) {
            throw new IllegalArgumentException("look-ahead must not be negative, got " + lookAhead);
        }
        LookAheadStepper stepper = chain.lookAhead(kernels, parameters.stored(WeightStore.FLOAT32), lookAhead, "");
        stepper.load(initialState(stepper));
        return stepper;
    }

    /** The state of a path with a look-ahead before the first time step. */
    public State initialState(LookAheadStepper stepper) {
        State state = new State(stepper.state(), 1);
        chain.writeInitialState(parameters, state);
        return state;
    }

    /**
     * Predicts: the outputs of every time step.
     *
     * <p>A network that reads forward only is run one time step at a time, and memory does not grow with the length of the
     * sequences, except for inputs and result. Of one that reads backward, too, each layer is run over whole sequences.
     *
     * @param state the state before the first time step; it is overwritten with the state after the last
     * @return {@code [N, outputs]}, rows as in the batch's layout; the bits are those of {@link #forward}
     */
    public float[] predict(Kernels kernels, SequenceBatch batch, State state) {
        requireNoSource();
        requireFeatures(batch);
        BatchLayout layout = batch.layout();
        requireState(state, layout.sequences());
        State sorted = initialState(layout.sequences());
        for (int index = 0; index < layout.sequences(); index++) {
            sorted.copySequence(state, index, layout.position(index));
        }
        float[] outputs = chain.predict(kernels, parameters, layout.sorted(), batch.values(), sorted)
                .data();
        for (int index = 0; index < layout.sequences(); index++) {
            state.copySequence(sorted, layout.position(index), index);
        }
        return outputs;
    }

    /**
     * {@link #predict(Kernels, SequenceBatch, State)} of a network with a source, one time step at a time.
     *
     * @param sources one for each sequence, in the same order
     */
    public float[] predict(Kernels kernels, List<Source> sources, SequenceBatch batch, State state) {
        requireFeatures(batch);
        BatchLayout layout = batch.layout();
        int sequences = layout.sequences();
        if (sources.size() != sequences) {
            throw new IllegalArgumentException("batch must have a sequence for each source, got " + sequences + " for "
                    + sources.size() + "; give both in the same order");
        }
        requireState(state, sequences);
        State sorted = new State(stateParts, sequences);
        Source[] read = new Source[sequences];
        for (int index = 0; index < sequences; index++) {
            sorted.copySequence(state, index, layout.position(index));
            read[layout.position(index)] = sources.get(index);
        }
        NetworkStepper stepper = stepper(kernels, sequences);
        stepper.read(List.of(read));
        stepper.load(sorted);
        float[] outputs = new float[Math.multiplyExact(layout.rows(), outputSize())];
        for (int t = 0; t < layout.steps(); t++) {
            int row = layout.rowOffset(t);
            int from = batch.values().offset() + row * batch.features();
            stepper.step(layout.alive(t), batch.values().data(), from, outputs, row * outputSize());
        }
        stepper.store(sorted);
        for (int index = 0; index < sequences; index++) {
            state.copySequence(sorted, layout.position(index), index);
        }
        return outputs;
    }

    private void requireSource(@Nullable TapedSource source, int sequences) {
        if (source == null) {
            requireNoSource();
            return;
        }
        encoder();
        if (source.network().parameters() != parameters) {
            throw new IllegalArgumentException(
                    "source must be one that this network encoded, got one of another network; encode it again");
        }
        if (source.sequences() != sequences) {
            throw new IllegalArgumentException("batch must have a sequence for each source, got " + sequences + " for "
                    + source.sequences() + "; give both in the same order");
        }
    }

    /** Throws when the network has a source, which was not given. */
    public void requireNoSource() {
        if (hasSource()) {
            throw new IllegalArgumentException(
                    "a network with a source must be given what it reads, got nothing; encode a source first");
        }
    }

    private void requireFeatures(SequenceBatch batch) {
        requireFeatures("input", spec.inputSize(), batch);
    }

    private static void requireFeatures(String what, int size, SequenceBatch batch) {
        if (batch.features() != size) {
            throw new IllegalArgumentException(what + " must have shape [F] = [" + size + "], got [" + batch.features()
                    + "]; check the features of the batch");
        }
    }

    void requireState(State state, int sequences) {
        if (state.sequences() != sequences || !state.parts().equals(stateParts)) {
            throw new IllegalArgumentException("state must have the parts " + stateParts + " of " + sequences
                    + " sequences, got " + state.parts() + " of " + state.sequences()
                    + "; use a state of this network");
        }
    }
}
