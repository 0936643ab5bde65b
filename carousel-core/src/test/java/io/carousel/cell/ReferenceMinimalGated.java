package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;
import static io.carousel.cell.ReferenceCell.sum;

import java.util.Arrays;
import java.util.List;

/** {@link example.MinimalGatedCell} in {@code double}; weights weight_ih, weight_hh_forget, weight_hh_candidate, bias_ih. */
record ReferenceMinimalGated(List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0];
        int size = h.length;
        double[] input = affine(weights.get(0), x, weights.get(3)[0]);
        double[] forget = sum(affine(weights.get(1), h, new double[0]), Arrays.copyOf(input, size));
        double[] forgotten = new double[size];
        for (int k = 0; k < size; k++) {
            forget[k] = sigmoid(forget[k]);
            forgotten[k] = forget[k] * h[k];
        }
        double[] recurrent = affine(weights.get(2), forgotten, new double[0]);
        for (int k = 0; k < size; k++) {
            h[k] = (1 - forget[k]) * h[k] + forget[k] * Math.tanh(input[size + k] + recurrent[k]);
        }
    }
}
