package io.carousel.task.lags;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.layer.Network;
import io.carousel.loss.LogisticLoss;
import io.carousel.loss.Loss;
import io.carousel.loss.Losses;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.train.Objective;
import io.carousel.train.ShardLoss;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a network over the training sequences of a problem; example number i is the sequence number i.
 *
 * <p>On the way it keeps the errors of the last sequences, each by its place in the training: places of one batch are
 * distinct, so workers write without locks.
 */
final class LagObjective implements Objective {
    private static final LogisticLoss LOGISTIC = new LogisticLoss();

    private final LagTask task;
    private final Network network;
    private final Loss loss;
    private final int endWeight;
    private final Rng rng;
    private final int examples;
    private final double[] errors;

    /**
     * An objective.
     *
     * @param kept the number of sequences whose errors are kept
     */
    LagObjective(LagTask task, Network network, LagSetting setting, Rng rng, int kept) {
        this.task = task;
        this.network = network;
        this.loss = setting.loss().loss();
        this.endWeight = setting.endWeight();
        this.rng = rng;
        this.examples = setting.sequences();
        errors = new double[kept];
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public int examples() {
        return examples;
    }

    @Override
    public ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
        List<LagSequence> sequences = new ArrayList<>();
        for (int place = from; place < to; place++) {
            sequences.add(task.training(rng, examples[place]));
        }
        LagBatch batch = LagBatch.of(task, sequences, tape.workspace());
        var raw = network.forward(tape, batch.inputs(), null, dropout).rows();
        if (errors.length > 0) {
            for (int index = 0; index < sequences.size(); index++) {
                float[][] outputs = outputs(batch, raw.value(), index);
                errors[(from + index) % errors.length] = task.error(sequences.get(index), outputs);
            }
        }
        // For each sequence, not for each of its rows: else the gradients of long sequences would be as small as Adam's
        // epsilon.
        return new ShardLoss(loss(tape, batch, raw), sequences.size());
    }

    private Variable loss(Tape tape, LagBatch batch, Variable raw) {
        Variable all = Losses.apply(tape, loss, raw, batch.targets());
        if (endWeight == 1) {
            return all;
        }
        int[] last = new int[batch.sequences().size()];
        Tensor targets = tape.workspace().take(last.length, raw.value().columns());
        for (int index = 0; index < last.length; index++) {
            last[index] = batch.row(index, batch.sequences().get(index).targets().length - 1);
            System.arraycopy(
                    batch.targets().data(),
                    batch.targets().offset() + last[index] * targets.columns(),
                    targets.data(),
                    targets.offset() + index * targets.columns(),
                    targets.columns());
        }
        Variable end = Losses.apply(tape, loss, Operations.gatherRows(tape, raw, last), targets);
        return Operations.addScaled(tape, all, endWeight - 1, end);
    }

    /** The error of the sequence that was trained at that place, one of the last. */
    double error(long place) {
        return errors[(int) (place % errors.length)];
    }

    /** The outputs of a sequence, rows as in its targets. */
    static float[][] outputs(LagBatch batch, Tensor raw, int index) {
        int width = raw.columns();
        float[][] outputs = new float[batch.sequences().get(index).targets().length][width];
        for (int step = 0; step < outputs.length; step++) {
            int offset = raw.offset() + batch.row(index, step) * width;
            for (int i = 0; i < width; i++) {
                outputs[step][i] = LOGISTIC.point(raw.data(), offset + i);
            }
        }
        return outputs;
    }
}
