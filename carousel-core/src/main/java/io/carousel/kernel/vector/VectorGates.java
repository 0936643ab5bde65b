package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.LENGTH;
import static io.carousel.kernel.vector.Width.all;
import static io.carousel.kernel.vector.Width.load;

import io.carousel.kernel.LstmGates;
import jdk.incubator.vector.FloatVector;

/** {@link LstmGates} on vectors; the forward pass is several short passes, for the reason given in {@link VectorElementary}. */
final class VectorGates {
    private VectorGates() {}

    static void forward(
            int rows,
            int hiddenSize,
            float[] z,
            int zOffset,
            float[] cPrevious,
            int cPreviousOffset,
            float[] c,
            int cOffset,
            float[] tanhC,
            int tanhCOffset,
            float[] h,
            int hOffset) {
        for (int row = 0; row < rows; row++) {
            int at = zOffset + 4 * row * hiddenSize;
            int to = row * hiddenSize;
            VectorElementary.sigmoid(2 * hiddenSize, z, at, z, at);
            VectorElementary.tanh(hiddenSize, z, at + 2 * hiddenSize, z, at + 2 * hiddenSize);
            VectorElementary.sigmoid(hiddenSize, z, at + 3 * hiddenSize, z, at + 3 * hiddenSize);
            cell(hiddenSize, z, at, cPrevious, cPreviousOffset + to, c, cOffset + to);
        }
        VectorElementary.tanh(rows * hiddenSize, c, cOffset, tanhC, tanhCOffset);
        for (int row = 0; row < rows; row++) {
            int at = zOffset + 4 * row * hiddenSize + 3 * hiddenSize;
            int to = row * hiddenSize;
            output(hiddenSize, z, at, tanhC, tanhCOffset + to, h, hOffset + to);
        }
    }

    private static void cell(
            int hiddenSize, float[] gates, int at, float[] cPrevious, int cPreviousOffset, float[] c, int cOffset) {
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            FloatVector added = load(gates, at + j).mul(load(gates, at + 2 * hiddenSize + j));
            load(gates, at + hiddenSize + j)
                    .fma(load(cPrevious, cPreviousOffset + j), added)
                    .intoArray(c, cOffset + j);
        }
        LstmGates.cell(j, hiddenSize, gates, at, cPrevious, cPreviousOffset, c, cOffset);
    }

    private static void output(
            int hiddenSize, float[] o, int oOffset, float[] tanhC, int tanhCOffset, float[] h, int hOffset) {
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            load(o, oOffset + j).mul(load(tanhC, tanhCOffset + j)).intoArray(h, hOffset + j);
        }
        for (; j < hiddenSize; j++) {
            h[hOffset + j] = o[oOffset + j] * tanhC[tanhCOffset + j];
        }
    }

    static void backward(
            int hiddenSize,
            float[] gates,
            int gatesOffset,
            float[] cPrevious,
            int cPreviousOffset,
            float[] tanhC,
            int tanhCOffset,
            float[] dh,
            int dhOffset,
            float[] dc,
            int dcOffset,
            float[] dz,
            int dzOffset) {
        FloatVector one = all(1f);
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            int at = gatesOffset + j;
            FloatVector i = load(gates, at);
            FloatVector f = load(gates, at + hiddenSize);
            FloatVector g = load(gates, at + 2 * hiddenSize);
            FloatVector o = load(gates, at + 3 * hiddenSize);
            FloatVector tanh = load(tanhC, tanhCOffset + j);
            FloatVector dhj = load(dh, dhOffset + j);
            FloatVector dcj = dhj.mul(o).fma(one.sub(tanh.mul(tanh)), load(dc, dcOffset + j));
            FloatVector cp = load(cPrevious, cPreviousOffset + j);
            int to = dzOffset + j;
            dcj.mul(g).mul(i).mul(one.sub(i)).intoArray(dz, to);
            dcj.mul(cp).mul(f).mul(one.sub(f)).intoArray(dz, to + hiddenSize);
            dcj.mul(i).mul(one.sub(g.mul(g))).intoArray(dz, to + 2 * hiddenSize);
            dhj.mul(tanh).mul(o).mul(one.sub(o)).intoArray(dz, to + 3 * hiddenSize);
            dcj.mul(f).intoArray(dc, dcOffset + j);
        }
        LstmGates.backward(
                j,
                hiddenSize,
                gates,
                gatesOffset,
                cPrevious,
                cPreviousOffset,
                tanhC,
                tanhCOffset,
                dh,
                dhOffset,
                dc,
                dcOffset,
                dz,
                dzOffset);
    }
}
