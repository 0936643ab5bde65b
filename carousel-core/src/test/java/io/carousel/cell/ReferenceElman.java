package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sum;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** {@link ElmanCell} and {@link ElmanReluCell} in {@code double}; weights weight_ih, weight_hh, bias_ih, bias_hh. */
record ReferenceElman(List<double[][]> weights, DoubleUnaryOperator activation) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] z =
                sum(affine(weights.get(0), x, weights.get(2)[0]), affine(weights.get(1), state[0], weights.get(3)[0]));
        for (int k = 0; k < z.length; k++) {
            state[0][k] = activation.applyAsDouble(z[k]);
        }
    }
}
