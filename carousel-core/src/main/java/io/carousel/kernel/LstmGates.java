package io.carousel.kernel;

import io.carousel.kernel.ElementaryLoops.Function;

/** The scalar gate passes of an LSTM; the vector passes call them for the columns that do not fill a vector. */
public final class LstmGates {
    private LstmGates() {}

    /** {@link Kernels#lstmForward}. */
    static void forward(
            ElementaryLoops loops, int rows, int hiddenSize, Slice z, Slice cPrevious, Slice c, Slice tanhC, Slice h) {
        activate(loops, Function.SIGMOID, rows, 2 * hiddenSize, z, 0);
        activate(loops, Function.TANH, rows, hiddenSize, z, 2 * hiddenSize);
        activate(loops, Function.SIGMOID, rows, hiddenSize, z, 3 * hiddenSize);
        for (int row = 0; row < rows; row++) {
            cell(0, row, hiddenSize, z, cPrevious, c);
        }
        loops.apply(Function.TANH, rows, hiddenSize, c, tanhC);
        for (int row = 0; row < rows; row++) {
            int at = z.row(row) + 3 * hiddenSize;
            ScalarRows.multiplyRow(0, hiddenSize, z.array(), at, tanhC.array(), tanhC.row(row), h.array(), h.row(row));
        }
    }

    /** n columns of the gates from {@code column} on become f of themselves. */
    static void activate(ElementaryLoops loops, Function f, int rows, int n, Slice z, int column) {
        int at = z.offset() + column;
        loops.apply(f, rows, n, z.array(), at, z.stride(), z.array(), at, z.stride());
    }

    /** {@link Kernels#lstmForward} for the columns [from, H) of the only row. */
    public static void forwardFrom(int from, int hiddenSize, Slice z, Slice cPrevious, Slice c, Slice tanhC, Slice h) {
        float[] gates = z.array();
        for (int j = from; j < hiddenSize; j++) {
            int at = z.offset() + j;
            float i = Elementary.sigmoid(gates[at]);
            float f = Elementary.sigmoid(gates[at + hiddenSize]);
            float g = Elementary.tanh(gates[at + 2 * hiddenSize]);
            float o = Elementary.sigmoid(gates[at + 3 * hiddenSize]);
            float memory = Math.fma(f, cPrevious.array()[cPrevious.offset() + j], i * g);
            float tanh = Elementary.tanh(memory);
            gates[at] = i;
            gates[at + hiddenSize] = f;
            gates[at + 2 * hiddenSize] = g;
            gates[at + 3 * hiddenSize] = o;
            c.array()[c.offset() + j] = memory;
            tanhC.array()[tanhC.offset() + j] = tanh;
            h.array()[h.offset() + j] = o * tanh;
        }
    }

    /** {@code c = fma(f, cPrevious, i * g)} for the columns [from, H) of a row. */
    public static void cell(int from, int row, int hiddenSize, Slice gates, Slice cPrevious, Slice c) {
        float[] g = gates.array();
        for (int j = from; j < hiddenSize; j++) {
            int at = gates.row(row) + j;
            c.array()[c.row(row) + j] = Math.fma(
                    g[at + hiddenSize], cPrevious.array()[cPrevious.row(row) + j], g[at] * g[at + 2 * hiddenSize]);
        }
    }

    /** {@link Kernels#lstmBackward} for the columns [from, H) of a row. */
    public static void backward(
            int from, int row, int hiddenSize, Slice gates, Slice cPrevious, Slice tanhC, Slice dh, Slice dc) {
        float[] z = gates.array();
        for (int j = from; j < hiddenSize; j++) {
            int at = gates.row(row) + j;
            float i = z[at];
            float f = z[at + hiddenSize];
            float g = z[at + 2 * hiddenSize];
            float o = z[at + 3 * hiddenSize];
            float tanh = tanhC.array()[tanhC.row(row) + j];
            float dhj = dh.array()[dh.row(row) + j];
            float dcj = Math.fma(dhj * o, 1f - tanh * tanh, dc.array()[dc.row(row) + j]);
            z[at] = dcj * g * i * (1f - i);
            z[at + hiddenSize] = dcj * cPrevious.array()[cPrevious.row(row) + j] * f * (1f - f);
            z[at + 2 * hiddenSize] = dcj * i * (1f - g * g);
            z[at + 3 * hiddenSize] = dhj * tanh * o * (1f - o);
            dc.array()[dc.row(row) + j] = dcj * f;
        }
    }
}
