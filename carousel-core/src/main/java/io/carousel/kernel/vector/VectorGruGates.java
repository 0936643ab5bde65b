package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.GruGates;
import io.carousel.kernel.Slice;
import jdk.incubator.vector.FloatVector;

/** {@link GruGates} on vectors; the forward pass is several short passes, for the reason given in {@link VectorElementary}. */
final class VectorGruGates {
    private VectorGruGates() {}

    static void forward(int rows, int hiddenSize, Slice z, Slice q, Slice d, Slice hPrevious, Slice h) {
        float[] gates = z.array();
        for (int row = 0; row < rows; row++) {
            int at = z.row(row);
            sums(row, 2 * hiddenSize, z, q, d);
            VectorElementary.sigmoid(2 * hiddenSize, gates, at, gates, at);
            candidate(row, hiddenSize, z, q, d);
            at += 2 * hiddenSize;
            VectorElementary.tanh(hiddenSize, gates, at, gates, at);
            output(row, hiddenSize, z, hPrevious, h);
        }
    }

    private static void sums(int row, int n, Slice z, Slice q, Slice d) {
        int at = z.row(row);
        int from = q.row(row);
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector recurrent =
                    fromArray(FLOATS, q.array(), from + j).add(fromArray(FLOATS, d.array(), d.offset() + j));
            fromArray(FLOATS, z.array(), at + j).add(recurrent).intoArray(z.array(), at + j);
        }
        GruGates.sums(j, row, n, z, q, d);
    }

    private static void candidate(int row, int hiddenSize, Slice z, Slice q, Slice d) {
        int at = z.row(row);
        int from = q.row(row) + 2 * hiddenSize;
        int bias = d.offset() + 2 * hiddenSize;
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            FloatVector recurrent = fromArray(FLOATS, q.array(), from + j).add(fromArray(FLOATS, d.array(), bias + j));
            recurrent.intoArray(q.array(), from + j);
            fromArray(FLOATS, z.array(), at + j)
                    .fma(recurrent, fromArray(FLOATS, z.array(), at + 2 * hiddenSize + j))
                    .intoArray(z.array(), at + 2 * hiddenSize + j);
        }
        GruGates.candidate(j, row, hiddenSize, z, q, d);
    }

    private static void output(int row, int hiddenSize, Slice gates, Slice hPrevious, Slice h) {
        int at = gates.row(row) + hiddenSize;
        int from = hPrevious.row(row);
        int to = h.row(row);
        FloatVector one = broadcast(FLOATS, 1f);
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            FloatVector update = fromArray(FLOATS, gates.array(), at + j);
            FloatVector added = one.sub(update).mul(fromArray(FLOATS, gates.array(), at + hiddenSize + j));
            update.fma(fromArray(FLOATS, hPrevious.array(), from + j), added).intoArray(h.array(), to + j);
        }
        GruGates.output(j, row, hiddenSize, gates, hPrevious, h);
    }

    static void backward(int rows, int hiddenSize, Slice gates, Slice q, Slice hPrevious, Slice dh) {
        for (int row = 0; row < rows; row++) {
            backwardRow(row, hiddenSize, gates, q, hPrevious, dh);
        }
    }

    private static void backwardRow(int row, int hiddenSize, Slice gates, Slice q, Slice hPrevious, Slice dh) {
        float[] z = gates.array();
        float[] p = q.array();
        FloatVector one = broadcast(FLOATS, 1f);
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            int at = gates.row(row) + j;
            int to = q.row(row) + j;
            int dhAt = dh.row(row) + j;
            FloatVector r = fromArray(FLOATS, z, at);
            FloatVector u = fromArray(FLOATS, z, at + hiddenSize);
            FloatVector n = fromArray(FLOATS, z, at + 2 * hiddenSize);
            FloatVector d = fromArray(FLOATS, dh.array(), dhAt);
            FloatVector dn = d.mul(one.sub(u)).mul(one.sub(n.mul(n)));
            FloatVector dr =
                    dn.mul(fromArray(FLOATS, p, to + 2 * hiddenSize)).mul(r).mul(one.sub(r));
            FloatVector difference =
                    fromArray(FLOATS, hPrevious.array(), hPrevious.row(row) + j).sub(n);
            FloatVector du = d.mul(difference).mul(u).mul(one.sub(u));
            dr.intoArray(z, at);
            du.intoArray(z, at + hiddenSize);
            dn.intoArray(z, at + 2 * hiddenSize);
            dr.intoArray(p, to);
            du.intoArray(p, to + hiddenSize);
            dn.mul(r).intoArray(p, to + 2 * hiddenSize);
            d.mul(u).intoArray(dh.array(), dhAt);
        }
        GruGates.backward(j, row, hiddenSize, gates, q, hPrevious, dh);
    }
}
