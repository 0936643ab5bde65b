package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;
import static io.carousel.cell.ReferenceCell.sum;

import java.util.List;

/** {@link LstmCell} in {@code double}; weights weight_ih, weight_hh, bias_ih, bias_hh. */
record ReferenceLstm(Cell cell, List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0];
        double[] c = state[1];
        int size = h.length;
        double[] z = sum(affine(weights.get(0), x, weights.get(2)[0]), affine(weights.get(1), h, weights.get(3)[0]));
        for (int k = 0; k < size; k++) {
            double input = sigmoid(z[k]);
            double forget = sigmoid(z[size + k]);
            double candidate = Math.tanh(z[2 * size + k]);
            double output = sigmoid(z[3 * size + k]);
            c[k] = forget * c[k] + input * candidate;
            h[k] = output * Math.tanh(c[k]);
        }
    }
}
