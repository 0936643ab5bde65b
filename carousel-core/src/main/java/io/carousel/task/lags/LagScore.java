package io.carousel.task.lags;

import io.carousel.autograd.Tape;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * How a network does on some sequences of a problem.
 *
 * @param sequences how many were looked at
 * @param wrong those with an error that is not below the problem's tolerance
 * @param meanError the mean of their errors
 * @param meanSquaredError the mean over all rows and outputs
 */
public record LagScore(int sequences, int wrong, double meanError, double meanSquaredError) {
    /** Floats of the inputs that are computed at a time. */
    private static final int INPUTS_AT_A_TIME = 1 << 21;

    private static final int SEQUENCES_AT_A_TIME = 64;

    /**
     * Computes sequences and counts.
     *
     * @param count how many sequences
     * @param source gives the sequence of that number
     * @param wrongAtMost where to stop looking: with more wrong ones than that the rest does not matter
     * @param stop asked between batches; then the score is of what was seen so far
     */
    public static LagScore of(
            LagTask task,
            Network network,
            Kernels kernels,
            int count,
            IntFunction<LagSequence> source,
            int wrongAtMost,
            BooleanSupplier stop) {
        Tape tape = new Tape(kernels, new Workspace());
        int atATime = (int)
                Math.max(1, Math.min(SEQUENCES_AT_A_TIME, INPUTS_AT_A_TIME / ((long) task.inputs() * task.span())));
        int seen = 0;
        int wrong = 0;
        double errors = 0;
        double squares = 0;
        long outputs = 0;
        while (seen < count && wrong <= wrongAtMost && !stop.getAsBoolean()) {
            List<LagSequence> sequences = new ArrayList<>();
            for (int i = seen; i < Math.min(count, seen + atATime); i++) {
                sequences.add(source.apply(i));
            }
            tape.begin();
            LagBatch batch = LagBatch.of(task, sequences, tape.workspace());
            Tensor raw =
                    network.forward(tape, batch.inputs(), null, null).rows().value();
            for (int index = 0; index < sequences.size(); index++) {
                float[][] given = LagObjective.outputs(batch, raw, index);
                double error = task.error(sequences.get(index), given);
                wrong += error < task.tolerance() ? 0 : 1;
                errors += error;
                squares += squares(sequences.get(index).truth(), given);
                outputs += (long) given.length * task.outputs();
            }
            seen += sequences.size();
        }
        return new LagScore(seen, wrong, errors / Math.max(1, seen), squares / Math.max(1, outputs));
    }

    private static double squares(float[][] truth, float[][] outputs) {
        double sum = 0;
        for (int row = 0; row < outputs.length; row++) {
            for (int i = 0; i < outputs[row].length; i++) {
                double difference = (double) outputs[row][i] - truth[row][i];
                sum += difference * difference;
            }
        }
        return sum;
    }
}
