package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;

import java.util.List;

/** {@link SlstmCell} in {@code double}; weights weight_ih, weight_hh, bias_ih. */
record ReferenceSlstm(int heads, List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0].clone();
        int size = h.length;
        double[] z = affine(weights.get(0), x, weights.get(2)[0]);
        int units = size / heads;
        for (int row = 0; row < z.length; row++) {
            int head = row % size / units;
            for (int k = 0; k < units; k++) {
                z[row] += weights.get(1)[row][k] * h[head * units + k];
            }
        }
        for (int k = 0; k < size; k++) {
            double kept = Math.log(sigmoid(z[size + k])) + state[3][k];
            state[3][k] = state[2][k] == 0 ? z[k] : Math.max(kept, z[k]);
            double forget = Math.exp(kept - state[3][k]);
            double input = Math.exp(z[k] - state[3][k]);
            state[1][k] = forget * state[1][k] + input * Math.tanh(z[2 * size + k]);
            state[2][k] = forget * state[2][k] + input;
            state[0][k] = sigmoid(z[3 * size + k]) * state[1][k] / state[2][k];
        }
    }
}
