package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.Allocation;
import io.carousel.autograd.Gradients;
import io.carousel.autograd.Tape;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private final Network network = Network.create(
            new NetworkSpec(
                    3,
                    List.of(
                            RecurrentSpec.of("encoder", "lstm", List.of(64, 64)).withDropout(0.1),
                            new LastStepSpec(),
                            new DenseSpec("head", 12))),
            Rng.of(1));

    @Test
    void steppingASessionAllocatesNothing() throws InterruptedException {
        Session session = new Session(network);
        float[] x = {1, 2, 3};
        float[] y = new float[12];
        long allocated = Allocation.whenWarm(() -> session.step(x, y), 2_000, 0);

        assertThat(allocated).isZero();
    }

    @Test
    void aTrainingStepAllocatesLessThan64KilobytesAfterWarmUp() throws InterruptedException {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        long allocated = Allocation.whenWarm(
                trainingStep(tape, new int[] {3, 2, 1}), trainingStep(tape, lengths()), 10, 64 * 1024 - 1);

        assertThat(allocated).isLessThan(64 * 1024);
    }

    private static int[] lengths() {
        int[] lengths = new int[32];
        Arrays.setAll(lengths, i -> 90 + i % 11);
        return lengths;
    }

    private Runnable trainingStep(Tape tape, int[] lengths) {
        SequenceBatch batch = Networks.batch(Networks.sequences(lengths));
        float[] gradient = new float[network.parameters().size()];
        float[] mix = Gradients.normal(Rng.of(2), lengths.length * 12, 1);
        return () -> {
            tape.begin(gradient);
            NetworkOutput output = network.forward(tape, batch, null, Rng.of(3));
            tape.backward(Gradients.weightedSum(tape, output.rows(), mix));
            network.parameters().changed();
        };
    }
}
