package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;
import static io.carousel.cell.ReferenceCell.sum;

import java.util.List;

/** {@link ProjectionCell} in {@code double}; the four weights of an LSTM, then the projection. */
record ReferenceProjection(Cell cell, List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] c = state[1];
        int size = c.length;
        double[] z =
                sum(affine(weights.get(0), x, weights.get(2)[0]), affine(weights.get(1), state[0], weights.get(3)[0]));
        double[] unprojected = new double[size];
        for (int k = 0; k < size; k++) {
            c[k] = sigmoid(z[size + k]) * c[k] + sigmoid(z[k]) * Math.tanh(z[2 * size + k]);
            unprojected[k] = sigmoid(z[3 * size + k]) * Math.tanh(c[k]);
        }
        double[] h = affine(weights.get(4), unprojected, new double[0]);
        System.arraycopy(h, 0, state[0], 0, h.length);
    }
}
