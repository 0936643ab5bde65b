package io.carousel.autograd;

import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;

/**
 * Rows of which many are the same, such as those of an embedding: what is linear in them need be computed for each different
 * row only once.
 *
 * @param distinct {@code [U, F]}: the different rows
 * @param places for each of the N rows, its place among the different ones
 */
public record RepeatedRows(Variable distinct, int[] places) {

    /** U. */
    public int count() {
        return distinct.value().rows();
    }

    /** Row i of {@code to [N, columns]} becomes row {@code places[i]} of {@code from [U, columns]}. */
    public void repeat(Tensor from, Tensor to) {
        int columns = to.columns();
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(
                    from.data(), from.offset() + places[i] * columns, to.data(), to.offset() + i * columns, columns);
        }
    }

    /** The gradient of the different rows from that of all: {@code [U, columns]}, rows added in ascending order. */
    public Tensor sum(Tape tape, int columns, Slice d) {
        Tensor sums = tape.workspace().zeros(count(), columns);
        for (int i = 0; i < places.length; i++) {
            tape.kernels().add(columns, d.array(), d.row(i), sums.data(), sums.offset() + places[i] * columns);
        }
        return sums;
    }
}
