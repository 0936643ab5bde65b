package io.carousel.train;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.State;
import io.carousel.layer.TapedSource;
import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of a choice among the outputs of a network whose last layer is dense: the loss of a language model.
 *
 * <p>The last layer is computed with the loss, so that its outputs never stand whole in memory: see {@link
 * SoftmaxCrossEntropy}. A time step has one target, the number of its class, which is negative where there is none; or two,
 * of which the second is what it counts. The mean loss is in nats: its exponential is the perplexity.
 *
 * @param smoothing of the targets, in [0, 1)
 */
public record SoftmaxOutput(double smoothing) implements SequenceLoss {
    public SoftmaxOutput {
        ClassTargets.requireSmoothing(smoothing);
    }

    /** Without smoothing. */
    public SoftmaxOutput() {
        this(0);
    }

    @Override
    public void requireFit(Network network, int targets) {
        ClassTargets.requireCount(targets);
        if (network.output().isEmpty()) {
            throw new IllegalArgumentException(
                    "last layer of the network must be dense, with an output for each class, got "
                            + network.spec()
                                    .layers()
                                    .get(network.spec().layers().size() - 1));
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
        return network.forwardBeneathOutput(tape, source, batch, initial, dropout);
    }

    @Override
    public ShardLoss sum(Network network, Tape tape, Variable rows, Tensor targets) {
        Network.Output output = network.output().orElseThrow();
        SoftmaxCrossEntropy.Targets wanted = ClassTargets.of(targets, smoothing);
        Variable sum = SoftmaxCrossEntropy.apply(tape, rows, output.weight(), output.bias(), wanted);
        return new ShardLoss(sum, wanted.weight());
    }
}
