package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.layer.Network;
import io.carousel.loss.SquaredLoss;
import io.carousel.tensor.Rng;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerAllocationTest {
    private static final int LIMIT = 64 << 10;

    static List<Kernels> kernels() {
        return List.of(new ScalarKernels(), Kernels.best());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aTrainingStepInSteadyStateAllocatesLessThan64KilobytesOverAllWorkers(Kernels kernels) {
        SquaredLoss loss = new SquaredLoss();
        Network network = SequenceTask.network(loss, 0.1, 1, 32, 32);
        SequenceTask training = new SequenceTask(network, loss, 640, 20, 40, Rng.of(2));
        AllocationPerStep allocation = new AllocationPerStep();
        Trainer trainer = Trainer.builder(TrainingPlan.defaults().withEpochs(20_000))
                .threads(2)
                .kernels(kernels)
                .listener(allocation)
                .build();
        allocation.trainer = trainer;

        trainer.fit(training, null);

        assertThat(allocation.bytes)
                .as("bytes of one step with %s", kernels.name())
                .isPositive()
                .isLessThan(LIMIT);
    }

    /**
     * Measures epoch after epoch until everything is compiled and every workspace has its size; then stops. That takes more
     * epochs on a busy machine, which compiles late: only a failure takes all of them.
     */
    private static final class AllocationPerStep implements TrainingListener {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private Trainer trainer;
        private long before;
        private long stepsBefore;
        private double bytes;

        @Override
        public void epoch(EpochReport report) {
            long now = allocated();
            if (report.epoch() > 1) {
                bytes = (now - before) / (double) (report.steps() - stepsBefore);
                if (bytes < LIMIT) {
                    trainer.stop();
                }
            }
            before = allocated();
            stepsBefore = report.steps();
        }

        private long allocated() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread ->
                            thread == Thread.currentThread() || thread.getName().startsWith("carousel-trainer"))
                    .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
                    .sum();
        }
    }
}
