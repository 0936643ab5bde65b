package io.carousel.inspect;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.RunObserver;
import io.carousel.layer.State;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All gates and states of every time step of a batch, of every recurrent layer of a network.
 *
 * <p>Takes memory for all of them at once: a float for each unit of each gate and state, time step and sequence. Immutable.
 */
public final class Trace {
    private final Map<String, RunTrace> runs;

    private Trace(Map<String, RunTrace> runs) {
        this.runs = runs;
    }

    /**
     * Runs a network as in prediction.
     *
     * @param initial the state before the first time step, in the caller's order; null for that of the network
     */
    public static Trace of(Network network, Kernels kernels, SequenceBatch batch, @Nullable State initial) {
        Recorder recorder = new Recorder();
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin();
        network.forward(tape, batch, initial, null, recorder);
        return new Trace(recorder.runs);
    }

    /**
     * Runs a network as in prediction, and backward from a random direction of each sequence's last output.
     *
     * @param initial the state before the first time step, in the caller's order; null for that of the network
     * @param direction gives the signs of the direction
     */
    static Trace withGradients(
            Network network, Kernels kernels, SequenceBatch batch, @Nullable State initial, Rng direction) {
        Recorder recorder = new Recorder();
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin(new float[network.parameters().size()]);
        NetworkOutput output = network.forward(tape, batch, initial, null, recorder);
        Variable rows = output.rows();
        Variable probe = tape.record(
                tape.workspace().zeros(1), gradient -> setSigns(rows.gradient(), output.layout(), direction), rows);
        tape.backward(probe);
        return new Trace(recorder.runs);
    }

    private static void setSigns(Tensor gradient, BatchLayout layout, Rng direction) {
        for (int index = 0; index < layout.sequences(); index++) {
            int length = layout.length(layout.position(index));
            for (int j = 0; length > 0 && j < gradient.columns(); j++) {
                int at = layout.row(index, length - 1) * gradient.columns() + j;
                gradient.data()[gradient.offset() + at] = direction.nextInt(2) * 2 - 1;
            }
        }
    }

    /** Every recurrent layer in each of its directions, in the order of computation. */
    public List<RunTrace> runs() {
        return List.copyOf(runs.values());
    }

    /**
     * One recurrent layer in one direction.
     *
     * @param name such as {@code encoder_l0} or {@code encoder_l0_reverse}
     * @throws IllegalArgumentException when there is none of that name
     */
    public RunTrace run(String name) {
        RunTrace found = runs.get(name);
        if (found == null) {
            throw new IllegalArgumentException("run must be one of " + runs.keySet() + ", got " + name);
        }
        return found;
    }

    private static final class Recorder implements RunObserver {
        private final Map<String, RunTrace> runs = new LinkedHashMap<>();

        @Override
        public void computed(Run run, BatchLayout layout, Tensor activations, List<Tensor> states) {
            RunTrace trace = new RunTrace(run, layout);
            trace.keep(activations, states);
            runs.put(run.name(), trace);
        }

        @Override
        public void gradient(Run run, BatchLayout layout, int t, List<Tensor> gradients) {
            Objects.requireNonNull(runs.get(run.name())).keepGradient(t, gradients); // computed before its gradient
        }
    }
}
