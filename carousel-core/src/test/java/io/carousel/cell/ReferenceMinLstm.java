package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;

import java.util.List;

/** {@link MinLstmCell} in {@code double}; weights weight_ih, bias_ih. */
record ReferenceMinLstm(List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0];
        int size = h.length;
        double[] z = affine(weights.get(0), x, weights.get(1)[0]);
        for (int k = 0; k < size; k++) {
            double forget = sigmoid(z[k]);
            double input = sigmoid(z[size + k]);
            h[k] = (forget * h[k] + input * z[2 * size + k]) / (forget + input);
        }
    }
}
