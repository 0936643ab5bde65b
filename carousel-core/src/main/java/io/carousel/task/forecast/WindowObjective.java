package io.carousel.task.forecast;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.loss.Loss;
import io.carousel.loss.Losses;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.train.Objective;
import io.carousel.train.ShardLoss;
import org.jspecify.annotations.Nullable;

/** The loss of a network over windows of series, per target. */
final class WindowObjective implements Objective {
    private final Network network;
    private final Loss loss;
    private final WindowEncoder encoder;
    private final WindowSet windows;
    private final float[][] targets;

    /**
     * An objective.
     *
     * @param targets by window, then by step
     */
    WindowObjective(Network network, Loss loss, WindowEncoder encoder, WindowSet windows, float[][] targets) {
        this.network = network;
        this.loss = loss;
        this.encoder = encoder;
        this.windows = windows;
        this.targets = targets;
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public int examples() {
        return windows.size();
    }

    @Override
    public ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
        int size = to - from;
        int steps = encoder.steps();
        SequenceBatch batch = batch(tape, encoder, windows, examples, from, to);
        Tensor wanted = tape.workspace().take(size, steps);
        for (int i = 0; i < size; i++) {
            System.arraycopy(targets[examples[from + i]], 0, wanted.data(), wanted.offset() + i * steps, steps);
        }
        NetworkOutput output = network.forward(tape, batch, null, dropout);
        double weight = (double) size * steps;
        return new ShardLoss(output.penalized(tape, Losses.apply(tape, loss, output.rows(), wanted), weight), weight);
    }

    /** The windows of some examples as a batch in the tape's workspace. */
    static SequenceBatch batch(Tape tape, WindowEncoder encoder, WindowSet windows, int[] examples, int from, int to) {
        int size = to - from;
        SequenceBatch batch = SequenceBatch.allocate(
                tape.workspace(), BatchLayout.uniform(size, encoder.length()), encoder.features());
        for (int i = 0; i < size; i++) {
            int example = examples[from + i];
            // Lengths are all alike, so one time step is as far from the next for every sequence.
            encoder.encode(
                    windows.series(example),
                    windows.origin(example),
                    batch.values().data(),
                    batch.offset(i, 0),
                    size * encoder.features());
        }
        return batch;
    }

    /** The mean loss where the network gives the same raw outputs for every window. */
    double lossOf(float[] raw) {
        double sum = 0;
        for (float[] target : targets) {
            sum += loss.valueAndGradient(target.length, raw, 0, target, 0, null, 0);
        }
        return sum / ((double) targets.length * encoder.steps());
    }
}
