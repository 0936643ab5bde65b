package io.carousel.train;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.State;
import io.carousel.layer.TapedSource;
import io.carousel.loss.SampledSoftmax;
import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of a choice among very many outputs, estimated in training by a sample of them: see {@link SampledSoftmax}.
 *
 * <p>Training losses are estimates, and not to be compared with others; where no derivative is asked for, as in validation, the
 * loss is that of {@link SoftmaxOutput}, of all classes. Classes must be numbered by falling frequency.
 *
 * @param samples S: the classes that are drawn for each shard and chunk
 */
public record SampledSoftmaxOutput(int samples) implements SequenceLoss {
    public SampledSoftmaxOutput {
        if (samples < 1) {
            throw new IllegalArgumentException("samples of classes must be at least 1, got " + samples);
        }
    }

    @Override
    public void requireFit(Network network, int targets) {
        new SoftmaxOutput().requireFit(network, targets);
        if (samples >= network.outputSize()) {
            throw new IllegalArgumentException("samples must be fewer than the " + network.outputSize()
                    + " classes, got " + samples + "; use all of them, as SoftmaxOutput does");
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
        return new SoftmaxOutput().sum(network, tape, rows, targets);
    }

    @Override
    public ShardLoss sum(Network network, Tape tape, Variable rows, Tensor targets, @Nullable Rng rng) {
        if (rng == null || !tape.recording()) {
            return sum(network, tape, rows, targets);
        }
        Network.Output output = network.output().orElseThrow();
        SoftmaxCrossEntropy.Targets wanted = ClassTargets.of(targets, 0);
        ClassTargets.requireBelow(wanted, network.outputSize());
        SampledSoftmax.Sample sample =
                SampledSoftmax.Sample.logUniform(samples, network.outputSize(), rng.stream("sampled classes"));
        Variable sum = SampledSoftmax.apply(tape, rows, output.weight(), output.bias(), wanted, sample);
        return new ShardLoss(sum, wanted.weight());
    }
}
