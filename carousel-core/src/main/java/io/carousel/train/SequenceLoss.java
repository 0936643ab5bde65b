package io.carousel.train;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.State;
import io.carousel.layer.TapedSource;
import io.carousel.loss.Loss;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a training makes small at the time steps that have targets, and how much of the network it computes itself.
 *
 * <p>Implementations are stateless and safe for any number of threads.
 */
public interface SequenceLoss {
    /** The sum of a {@link Loss} over all targets, of what the whole network gives. */
    static SequenceLoss of(Loss loss) {
        return new OutputLoss(loss);
    }

    /**
     * Checks that a network can be trained with this loss.
     *
     * @param targets K, those of a time step
     * @throws IllegalArgumentException when it cannot
     */
    void requireFit(Network network, int targets);

    /**
     * Runs those layers that this loss does not compute itself.
     *
     * @param source what the network reads besides the batch; null for nothing
     */
    NetworkOutput forward(
            Network network,
            Tape tape,
            @Nullable TapedSource source,
            SequenceBatch batch,
            @Nullable State initial,
            @Nullable Rng dropout);

    /**
     * The loss of rows, without penalties.
     *
     * @param rows {@code [N, F]}: what {@link #forward} gave, at the time steps that have targets
     * @param targets {@code [N, K]}
     */
    ShardLoss sum(Network network, Tape tape, Variable rows, Tensor targets);

    /**
     * {@link #sum(Network, Tape, Variable, Tensor, Rng)} for a loss that sees more than rows.
     *
     * @param output what {@link #forward} gave
     * @param symbols those of the sources that may be copied, in the caller's order; null for none
     */
    default ShardLoss sum(
            Network network,
            Tape tape,
            NetworkOutput output,
            int @Nullable [][] symbols,
            Tensor targets,
            @Nullable Rng rng) {
        return sum(network, tape, output.rows(), targets, rng);
    }

    /**
     * {@link #sum(Network, Tape, Variable, Tensor)} of a training, which may be an estimate.
     *
     * @param rng the random numbers of this batch; null in prediction
     */
    default ShardLoss sum(Network network, Tape tape, Variable rows, Tensor targets, @Nullable Rng rng) {
        return sum(network, tape, rows, targets);
    }
}
