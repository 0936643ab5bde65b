package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;

import java.util.List;

/** {@link LayerNormLstmCell} in {@code double}; the four weights of an LSTM, three gains and the bias of the cell state. */
record ReferenceLayerNormLstm(Cell cell, List<double[][]> weights) implements ReferenceCell {
    private static final double[] NONE = {};

    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0];
        double[] c = state[1];
        int size = h.length;
        double[] input = ReferenceCell.normalized(affine(weights.get(0), x, NONE), 1e-5);
        double[] recurrent = ReferenceCell.normalized(affine(weights.get(1), h, NONE), 1e-5);
        double[] z = new double[4 * size];
        for (int k = 0; k < z.length; k++) {
            z[k] = weights.get(4)[0][k] * input[k]
                    + weights.get(2)[0][k]
                    + weights.get(5)[0][k] * recurrent[k]
                    + weights.get(3)[0][k];
        }
        for (int k = 0; k < size; k++) {
            c[k] = sigmoid(z[size + k]) * c[k] + sigmoid(z[k]) * Math.tanh(z[2 * size + k]);
        }
        double[] normal = ReferenceCell.normalized(c, 1e-5);
        for (int k = 0; k < size; k++) {
            h[k] = sigmoid(z[3 * size + k]) * Math.tanh(weights.get(6)[0][k] * normal[k] + weights.get(7)[0][k]);
        }
    }
}
