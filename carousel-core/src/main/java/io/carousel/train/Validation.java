package io.carousel.train;

import io.carousel.autograd.Tape;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/** The mean loss over all validation examples, in shards like those of the training, without a gradient. */
final class Validation {
    private final Objective objective;
    private final Workers workers;
    private final int shardSize;
    private final int[] order;
    private final double[] lossSums;
    private final double[] lossWeights;

    Validation(Objective objective, int shardSize, Workers workers) {
        this.objective = objective;
        this.workers = workers;
        this.shardSize = shardSize;
        order = new int[objective.examples()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int shards = BatchStep.ceilDivide(order.length, shardSize);
        lossSums = new double[shards];
        lossWeights = new double[shards];
    }

    /** Nothing when it was cancelled before the end. */
    OptionalDouble loss(BooleanSupplier cancelled) {
        boolean[] left = new boolean[lossSums.length];
        workers.pool().forEach(lossSums.length, (worker, shard) -> {
            if (cancelled.getAsBoolean()) {
                left[shard] = true;
                return;
            }
            Tape tape = workers.tape(worker, 0);
            tape.begin();
            int from = shard * shardSize;
            ShardLoss loss = objective.forward(tape, order, from, Math.min(order.length, from + shardSize), null);
            lossSums[shard] = BatchStep.scalar(loss);
            lossWeights[shard] = loss.weight();
        });
        double sum = 0;
        double weight = 0;
        for (int s = 0; s < lossSums.length; s++) {
            if (left[s]) {
                return OptionalDouble.empty();
            }
            sum += lossSums[s];
            weight += lossWeights[s];
        }
        if (!(weight > 0)) {
            throw new IllegalArgumentException("weight of the validation examples must be positive, got " + weight
                    + "; leave out examples without targets");
        }
        return OptionalDouble.of(sum / weight);
    }
}
