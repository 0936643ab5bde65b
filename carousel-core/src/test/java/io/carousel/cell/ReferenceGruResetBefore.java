package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;
import static io.carousel.cell.ReferenceCell.sum;

import java.util.List;

/** {@link GruResetBeforeCell} in {@code double}; weights weight_ih, weight_hh, weight_hh_candidate, bias_ih, bias_hh. */
record ReferenceGruResetBefore(List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0];
        int size = h.length;
        double[] input = sum(affine(weights.get(0), x, weights.get(3)[0]), weights.get(4)[0]);
        double[] gates = affine(weights.get(1), h, new double[0]);
        double[] resetHidden = new double[size];
        for (int k = 0; k < size; k++) {
            resetHidden[k] = sigmoid(input[k] + gates[k]) * h[k];
        }
        double[] recurrent = affine(weights.get(2), resetHidden, new double[0]);
        for (int k = 0; k < size; k++) {
            double update = sigmoid(input[size + k] + gates[size + k]);
            h[k] = (1 - update) * Math.tanh(input[2 * size + k] + recurrent[k]) + update * h[k];
        }
    }
}
