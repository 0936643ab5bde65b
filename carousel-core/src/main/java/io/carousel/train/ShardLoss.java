package io.carousel.train;

import io.carousel.autograd.Variable;

/**
 * The loss of a shard.
 *
 * @param sum a scalar: the sum of the losses of all targets
 * @param weight what the sums of a mini-batch are divided by in the end, such as the number of targets
 */
public record ShardLoss(Variable sum, double weight) {
    public ShardLoss {
        if (sum.value().size() != 1) {
            throw new IllegalArgumentException(
                    "loss of a shard must be a scalar, got shape " + sum.value().shape() + "; sum it first");
        }
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight of a shard must be finite and not negative, got " + weight);
        }
    }
}
