package io.carousel.autograd;

import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.Arrays;

/** The few rows of a large matrix that are not zero, in the order in which they were first added to. */
final class RowSum {
    private final int matrixRows;
    private final int columns;
    /** One more than the place of a row in {@link #sums}; 0 for a row that is zero. */
    private int[] places = {};

    private int[] rows = {};
    private float[] sums = {};
    private int used;

    RowSum(int matrixRows, int columns) {
        this.matrixRows = matrixRows;
        this.columns = columns;
    }

    void clear() {
        for (int i = 0; i < used; i++) {
            places[rows[i]] = 0;
        }
        used = 0;
    }

    /** Adds row i of d to row {@code which[i]}. */
    void add(Kernels kernels, int[] which, Tensor d) {
        if (places.length == 0) {
            places = new int[matrixRows];
        }
        for (int i = 0; i < which.length; i++) {
            int from = d.offset() + i * columns;
            int place = places[which[i]];
            if (place == 0) {
                makeRoom();
                System.arraycopy(d.data(), from, sums, used * columns, columns);
                rows[used++] = which[i];
                places[which[i]] = used;
            } else {
                kernels.add(columns, d.data(), from, sums, (place - 1) * columns);
            }
        }
    }

    private void makeRoom() {
        if (used == rows.length) {
            int wanted = Math.min(matrixRows, Math.max(16, 2 * used));
            rows = Arrays.copyOf(rows, wanted);
            sums = Arrays.copyOf(sums, Math.multiplyExact(wanted, columns));
        }
    }

    /** The rows that are not zero. */
    int count() {
        return used;
    }

    /** The number of one of them in the matrix. */
    int row(int index) {
        return rows[index];
    }

    /** Adds those of the rows [from, to) to a target in which row {@code from} stands first. */
    void addTo(Kernels kernels, int from, int to, float[] target, int offset) {
        for (int i = 0; i < used; i++) {
            if (from <= rows[i] && rows[i] < to) {
                kernels.add(columns, sums, i * columns, target, offset + (rows[i] - from) * columns);
            }
        }
    }
}
