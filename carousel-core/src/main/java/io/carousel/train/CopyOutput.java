package io.carousel.train;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.Attention;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.State;
import io.carousel.layer.TapedSource;
import io.carousel.loss.CopyCrossEntropy;
import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of a decoder that may copy symbols of its source: see {@link CopyCrossEntropy}.
 *
 * <p>The network gives a score for each class and, last, one for not copying; it attends to the rows of the source, each of which is
 * a symbol ({@link io.carousel.data.SequencePair#symbols}).
 *
 * @param smoothing of the targets over the classes, in [0, 1)
 */
public record CopyOutput(double smoothing) implements SequenceLoss {
    public CopyOutput {
        ClassTargets.requireSmoothing(smoothing);
    }

    /** Without smoothing. */
    public CopyOutput() {
        this(0);
    }

    @Override
    public void requireFit(Network network, int targets) {
        ClassTargets.requireCount(targets);
        if (!network.readsRows() || network.outputSize() < 2) {
            throw new IllegalArgumentException(
                    "a network that copies must attend to its source and give a score for each class and one more, got "
                            + network.outputSize() + " outputs; use a decoder with attention");
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
        throw new IllegalStateException("copying must see what was attended to; give the whole output");
    }

    @Override
    public ShardLoss sum(
            Network network,
            Tape tape,
            NetworkOutput output,
            int @Nullable [][] symbols,
            Tensor targets,
            @Nullable Rng rng) {
        if (symbols == null) {
            throw new IllegalArgumentException("pairs must have symbols to copy, got none; make them with symbols");
        }
        Attention attention = output.attention().get(0);
        int[] starts = attention.starts();
        int[] copied = new int[starts[starts.length - 1]];
        for (int index = 0; index < symbols.length; index++) {
            int length = output.layout().length(output.layout().position(index));
            for (int t = 0; t < length; t++) {
                int row = output.layout().row(index, t);
                if (starts[row + 1] - starts[row] != symbols[index].length) {
                    throw new IllegalArgumentException("symbols of source " + index + " must be "
                            + (starts[row + 1] - starts[row]) + ", one for each row, got " + symbols[index].length);
                }
                System.arraycopy(symbols[index], 0, copied, starts[row], symbols[index].length);
            }
        }
        SoftmaxCrossEntropy.Targets wanted = ClassTargets.of(targets, smoothing);
        CopyCrossEntropy.Copies copies = new CopyCrossEntropy.Copies(starts, attention.weights(), copied);
        return new ShardLoss(CopyCrossEntropy.apply(tape, output.rows(), copies, wanted), wanted.weight());
    }
}
