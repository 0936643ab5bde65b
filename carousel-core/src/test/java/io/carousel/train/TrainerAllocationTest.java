package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.carousel.kernel.ScalarKernels;
import io.carousel.layer.Network;
import io.carousel.loss.SquaredLoss;
import io.carousel.tensor.Rng;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** With the plain kernels, whose arrays are all that there is: what a compiler makes of vectors is the kernels' affair. */
class TrainerAllocationTest {
    @Test
    void aTrainingStepInSteadyStateAllocatesLessThan64KilobytesOverAllWorkers() {
        SquaredLoss loss = new SquaredLoss();
        Network network = SequenceTask.network(loss, 0.1, 1, 32, 32);
        SequenceTask training = new SequenceTask(network, loss, 640, 20, 40, Rng.of(2));
        AllocationPerStep allocation = new AllocationPerStep();

        Trainer.builder(TrainingPlan.defaults().withEpochs(30))
                .threads(2)
                .kernels(new ScalarKernels())
                .listener(allocation)
                .build()
                .fit(training, null);

        assertThat(allocation.bytes).as("bytes of one step").isPositive().isLessThan(64 << 10);
    }

    /** Of the last quarter of the steps, when everything is compiled and every workspace has its size. */
    private static final class AllocationPerStep implements TrainingListener {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private long before;
        private long firstStep;
        private double bytes;

        @Override
        public void step(StepReport report) {
            if (report.step() == report.totalSteps() * 3 / 4) {
                before = allocated();
                firstStep = report.step();
            } else if (report.step() == report.totalSteps()) {
                bytes = (allocated() - before) / (double) (report.step() - firstStep);
            }
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
