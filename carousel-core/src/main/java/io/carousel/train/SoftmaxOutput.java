package io.carousel.train;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.State;
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
    /** Whole numbers are exact in a float up to here. */
    private static final int MOST = 1 << 24;

    public SoftmaxOutput {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing must be in [0, 1), got " + smoothing);
        }
    }

    /** Without smoothing. */
    public SoftmaxOutput() {
        this(0);
    }

    @Override
    public void requireFit(Network network, int targets) {
        if (targets != 1 && targets != 2) {
            throw new IllegalArgumentException(
                    "streams must have 1 target, a class, or 2, a class and its weight, got " + targets);
        }
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
            Network network, Tape tape, SequenceBatch batch, @Nullable State initial, @Nullable Rng dropout) {
        return network.forwardBeneathOutput(tape, batch, initial, dropout);
    }

    @Override
    public ShardLoss sum(Network network, Tape tape, Variable rows, Tensor targets) {
        Network.Output output = network.output().orElseThrow();
        SoftmaxCrossEntropy.Targets wanted = targets(targets);
        Variable sum = SoftmaxCrossEntropy.apply(tape, rows, output.weight(), output.bias(), wanted);
        return new ShardLoss(sum, wanted.weight());
    }

    private SoftmaxCrossEntropy.Targets targets(Tensor targets) {
        int columns = targets.columns();
        int[] classes = new int[targets.rows()];
        float[] weights = columns == 1 ? null : new float[classes.length];
        for (int row = 0; row < classes.length; row++) {
            int at = targets.offset() + row * columns;
            float target = targets.data()[at];
            if (target != (int) target || target >= MOST) {
                throw new IllegalArgumentException("target " + row + " must be a whole number below 2^24, got " + target
                        + "; number classes from 0");
            }
            classes[row] = (int) target;
            if (weights != null) {
                weights[row] = targets.data()[at + 1];
            }
        }
        return new SoftmaxCrossEntropy.Targets(classes, weights, smoothing);
    }
}
