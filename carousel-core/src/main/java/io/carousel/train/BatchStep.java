package io.carousel.train;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.kernel.Kernels;
import io.carousel.optim.Clipping;
import io.carousel.optim.Optimizer;
import io.carousel.tensor.Rng;
import io.carousel.train.ChunkedObjective.Chunk;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One update: the gradients of a mini-batch's shards, their sum in shard order, clipping and the optimiser.
 *
 * <p>The sum is a chain over the shards for each weight, {@code ((g0 + g1) + g2) + …}, so neither who computed a shard, nor
 * how many gradients are held at a time, nor how the weights are cut into ranges can be seen in it.
 */
final class BatchStep {
    /** Weights that are summed and updated at a time; a multiple of {@link Clipping#CHUNK}. */
    private static final int RANGE = 4 * Clipping.CHUNK;
    /** Gradients held at a time, for each worker: enough that the workers seldom wait for each other. */
    private static final int GRADIENTS_PER_WORKER = 2;

    private final TrainingPlan plan;
    private final Objective objective;
    private final Parameters parameters;
    private final Optimizer optimizer;
    private final Workers workers;
    private final Kernels kernels;
    private final Rng dropout;
    private final int ranges;
    private final float[][] gradients;
    private final float[] total;
    private final double[] squares;
    private final double[] lossSums;
    private final double[] lossWeights;

    private final WorkerPool.Task shardTask = this::shard;
    private final WorkerPool.Task sumTask = this::sum;
    private final WorkerPool.Task clipTask = this::clipByValue;
    private final WorkerPool.Task updateTask = this::update;

    private int[] examples = {};
    private int from;
    private int to;
    private @Nullable Chunk chunk;
    private int wave;
    private int waveSize;
    private boolean lastWave;
    private double rate;
    private double factor;
    private Rng stepDropout;

    private double lossSum;
    private double weight;
    private double norm;

    BatchStep(TrainingPlan plan, Objective objective, Optimizer optimizer, Workers workers, Kernels kernels) {
        this.plan = plan;
        this.objective = objective;
        this.parameters = objective.parameters();
        this.optimizer = optimizer;
        this.workers = workers;
        this.kernels = kernels;
        dropout = Rng.of(plan.seed()).stream("dropout");
        stepDropout = dropout;
        int size = parameters.size();
        int batch = Math.min(plan.batchSize(), objective.examples());
        int shards = Math.max(1, ceilDivide(batch, plan.shardSize()));
        gradients =
                new float[Math.min(shards, GRADIENTS_PER_WORKER * workers.pool().workers())][size];
        total = new float[size];
        ranges = ceilDivide(size, RANGE);
        squares = new double[ceilDivide(size, Clipping.CHUNK)];
        lossSums = new double[shards];
        lossWeights = new double[shards];
    }

    /**
     * Updates the parameters with a mini-batch.
     *
     * @param part the chunk of the examples; null when they are read whole
     * @param step the place of the mini-batch, or of its chunk, in the whole training, from 1
     * @return whether there was an update: a chunk may be without targets
     * @throws TrainingDivergedException before the update, when the loss or the gradient is not finite
     */
    boolean run(int[] order, int first, int end, @Nullable Chunk part, double learningRate, int epoch, long step) {
        examples = order;
        from = first;
        to = end;
        chunk = part;
        rate = learningRate;
        stepDropout = dropout.stream(step);
        int shards = ceilDivide(end - first, plan.shardSize());
        for (wave = 0; wave < shards; wave += waveSize) {
            waveSize = Math.min(gradients.length, shards - wave);
            lastWave = wave + waveSize == shards;
            workers.pool().forEach(waveSize, shardTask);
            if (lastWave) {
                addLosses(shards);
                if (weight == 0 && chunk != null) {
                    return false;
                }
            }
            workers.pool().forEach(ranges, sumTask);
        }
        norm = rootOfSquares();
        check(epoch, step);
        clip();
        optimizer.begin();
        workers.pool().forEach(ranges, updateTask);
        parameters.changed();
        return true;
    }

    private void addLosses(int shards) {
        lossSum = 0;
        weight = 0;
        for (int s = 0; s < shards; s++) {
            lossSum += lossSums[s];
            weight += lossWeights[s];
        }
        if (!(weight > 0) && chunk == null) {
            throw new IllegalArgumentException(
                    "weight of a mini-batch must be positive, got " + weight + "; leave out examples without targets");
        }
    }

    private void check(int epoch, long step) {
        if (!Double.isFinite(lossSum)) {
            throw TrainingDivergedException.loss(lossSum, norm, epoch, step);
        }
        if (!Double.isFinite(norm)) {
            throw TrainingDivergedException.gradient(lossSum / weight, norm, epoch, step);
        }
    }

    private void clip() {
        double clippedNorm = norm;
        if (plan.clipValue() > 0) {
            workers.pool().forEach(ranges, clipTask);
            clippedNorm = rootOfSquares();
        }
        factor = plan.clipNorm() > 0 ? Clipping.factor(clippedNorm, plan.clipNorm()) : 1;
    }

    private double rootOfSquares() {
        double sum = 0;
        for (double chunk : squares) {
            sum += chunk;
        }
        return Math.sqrt(sum);
    }

    /** The sum of the mini-batch's losses, before the update. */
    double lossSum() {
        return lossSum;
    }

    /** The weight of the mini-batch. */
    double weight() {
        return weight;
    }

    /** The gradient's norm before any clipping. */
    double norm() {
        return norm;
    }

    // ---------------------------------------------------------------- what the workers do

    private void shard(int worker, int index) {
        int shard = wave + index;
        int first = from + shard * plan.shardSize();
        float[] gradient = gradients[index];
        Arrays.fill(gradient, 0);
        Tape tape = workers.tape(worker);
        tape.begin(gradient);
        ShardLoss loss = loss(tape, first, Math.min(to, first + plan.shardSize()), stepDropout.stream(shard));
        tape.backward(loss.sum());
        lossSums[shard] = scalar(loss);
        lossWeights[shard] = loss.weight();
    }

    private ShardLoss loss(Tape tape, int first, int end, Rng random) {
        Chunk part = chunk;
        return part != null && objective instanceof ChunkedObjective chunked
                ? chunked.forward(tape, examples, first, end, part, random)
                : objective.forward(tape, examples, first, end, random);
    }

    static double scalar(ShardLoss loss) {
        return loss.sum().value().data()[loss.sum().value().offset()];
    }

    private void sum(int worker, int range) {
        int first = range * RANGE;
        int end = Math.min(total.length, first + RANGE);
        for (int i = 0; i < waveSize; i++) {
            if (wave + i == 0) {
                System.arraycopy(gradients[i], first, total, first, end - first);
            } else {
                kernels.add(end - first, gradients[i], first, total, first);
            }
        }
        if (lastWave) {
            kernels.scale(end - first, (float) (1 / weight), total, first);
            addSquares(first, end);
        }
    }

    private void addSquares(int first, int end) {
        for (int chunk = first; chunk < end; chunk += Clipping.CHUNK) {
            squares[chunk / Clipping.CHUNK] =
                    Clipping.squares(kernels, total, chunk, Math.min(end, chunk + Clipping.CHUNK));
        }
    }

    private void clipByValue(int worker, int range) {
        int first = range * RANGE;
        int end = Math.min(total.length, first + RANGE);
        kernels.clip(end - first, (float) plan.clipValue(), total, first);
        addSquares(first, end);
    }

    private void update(int worker, int range) {
        int first = range * RANGE;
        int end = Math.min(total.length, first + RANGE);
        if (factor < 1) {
            kernels.scale(end - first, (float) factor, total, first);
        }
        optimizer.update(kernels, total, rate, first, end);
    }

    static int ceilDivide(int a, int b) {
        return a / b + (a % b == 0 ? 0 : 1);
    }
}
