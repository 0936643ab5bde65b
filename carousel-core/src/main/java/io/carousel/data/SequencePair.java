package io.carousel.data;

import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A source and what a decoder is to make of it.
 *
 * @param source {@code [S, F]}, row by row
 * @param inputs {@code [T, G]}: what the decoder reads in each time step when it is told what came before
 * @param targets {@code [T, K]}: what it should give in each
 * @param symbols for each row of the source the number of its symbol in the decoder's vocabulary, from V on for one that only the source
 *     has, negative for none: for a decoder that copies, whose targets use the same numbers; null for others
 */
public record SequencePair(Tensor source, Tensor inputs, Tensor targets, int @Nullable [] symbols) {
    public SequencePair {
        if (inputs.rows() != targets.rows()) {
            throw new IllegalArgumentException(
                    "inputs must have a row for each of the " + targets.rows() + " targets, got " + inputs.rows());
        }
    }

    /** A pair of which nothing is copied. */
    public SequencePair(Tensor source, Tensor inputs, Tensor targets) {
        this(source, inputs, targets, null);
    }

    /** The same whose source may be copied. */
    public SequencePair withSymbols(int... numbers) {
        return new SequencePair(source, inputs, targets, numbers);
    }

    /**
     * A pair of token numbers: the decoder reads {@code start, y1, …, yn} and should give {@code y1, …, yn, end}.
     *
     * @param start the number that stands in front of what the decoder reads
     * @param end the number that ends what it gives
     */
    public static SequencePair ofTokens(int[] source, int[] target, int start, int end) {
        float[] inputs = new float[target.length + 1];
        float[] targets = new float[target.length + 1];
        inputs[0] = start;
        targets[target.length] = end;
        for (int t = 0; t < target.length; t++) {
            inputs[t + 1] = target[t];
            targets[t] = target[t];
        }
        return new SequencePair(column(source), column(inputs), column(targets));
    }

    private static Tensor column(int[] numbers) {
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers[i];
        }
        return column(values);
    }

    private static Tensor column(float[] values) {
        return new Tensor(Shape.of(values.length, 1), values, 0);
    }
}
