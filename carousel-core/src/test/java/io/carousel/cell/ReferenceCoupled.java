package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;
import static io.carousel.cell.ReferenceCell.sum;

import java.util.List;

/** {@link CoupledCell} in {@code double}; the four weights of an LSTM, then the peepholes of i and o. */
record ReferenceCoupled(Cell cell, List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0];
        double[] c = state[1];
        int size = h.length;
        double[] z = sum(affine(weights.get(0), x, weights.get(2)[0]), affine(weights.get(1), h, weights.get(3)[0]));
        for (int k = 0; k < size; k++) {
            double input = sigmoid(z[k] + weights.get(4)[0][k] * c[k]);
            double candidate = Math.tanh(z[size + k]);
            c[k] = (1 - input) * c[k] + input * candidate;
            double output = sigmoid(z[2 * size + k] + weights.get(5)[0][k] * c[k]);
            h[k] = output * Math.tanh(c[k]);
        }
    }
}
