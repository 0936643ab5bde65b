package io.carousel.train;

import io.carousel.autograd.GradientBlock;
import io.carousel.autograd.GradientSum;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.ShardGradient;
import io.carousel.autograd.Tape;
import io.carousel.kernel.Kernels;
import io.carousel.optim.Clipping;
import io.carousel.optim.Optimizer;
import io.carousel.tensor.Rng;
import io.carousel.train.ChunkedObjective.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One update: the gradients of a mini-batch's shards, their sum in shard order, clipping and the optimiser.
 *
 * <p>Workers take the shards of a wave through forward and backward, then the blocks of the sum, which compute the products for
 * large weights, then the blocks of the update, then the large packed forms. The sum is a chain over the shards for each weight,
 * {@code ((g0 + g1) + g2) + …}, so neither who computed a shard, nor how many shards a wave has, nor how the weights are cut into
 * blocks can be seen in it.
 */
final class BatchStep {
    /** Shards of a wave, for each worker: enough that the workers seldom wait for each other. */
    private static final int SHARDS_PER_WORKER = 2;

    private final TrainingPlan plan;
    private final Objective objective;
    private final Parameters parameters;
    private final Optimizer optimizer;
    private final Workers workers;
    private final Kernels kernels;
    private final Rng dropout;
    private final GradientSum sum;
    private final float[] total;
    private final int waveLimit;
    private final List<List<ShardGradient>> gradients = new ArrayList<>();
    private final int[] taken;
    private final ShardGradient[] shardGradients;
    private final int[] cutChunks;
    private final double[] squares;
    private final double[] lossSums;
    private final double[] lossWeights;

    private final WorkerPool.Task shardTask = this::shard;
    private final WorkerPool.Task sumTask = this::sum;
    private final WorkerPool.Task squaresTask = this::squaresOfCutChunk;
    private final WorkerPool.Task clipTask = this::clipByValue;
    private final WorkerPool.Task updateTask = this::update;
    private final WorkerPool.Task packTask = this::pack;
    private final GradientBlock.Range scaleRange = this::scale;
    private final GradientBlock.Range clipRange = this::clipWeights;
    private final GradientBlock.Range updateRange = this::updateWeights;

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
        int batch = Math.min(plan.batchSize(), objective.examples());
        int shards = Math.max(1, ceilDivide(batch, plan.shardSize()));
        int count = workers.pool().workers();
        waveLimit = Math.min(shards, SHARDS_PER_WORKER * count);
        taken = new int[count];
        for (int worker = 0; worker < count; worker++) {
            gradients.add(new ArrayList<>());
        }
        shardGradients = new ShardGradient[waveLimit];
        sum = new GradientSum(parameters, kernels);
        total = sum.total();
        squares = new double[ceilDivide(total.length, Clipping.CHUNK)];
        cutChunks = cutChunks(sum, squares.length);
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
        objective.beforeUpdate(step);
        int shards = ceilDivide(end - first, plan.shardSize());
        for (wave = 0; wave < shards; wave += waveSize) {
            waveSize = Math.min(waveLimit, shards - wave);
            lastWave = wave + waveSize == shards;
            Arrays.fill(taken, 0);
            workers.pool().forEach(waveSize, shardTask);
            if (lastWave) {
                addLosses(shards);
                if (weight == 0 && chunk != null) {
                    return false;
                }
            }
            workers.pool().forEach(sum.blocks(), sumTask);
        }
        workers.pool().forEach(cutChunks.length, squaresTask);
        norm = rootOfSquares();
        check(epoch, step);
        clip();
        optimizer.begin();
        workers.pool().forEach(sum.blocks(), updateTask);
        parameters.changed();
        workers.pool().forEach(parameters.packedForms(), packTask);
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
            workers.pool().forEach(sum.blocks(), clipTask);
            workers.pool().forEach(cutChunks.length, squaresTask);
            clippedNorm = rootOfSquares();
        }
        factor = plan.clipNorm() > 0 ? Clipping.factor(clippedNorm, plan.clipNorm()) : 1;
    }

    /** The chunks that do not lie inside one block. */
    private static int[] cutChunks(GradientSum sum, int chunks) {
        BitSet cut = new BitSet(chunks);
        for (int i = 1; i < sum.blocks(); i++) {
            int from = sum.block(i).from();
            if (from % Clipping.CHUNK != 0) {
                cut.set(from / Clipping.CHUNK);
            }
        }
        return cut.stream().toArray();
    }

    private double rootOfSquares() {
        double all = 0;
        for (double chunk : squares) {
            all += chunk;
        }
        return Math.sqrt(all);
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
        int number = taken[worker]++;
        ShardGradient gradient = gradient(worker, number);
        shardGradients[index] = gradient;
        Tape tape = workers.tape(worker, number);
        tape.begin(gradient);
        ShardLoss loss = loss(tape, first, Math.min(to, first + plan.shardSize()), stepDropout.stream(shard));
        tape.backward(loss.sum());
        lossSums[shard] = scalar(loss);
        lossWeights[shard] = loss.weight();
    }

    /** A worker keeps to its own memory, as far as the shards of a wave are shared evenly. */
    private ShardGradient gradient(int worker, int number) {
        List<ShardGradient> own = gradients.get(worker);
        if (own.size() == number) {
            own.add(sum.shard());
        }
        return own.get(number);
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

    private void sum(int worker, int index) {
        GradientBlock block = sum.block(index);
        block.add(shardGradients, waveSize, wave == 0, lastWave);
        if (lastWave) {
            block.forEachRange(scaleRange);
            addSquares(block);
        }
    }

    private void scale(int first, int end) {
        kernels.scale(end - first, (float) (1 / weight), total, first);
    }

    /** Those of the chunks that lie inside a block. */
    private void addSquares(GradientBlock block) {
        int chunk = ceilDivide(block.from(), Clipping.CHUNK);
        for (int first = chunk * Clipping.CHUNK; first < block.to(); first += Clipping.CHUNK) {
            int end = Math.min(total.length, first + Clipping.CHUNK);
            if (end <= block.to()) {
                squares[first / Clipping.CHUNK] =
                        block.isZero(first, end) ? 0 : Clipping.squares(kernels, total, first, end);
            }
        }
    }

    private void squaresOfCutChunk(int worker, int index) {
        int first = cutChunks[index] * Clipping.CHUNK;
        int end = Math.min(total.length, first + Clipping.CHUNK);
        squares[cutChunks[index]] = Clipping.squares(kernels, total, first, end);
    }

    private void clipByValue(int worker, int index) {
        GradientBlock block = sum.block(index);
        block.forEachRange(clipRange);
        addSquares(block);
    }

    private void clipWeights(int first, int end) {
        kernels.clip(end - first, (float) plan.clipValue(), total, first);
    }

    private void update(int worker, int index) {
        GradientBlock block = sum.block(index);
        if (optimizer.leavesWeightsWithoutGradient()) {
            block.forEachRange(updateRange);
        } else {
            updateRange.run(block.from(), block.to());
            if (optimizer.addsToGradient()) {
                block.overwritten();
            }
        }
    }

    private void updateWeights(int first, int end) {
        optimizer.update(kernels, total, factor, rate, first, end);
    }

    private void pack(int worker, int index) {
        parameters.pack(index, kernels);
    }

    static int ceilDivide(int a, int b) {
        return a / b + (a % b == 0 ? 0 : 1);
    }
}
