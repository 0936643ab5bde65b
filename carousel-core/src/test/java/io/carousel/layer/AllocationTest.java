package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Tape;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Network network = Network.create(
            new NetworkSpec(
                    3,
                    List.of(
                            new RecurrentSpec("encoder", "lstm", List.of(64, 64), 0.1),
                            new LastStepSpec(),
                            new DenseSpec("head", 12))),
            Rng.of(1));

    @Test
    void steppingASessionAllocatesNothing() {
        Session session = new Session(network);
        float[] x = {1, 2, 3};
        float[] y = new float[12];
        long allocated = leastAllocated(() -> session.step(x, y), 20_000, 20);

        assertThat(allocated).isZero();
    }

    @Test
    void aTrainingStepAllocatesLessThan64KilobytesAfterWarmUp() {
        int[] lengths = new int[32];
        Arrays.setAll(lengths, i -> 90 + i % 11);
        SequenceBatch batch = Networks.batch(Networks.sequences(lengths));
        Tape tape = new Tape(Kernels.best(), new Workspace());
        float[] gradient = new float[network.parameters().size()];
        float[] mix = Gradients.normal(Rng.of(2), 32 * 12, 1);
        long allocated = leastAllocated(
                () -> {
                    tape.begin(gradient);
                    NetworkOutput output = network.forward(tape, batch, null, Rng.of(3));
                    tape.backward(Gradients.weightedSum(tape, output.rows(), mix));
                    network.parameters().changed();
                },
                10,
                5);

        assertThat(allocated).isLessThan(64 * 1024);
    }

    /** The least of several rounds: the compiler's own threads do not count, its first rounds may. */
    private static long leastAllocated(Runnable step, int warmUp, int rounds) {
        for (int i = 0; i < warmUp; i++) {
            step.run();
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            step.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
