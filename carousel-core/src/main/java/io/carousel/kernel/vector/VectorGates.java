package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.LENGTH;
import static io.carousel.kernel.vector.Width.all;
import static io.carousel.kernel.vector.Width.load;

import io.carousel.kernel.LstmGates;
import jdk.incubator.vector.FloatVector;

/**
 * {@link LstmGates} on vectors, one row of pre-activations at a time.
 *
 * <p>The forward pass is several short loops over the row, which stays in the L1 cache: with all five elementary functions
 * in one loop body the compiler reaches its limits, and every vector is then boxed on the heap.
 */
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
        int vectors = hiddenSize / LENGTH * LENGTH;
        VectorElementary.sigmoid(vectors, z, zOffset, z, zOffset);
        VectorElementary.sigmoid(vectors, z, zOffset + hiddenSize, z, zOffset + hiddenSize);
        VectorElementary.tanh(vectors, z, zOffset + 2 * hiddenSize, z, zOffset + 2 * hiddenSize);
        VectorElementary.sigmoid(vectors, z, zOffset + 3 * hiddenSize, z, zOffset + 3 * hiddenSize);
        for (int j = 0; j < vectors; j += LENGTH) {
            int at = zOffset + j;
            FloatVector update = load(z, at).mul(load(z, at + 2 * hiddenSize));
            load(z, at + hiddenSize)
                    .fma(load(cPrevious, cPreviousOffset + j), update)
                    .intoArray(c, cOffset + j);
        }
        VectorElementary.tanh(vectors, c, cOffset, tanhC, tanhCOffset);
        for (int j = 0; j < vectors; j += LENGTH) {
            load(z, zOffset + 3 * hiddenSize + j)
                    .mul(load(tanhC, tanhCOffset + j))
                    .intoArray(h, hOffset + j);
        }
        LstmGates.forward(
                vectors,
                hiddenSize,
                z,
                zOffset,
                cPrevious,
                cPreviousOffset,
                c,
                cOffset,
                tanhC,
                tanhCOffset,
                h,
                hOffset);
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
