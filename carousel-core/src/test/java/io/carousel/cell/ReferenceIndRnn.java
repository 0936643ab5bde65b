package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;

import java.util.List;

/** {@link IndRnnCell} in {@code double}; weights weight_ih, weight_hh, bias_ih. */
record ReferenceIndRnn(List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] z = affine(weights.get(0), x, weights.get(2)[0]);
        for (int k = 0; k < z.length; k++) {
            state[0][k] = Math.max(z[k] + weights.get(1)[0][k] * state[0][k], 0);
        }
    }
}
