package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.LstmGates;
import io.carousel.kernel.Slice;
import jdk.incubator.vector.FloatVector;

/** {@link LstmGates} on vectors; the forward pass is several short passes, for the reason given in {@link VectorElementary}. */
final class VectorGates {
    private VectorGates() {}

    static void forward(int rows, int hiddenSize, Slice z, Slice cPrevious, Slice c, Slice tanhC, Slice h) {
        for (int row = 0; row < rows; row++) {
            int at = z.row(row);
            VectorElementary.sigmoid(2 * hiddenSize, z.array(), at, z.array(), at);
            at += 2 * hiddenSize;
            VectorElementary.tanh(hiddenSize, z.array(), at, z.array(), at);
            at += hiddenSize;
            VectorElementary.sigmoid(hiddenSize, z.array(), at, z.array(), at);
            cell(row, hiddenSize, z, cPrevious, c);
        }
        if (c.stride() == hiddenSize && tanhC.stride() == hiddenSize) {
            VectorElementary.tanh(rows * hiddenSize, c.array(), c.offset(), tanhC.array(), tanhC.offset());
        } else {
            for (int row = 0; row < rows; row++) {
                VectorElementary.tanh(hiddenSize, c.array(), c.row(row), tanhC.array(), tanhC.row(row));
            }
        }
        for (int row = 0; row < rows; row++) {
            output(row, hiddenSize, z, tanhC, h);
        }
    }

    private static void cell(int row, int hiddenSize, Slice gates, Slice cPrevious, Slice c) {
        float[] z = gates.array();
        int at = gates.row(row);
        int from = cPrevious.row(row);
        int to = c.row(row);
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            FloatVector added = fromArray(FLOATS, z, at + j).mul(fromArray(FLOATS, z, at + 2 * hiddenSize + j));
            fromArray(FLOATS, z, at + hiddenSize + j)
                    .fma(fromArray(FLOATS, cPrevious.array(), from + j), added)
                    .intoArray(c.array(), to + j);
        }
        LstmGates.cell(j, row, hiddenSize, gates, cPrevious, c);
    }

    private static void output(int row, int hiddenSize, Slice gates, Slice tanhC, Slice h) {
        int at = gates.row(row) + 3 * hiddenSize;
        int from = tanhC.row(row);
        int to = h.row(row);
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            fromArray(FLOATS, gates.array(), at + j)
                    .mul(fromArray(FLOATS, tanhC.array(), from + j))
                    .intoArray(h.array(), to + j);
        }
        for (; j < hiddenSize; j++) {
            h.array()[to + j] = gates.array()[at + j] * tanhC.array()[from + j];
        }
    }

    static void backward(int rows, int hiddenSize, Slice gates, Slice cPrevious, Slice tanhC, Slice dh, Slice dc) {
        for (int row = 0; row < rows; row++) {
            backwardRow(row, hiddenSize, gates, cPrevious, tanhC, dh, dc);
        }
    }

    private static void backwardRow(
            int row, int hiddenSize, Slice gates, Slice cPrevious, Slice tanhC, Slice dh, Slice dc) {
        float[] z = gates.array();
        FloatVector one = broadcast(FLOATS, 1f);
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            int at = gates.row(row) + j;
            FloatVector i = fromArray(FLOATS, z, at);
            FloatVector f = fromArray(FLOATS, z, at + hiddenSize);
            FloatVector g = fromArray(FLOATS, z, at + 2 * hiddenSize);
            FloatVector o = fromArray(FLOATS, z, at + 3 * hiddenSize);
            FloatVector tanh = fromArray(FLOATS, tanhC.array(), tanhC.row(row) + j);
            FloatVector dhj = fromArray(FLOATS, dh.array(), dh.row(row) + j);
            FloatVector dcj = dhj.mul(o).fma(one.sub(tanh.mul(tanh)), fromArray(FLOATS, dc.array(), dc.row(row) + j));
            FloatVector cp = fromArray(FLOATS, cPrevious.array(), cPrevious.row(row) + j);
            dcj.mul(g).mul(i).mul(one.sub(i)).intoArray(z, at);
            dcj.mul(cp).mul(f).mul(one.sub(f)).intoArray(z, at + hiddenSize);
            dcj.mul(i).mul(one.sub(g.mul(g))).intoArray(z, at + 2 * hiddenSize);
            dhj.mul(tanh).mul(o).mul(one.sub(o)).intoArray(z, at + 3 * hiddenSize);
            dcj.mul(f).intoArray(dc.array(), dc.row(row) + j);
        }
        LstmGates.backward(j, row, hiddenSize, gates, cPrevious, tanhC, dh, dc);
    }
}
