package io.carousel.train;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.State;
import io.carousel.layer.TapedSource;
import io.carousel.loss.Loss;
import io.carousel.loss.Losses;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A loss of what the whole network gives. */
record OutputLoss(Loss loss) implements SequenceLoss {
    @Override
    public void requireFit(Network network, int targets) {
        if (network.outputSize() != (long) targets * loss.outputs()) {
            throw new IllegalArgumentException("network must have " + loss.outputs() + " outputs for each of " + targets
                    + " targets, got " + network.outputSize() + "; change its last layer");
        }
    }

    @Override
    public NetworkOutput forward(
            Network network,
            Tape tape,
            @Nullable TapedSource source,
            SequenceBatch batch,
            @Nullable State initial,
            @Nullable Rng dropout) {
        return network.forward(tape, source, batch, initial, dropout, null);
    }

    @Override
    public ShardLoss sum(Network network, Tape tape, Variable rows, Tensor targets) {
        return new ShardLoss(Losses.apply(tape, loss, rows, targets), targets.size());
    }
}
