package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;

import java.util.Arrays;
import java.util.List;

/** {@link TimeLstmCell} in {@code double}; the four weights of an LSTM, then matrix and bias of the short-term part. */
record ReferenceTimeLstm(Cell cell, List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] c = state[1];
        double gap = Math.max(x[x.length - 1], 0);
        double[] shortTerm = affine(weights.get(4), c, weights.get(5)[0]);
        for (int k = 0; k < c.length; k++) {
            double part = Math.tanh(shortTerm[k]);
            c[k] = c[k] - part + part / Math.log(Math.E + gap);
        }
        new ReferenceLstm(cell, weights).step(Arrays.copyOf(x, x.length - 1), state);
    }
}
