package io.carousel.benchmarks.ledger;

import io.carousel.autograd.Parameter;
import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Work;
import io.carousel.benchmarks.side.Workload;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.WeightStore;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A recurrent layer fed one event at a time through a {@link Session}. */
final class StepWork implements Work {
    /** Events that are compared, and that the measurement repeats without end. */
    static final int EVENTS = 64;

    private static final String NAME = "encoder";

    private final float[][] events = new float[EVENTS][];
    private final float[] output;
    private final Session session;
    private int next;

    StepWork(Workload workload, boolean halved) {
        int features = workload.size("F");
        int hiddenSize = workload.size("H");
        float[] inputs = Numbers.uniform("input", EVENTS * features, 1);
        for (int i = 0; i < EVENTS; i++) {
            events[i] = Arrays.copyOfRange(inputs, i * features, (i + 1) * features);
        }
        output = new float[hiddenSize];
        session = halved
                ? new Session(network(workload), Kernels.best(), WeightStore.BFLOAT16)
                : new Session(network(workload));
    }

    /** A recurrent layer with the weights that all sides have. */
    static Network network(Workload workload) {
        int hiddenSize = workload.size("H");
        NetworkSpec spec = new NetworkSpec(
                workload.size("F"), List.of(RecurrentSpec.of(NAME, workload.subject(), List.of(hiddenSize))));
        Network network = Network.create(spec, Rng.of(1));
        for (Parameter parameter : network.parameters().list()) {
            int size = parameter.shape().size();
            float[] values = Numbers.weight(parameter.name().substring(NAME.length() + 1), size, hiddenSize);
            System.arraycopy(values, 0, network.parameters().values(), parameter.offset(), size);
        }
        network.parameters().changed();
        return network;
    }

    @Override
    public void run() {
        session.step(events[next], output);
        next = (next + 1) % EVENTS;
    }

    @Override
    public Map<String, float[]> results() {
        float[] outputs = new float[EVENTS * output.length];
        for (int i = 0; i < EVENTS; i++) {
            run();
            System.arraycopy(output, 0, outputs, i * output.length, output.length);
        }
        return Map.of("output", outputs);
    }
}
