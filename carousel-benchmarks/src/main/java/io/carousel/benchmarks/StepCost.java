package io.carousel.benchmarks;

import com.sun.management.ThreadMXBean;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.optim.Adam;
import io.carousel.optim.OptimizerSpec;
import io.carousel.optim.Sgd;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.train.Objective;
import io.carousel.train.ShardLoss;
import io.carousel.train.StepReport;
import io.carousel.train.Trainer;
import io.carousel.train.TrainingListener;
import io.carousel.train.TrainingPlan;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints what a whole step of a trainer takes beside its products: two LSTM layers and a dense one, with clipping and an update.
 *
 * <p>The loss is a fixed direction, which costs next to nothing. Run with {@code --add-modules jdk.incubator.vector}; arguments
 * are {@code SIZE THREADS SECONDS [adam]} with the sizes {@code large} (650 units, 10,000 outputs, 20 sequences of 35 steps),
 * {@code small} (8 units, 1 output, 4 sequences of 20 steps), and {@code medium} and {@code wide} between them.
 */
public final class StepCost implements Objective, TrainingListener {
    /** Three products of two operations each for every weight and row. */
    private static final double OPERATIONS_PER_WEIGHT = 6;

    private final Network network;
    private final BatchLayout shard;
    private final int inputs;
    private final int shardSize;
    private final Tensor input;
    private final Tensor slope;
    private final long end;
    private final double[] seconds = new double[200_000];
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private @Nullable Trainer trainer;
    private int steps;
    private int warmSteps;
    private long last;
    private long allocated;
    private final long warm;

    private StepCost(int inputs, int hiddenSize, int outputs, int timeSteps, int shardSize, double duration) {
        this.inputs = inputs;
        this.shardSize = shardSize;
        network = Network.create(
                new NetworkSpec(
                        inputs,
                        List.of(
                                RecurrentSpec.of("encoder", "lstm", List.of(hiddenSize, hiddenSize)),
                                new DenseSpec("head", outputs))),
                Rng.of(1));
        shard = BatchLayout.uniform(shardSize, timeSteps);
        input = random(Rng.of(2), shard.rows(), inputs);
        slope = random(Rng.of(3), shard.rows(), outputs);
        long start = System.nanoTime();
        warm = start + Math.round(duration * 0.4e9);
        end = start + Math.round(duration * 1e9);
        last = start;
    }

    /** Runs one size. */
    public static void main(String[] arguments) {
        String size = arguments[0];
        int count = Integer.parseInt(arguments[1]);
        double duration = Double.parseDouble(arguments[2]);
        OptimizerSpec rule = arguments.length > 3 ? new Adam() : new Sgd(0, false);
        StepCost cost =
                switch (size) {
                    case "large" -> new StepCost(650, 650, 10_000, 35, 10, duration);
                    case "wide" -> new StepCost(256, 256, 65, 64, 16, duration);
                    case "medium" -> new StepCost(128, 128, 65, 50, 25, duration);
                    default -> new StepCost(4, 8, 1, 20, 2, duration);
                };
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(1_000_000)
                .withBatchSize(2 * cost.shardSize)
                .withShardSize(cost.shardSize)
                .withLearningRate(1e-6)
                .withOptimizer(rule);
        Trainer made = Trainer.builder(plan).threads(count).listener(cost).build();
        cost.trainer = made;
        made.fit(cost, null);
        cost.print(size, count, rule);
    }

    private void print(String size, int count, OptimizerSpec rule) {
        int measured = steps - warmSteps;
        double[] sorted = Arrays.copyOfRange(seconds, warmSteps, steps);
        Arrays.sort(sorted);
        int weights = network.parameters().size();
        double operations = OPERATIONS_PER_WEIGHT * 2 * shard.rows() * weights;
        System.out.printf(
                Locale.ROOT,
                "%s %s, %d weights, %d threads, %s, JDK %s: step %.3f ms median, %.3f best (%d steps), %.1f GFLOP/s, %.1f KB allocated%n",
                size,
                rule,
                weights,
                count,
                Kernels.best().name(),
                Runtime.version(),
                sorted[measured / 2] * 1e3,
                sorted[0] * 1e3,
                measured,
                operations / sorted[measured / 2] * 1e-9,
                (allocated() - allocated) / 1024.0 / measured);
    }

    private static Tensor random(Rng rng, int rows, int columns) {
        Tensor tensor = Tensor.zeros(rows, columns);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[i] = (rng.nextFloat() - 0.5f) * 0.1f;
        }
        return tensor;
    }

    private long allocated() {
        long sum = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.equals(Thread.currentThread()) || thread.getName().startsWith("carousel-trainer")) {
                sum += threads.getThreadAllocatedBytes(thread.getId());
            }
        }
        return sum;
    }

    @Override
    public void step(StepReport report) {
        long now = System.nanoTime();
        seconds[steps++] = (now - last) * 1e-9;
        if (warmSteps == 0 && now >= warm) {
            warmSteps = steps;
            allocated = allocated();
        }
        Trainer running = trainer;
        if ((now >= end || steps == seconds.length) && running != null) {
            running.stop();
        }
        last = System.nanoTime();
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public int examples() {
        return 100 * 2 * shardSize;
    }

    @Override
    public ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
        SequenceBatch batch = SequenceBatch.allocate(tape.workspace(), shard, inputs);
        System.arraycopy(input.data(), 0, batch.values().data(), batch.values().offset(), input.size());
        Variable rows = network.forward(tape, batch, null, dropout).rows();
        Variable scalar = tape.record(
                tape.workspace().zeros(1),
                one -> {
                    Tensor target = rows.gradient();
                    tape.kernels().add(slope.size(), slope.data(), 0, target.data(), target.offset());
                },
                rows);
        return new ShardLoss(scalar, shard.rows());
    }
}
