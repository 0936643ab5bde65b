package io.carousel.train;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.LastStepSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.loss.Loss;
import io.carousel.loss.Losses;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The adding problem on ragged sequences: of many numbers, add the two that are marked.
 *
 * <p>Source: Hochreiter and Schmidhuber, <i>Long Short-Term Memory</i>, 1997, experiment 4.
 */
final class SequenceTask implements Objective {
    private final Network network;
    private final Loss loss;
    private final float[][][] sequences;
    private final float[] targets;

    SequenceTask(Network network, Loss loss, int count, int shortest, int longest, Rng rng) {
        this.network = network;
        this.loss = loss;
        sequences = new float[count][][];
        targets = new float[count];
        for (int i = 0; i < count; i++) {
            int length = shortest + rng.nextInt(longest - shortest + 1);
            float[][] sequence = new float[length][2];
            for (float[] row : sequence) {
                row[0] = 2 * rng.nextFloat() - 1;
            }
            int first = rng.nextInt(length / 2);
            int second = length / 2 + rng.nextInt(length - length / 2);
            sequence[first][1] = 1;
            sequence[second][1] = 1;
            sequences[i] = sequence;
            targets[i] = sequence[first][0] + sequence[second][0];
        }
    }

    static Network network(Loss loss, double dropout, long seed, Integer... hiddenSizes) {
        return Network.create(
                new NetworkSpec(
                        2,
                        List.of(
                                RecurrentSpec.of("encoder", "lstm", List.of(hiddenSizes))
                                        .withDropout(dropout),
                                new LastStepSpec(),
                                new DenseSpec("head", loss.outputs()))),
                Rng.of(seed).stream("weights"));
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public int examples() {
        return sequences.length;
    }

    @Override
    public ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
        int[] lengths = new int[to - from];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = sequences[examples[from + i]].length;
        }
        SequenceBatch batch = SequenceBatch.allocate(tape.workspace(), BatchLayout.of(lengths), 2);
        Tensor target = tape.workspace().take(to - from, 1);
        for (int i = 0; i < lengths.length; i++) {
            float[][] sequence = sequences[examples[from + i]];
            for (int t = 0; t < sequence.length; t++) {
                System.arraycopy(sequence[t], 0, batch.values().data(), batch.offset(i, t), 2);
            }
            target.data()[target.offset() + i] = targets[examples[from + i]];
        }
        NetworkOutput output = network.forward(tape, batch, null, dropout);
        return new ShardLoss(
                output.penalized(tape, Losses.apply(tape, loss, output.rows(), target), to - from), to - from);
    }
}
