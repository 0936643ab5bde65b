package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;

import java.util.Arrays;
import java.util.List;

/** {@link LayerNormGruCell} in {@code double}; weights weight_ih, weight_hh, bias_ih, bias_hh, gain_ih, gain_hh. */
record ReferenceLayerNormGru(List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0];
        int size = h.length;
        double[] input = normalized(weights.get(0), x, weights.get(4)[0], weights.get(2)[0]);
        double[] recurrent = normalized(weights.get(1), h, weights.get(5)[0], weights.get(3)[0]);
        for (int k = 0; k < size; k++) {
            double reset = sigmoid(input[k] + recurrent[k]);
            double update = sigmoid(input[size + k] + recurrent[size + k]);
            double candidate = Math.tanh(input[2 * size + k] + reset * recurrent[2 * size + k]);
            h[k] = (1 - update) * candidate + update * h[k];
        }
    }

    private static double[] normalized(double[][] w, double[] x, double[] gain, double[] bias) {
        double[] v = affine(w, x, new double[0]);
        int size = v.length / 3;
        normalize(v, 0, 2 * size);
        normalize(v, 2 * size, v.length);
        for (int k = 0; k < v.length; k++) {
            v[k] = gain[k] * v[k] + bias[k];
        }
        return v;
    }

    private static void normalize(double[] v, int from, int to) {
        double mean = Arrays.stream(v, from, to).average().orElseThrow();
        double variance = Arrays.stream(v, from, to)
                .map(e -> (e - mean) * (e - mean))
                .average()
                .orElseThrow();
        for (int k = from; k < to; k++) {
            v[k] = (v[k] - mean) / Math.sqrt(variance + LayerNormGruCell.EPSILON);
        }
    }
}
