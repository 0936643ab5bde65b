package io.carousel.task.lags;

import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.List;

/**
 * Sequences of one problem as a batch.
 *
 * @param sequences in the caller's order
 * @param inputs {@code [N, F]}, sorted and ragged
 * @param targets one row for each row of the outputs: {@code [N, outputs]}, rows as in the layout of {@code inputs}, where
 *     every time step has a target, else {@code [B, outputs]} in the caller's order
 */
public record LagBatch(List<LagSequence> sequences, SequenceBatch inputs, Tensor targets) {
    public LagBatch {
        sequences = List.copyOf(sequences);
    }

    /** The batch of these sequences, in arrays of the workspace. */
    public static LagBatch of(LagTask task, List<LagSequence> sequences, Workspace workspace) {
        BatchLayout layout =
                BatchLayout.of(sequences.stream().mapToInt(LagSequence::length).toArray());
        SequenceBatch inputs = SequenceBatch.allocate(workspace, layout, task.inputs());
        Tensor targets = workspace.take(task.everyStep() ? layout.rows() : sequences.size(), task.outputs());
        LagBatch batch = new LagBatch(sequences, inputs, targets);
        for (int index = 0; index < sequences.size(); index++) {
            LagSequence sequence = sequences.get(index);
            for (int t = 0; t < sequence.length(); t++) {
                sequence.inputs().write(t, inputs.values().data(), inputs.offset(index, t));
            }
            for (int step = 0; step < sequence.targets().length; step++) {
                System.arraycopy(
                        sequence.targets()[step],
                        0,
                        targets.data(),
                        targets.offset() + batch.row(index, step) * task.outputs(),
                        task.outputs());
            }
        }
        return batch;
    }

    /** The row of targets and outputs in which a sequence's target of that number stands. */
    public int row(int index, int step) {
        return sequences.get(index).targets().length == 1
                ? index
                : inputs.layout().row(index, step);
    }
}
