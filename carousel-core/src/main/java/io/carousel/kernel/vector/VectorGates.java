package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.LENGTH;
import static io.carousel.kernel.vector.Width.all;
import static io.carousel.kernel.vector.Width.load;

import io.carousel.kernel.LstmGates;
import jdk.incubator.vector.FloatVector;

/** {@link LstmGates} on vectors: one pass over a row of pre-activations. */
final class VectorGates {
    private VectorGates() {}

    static void forward(
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
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            int at = zOffset + j;
            FloatVector i = VectorElementary.sigmoid(load(z, at));
            FloatVector g = VectorElementary.tanh(load(z, at + 2 * hiddenSize));
            i.intoArray(z, at);
            g.intoArray(z, at + 2 * hiddenSize);
            FloatVector f = VectorElementary.sigmoid(load(z, at + hiddenSize));
            f.intoArray(z, at + hiddenSize);
            FloatVector cell = f.fma(load(cPrevious, cPreviousOffset + j), i.mul(g));
            cell.intoArray(c, cOffset + j);
            FloatVector o = VectorElementary.sigmoid(load(z, at + 3 * hiddenSize));
            o.intoArray(z, at + 3 * hiddenSize);
            FloatVector tanh = VectorElementary.tanh(cell);
            tanh.intoArray(tanhC, tanhCOffset + j);
            o.mul(tanh).intoArray(h, hOffset + j);
        }
        LstmGates.forward(
                j, hiddenSize, z, zOffset, cPrevious, cPreviousOffset, c, cOffset, tanhC, tanhCOffset, h, hOffset);
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
