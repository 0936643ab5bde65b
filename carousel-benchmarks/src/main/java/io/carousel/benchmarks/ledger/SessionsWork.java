package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Work;
import io.carousel.benchmarks.side.Workload;
import io.carousel.layer.Network;
import io.carousel.task.Session;
import io.carousel.task.SessionGroup;
import java.util.Map;

/**
 * Events of N live sessions in random order, E at a time: through a {@link SessionGroup}, or each through a {@link Session} of
 * its own.
 */
final class SessionsWork implements Work {
    /** Blocks of events, after which the order begins anew. */
    private static final int BLOCKS = 50;

    private final int events;
    private final int features;
    private final int[] order;
    private final float[] inputs;
    private final float[] outputs;
    private final Block block;
    private int next;

    /** Steps the events of a block. */
    private interface Block {
        void step(int first);
    }

    SessionsWork(Workload workload, boolean grouped) {
        int sessions = workload.size("N");
        events = workload.size("E");
        features = workload.size("F");
        Network network = StepWork.network(workload);
        order = Numbers.whole("order", events * BLOCKS, 0, sessions - 1);
        inputs = Numbers.uniform("input", events * features, 1);
        outputs = new float[events * network.outputSize()];
        block = grouped ? grouped(network, sessions) : oneByOne(network, sessions);
    }

    private Block grouped(Network network, int sessions) {
        SessionGroup group = new SessionGroup(network);
        long[] open = new long[sessions];
        for (int i = 0; i < sessions; i++) {
            open[i] = group.open();
        }
        long[] due = new long[events];
        return first -> {
            for (int i = 0; i < events; i++) {
                due[i] = open[order[first + i]];
            }
            group.step(events, due, inputs, outputs);
        };
    }

    private Block oneByOne(Network network, int sessions) {
        Session[] open = new Session[sessions];
        for (int i = 0; i < sessions; i++) {
            open[i] = new Session(network);
        }
        float[] x = new float[features];
        float[] y = new float[network.outputSize()];
        return first -> {
            for (int i = 0; i < events; i++) {
                System.arraycopy(inputs, i * features, x, 0, features);
                open[order[first + i]].step(x, y);
                System.arraycopy(y, 0, outputs, i * y.length, y.length);
            }
        };
    }

    @Override
    public void run() {
        block.step(next * events);
        next = (next + 1) % BLOCKS;
    }

    @Override
    public Map<String, float[]> results() {
        run();
        run();
        return Map.of("output", outputs.clone());
    }
}
