package io.carousel.kernel;

import io.carousel.kernel.ElementaryLoops.Function;

/** The scalar gate passes of a gated recurrent unit; the vector passes call them for the columns that do not fill a vector. */
public final class GruGates {
    private GruGates() {}

    /** {@link Kernels#gruForward}. */
    static void forward(
            ElementaryLoops loops, int rows, int hiddenSize, Slice z, Slice q, Slice d, Slice hPrevious, Slice h) {
        for (int row = 0; row < rows; row++) {
            sums(0, row, 2 * hiddenSize, z, q, d);
        }
        LstmGates.activate(loops, Function.SIGMOID, rows, 2 * hiddenSize, z, 0);
        for (int row = 0; row < rows; row++) {
            candidate(0, row, hiddenSize, z, q, d);
        }
        LstmGates.activate(loops, Function.TANH, rows, hiddenSize, z, 2 * hiddenSize);
        for (int row = 0; row < rows; row++) {
            output(0, row, hiddenSize, z, hPrevious, h);
        }
    }

    /** {@code z += q + d} for the columns [from, to) of a row. */
    public static void sums(int from, int row, int to, Slice z, Slice q, Slice d) {
        for (int j = from; j < to; j++) {
            z.array()[z.row(row) + j] += q.array()[q.row(row) + j] + d.array()[d.offset() + j];
        }
    }

    /** {@code q_n += d_n; z_n = fma(r, q_n, z_n)} for the columns [from, H) of a row. */
    public static void candidate(int from, int row, int hiddenSize, Slice z, Slice q, Slice d) {
        for (int j = from; j < hiddenSize; j++) {
            int last = 2 * hiddenSize + j;
            float recurrent = q.array()[q.row(row) + last] + d.array()[d.offset() + last];
            q.array()[q.row(row) + last] = recurrent;
            z.array()[z.row(row) + last] = Math.fma(z.array()[z.row(row) + j], recurrent, z.array()[z.row(row) + last]);
        }
    }

    /** {@code h = fma(z, hPrevious, (1 - z) * n)} for the columns [from, H) of a row. */
    public static void output(int from, int row, int hiddenSize, Slice gates, Slice hPrevious, Slice h) {
        for (int j = from; j < hiddenSize; j++) {
            float update = gates.array()[gates.row(row) + hiddenSize + j];
            float candidate = gates.array()[gates.row(row) + 2 * hiddenSize + j];
            h.array()[h.row(row) + j] =
                    Math.fma(update, hPrevious.array()[hPrevious.row(row) + j], (1f - update) * candidate);
        }
    }

    /** {@link Kernels#gruBackward} for the columns [from, H) of a row. */
    public static void backward(int from, int row, int hiddenSize, Slice gates, Slice q, Slice hPrevious, Slice dh) {
        float[] z = gates.array();
        for (int j = from; j < hiddenSize; j++) {
            int at = gates.row(row) + j;
            int to = q.row(row) + j;
            float r = z[at];
            float u = z[at + hiddenSize];
            float n = z[at + 2 * hiddenSize];
            float d = dh.array()[dh.row(row) + j];
            float dn = d * (1f - u) * (1f - n * n);
            float dr = dn * q.array()[to + 2 * hiddenSize] * r * (1f - r);
            float du = d * (hPrevious.array()[hPrevious.row(row) + j] - n) * u * (1f - u);
            z[at] = dr;
            z[at + hiddenSize] = du;
            z[at + 2 * hiddenSize] = dn;
            q.array()[to] = dr;
            q.array()[to + hiddenSize] = du;
            q.array()[to + 2 * hiddenSize] = dn * r;
            dh.array()[dh.row(row) + j] = d * u;
        }
    }
}
