package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;

import java.util.List;

/** {@link GruCell} in {@code double}; weights weight_ih, weight_hh, bias_ih, bias_hh. */
record ReferenceGru(List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0];
        int size = h.length;
        double[] input = affine(weights.get(0), x, weights.get(2)[0]);
        double[] recurrent = affine(weights.get(1), h, weights.get(3)[0]);
        for (int k = 0; k < size; k++) {
            double reset = sigmoid(input[k] + recurrent[k]);
            double update = sigmoid(input[size + k] + recurrent[size + k]);
            double candidate = Math.tanh(input[2 * size + k] + reset * recurrent[2 * size + k]);
            h[k] = (1 - update) * candidate + update * h[k];
        }
    }
}
