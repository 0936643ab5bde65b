package io.carousel.data;

import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.List;

/**
 * Sequences of feature rows, ragged and time-major.
 *
 * @param layout where the rows stand
 * @param values {@code [N, F]}, one row for each time step of each sequence
 */
public record SequenceBatch(BatchLayout layout, Tensor values) {
    public SequenceBatch {
        if (values.rows() != layout.rows() && values.size() > 0) {
            throw new IllegalArgumentException(
                    "values must have " + layout.rows() + " rows, the sum of the lengths, got " + values.rows()
                            + "; build the batch with SequenceBatch.of");
        }
    }

    /** A batch whose rows the caller fills, each from {@link #offset} on. */
    public static SequenceBatch allocate(Workspace workspace, BatchLayout layout, int features) {
        return new SequenceBatch(layout, workspace.take(layout.rows(), features));
    }

    /**
     * A batch of sequences given as {@code [T][F]} arrays.
     *
     * @throws IllegalArgumentException when a row has another number of features than the first
     */
    public static SequenceBatch of(List<float[][]> sequences, int features) {
        int[] lengths = sequences.stream().mapToInt(s -> s.length).toArray();
        BatchLayout layout = BatchLayout.of(lengths);
        SequenceBatch batch = new SequenceBatch(layout, Tensor.zeros(layout.rows(), features));
        for (int index = 0; index < lengths.length; index++) {
            for (int t = 0; t < lengths[index]; t++) {
                float[] row = sequences.get(index)[t];
                if (row.length != features) {
                    throw new IllegalArgumentException("time step " + t + " of sequence " + index
                            + " must have shape [F] = [" + features + "], got [" + row.length + "]");
                }
                System.arraycopy(row, 0, batch.values.data(), batch.offset(index, t), features);
            }
        }
        return batch;
    }

    /** F: the number of features. */
    public int features() {
        return values.columns();
    }

    /** Where in {@code values().data()} a time step of the sequence with that index starts. */
    public int offset(int index, int t) {
        return values.offset() + layout.row(index, t) * values.columns();
    }
}
