package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;

import java.util.List;

/** {@link MinGruCell} in {@code double}; weights weight_ih, bias_ih. */
record ReferenceMinGru(List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0];
        double[] z = affine(weights.get(0), x, weights.get(1)[0]);
        for (int k = 0; k < h.length; k++) {
            double update = sigmoid(z[k]);
            h[k] = (1 - update) * h[k] + update * z[h.length + k];
        }
    }
}
