package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;
import static io.carousel.cell.ReferenceCell.sum;

import java.util.List;

/**
 * {@link PeepholeCell} and the cells that lack one thing of it, in {@code double}: a gate that is missing is 1, its rows and
 * its peephole are left out of the weights.
 */
record ReferenceOdyssey(Cell cell, List<double[][]> weights) implements ReferenceCell {
    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0];
        double[] c = state[1];
        double[] z = sum(affine(weights.get(0), x, weights.get(2)[0]), affine(weights.get(1), h, weights.get(3)[0]));
        for (int k = 0; k < h.length; k++) {
            double input = gate("input", z, k, c[k]);
            double forget = gate("forget", z, k, c[k]);
            double candidate = z[block("candidate") * h.length + k];
            if (!cell.name().equals(NoInputActivationCell.NAME)) {
                candidate = Math.tanh(candidate);
            }
            c[k] = forget * c[k] + input * candidate;
            double output = gate("output", z, k, c[k]);
            h[k] = output * (cell.name().equals(NoOutputActivationCell.NAME) ? c[k] : Math.tanh(c[k]));
        }
    }

    private double gate(String gate, double[] z, int k, double c) {
        if (block(gate) < 0) {
            return 1;
        }
        double sum = z[block(gate) * cell.hiddenSize() + k];
        for (int i = 4; i < weights.size(); i++) {
            if (cell.weights().get(i).gates().contains(gate)) {
                sum += weights.get(i)[0][k] * c;
            }
        }
        return sigmoid(sum);
    }

    private int block(String gate) {
        return cell.weights().get(0).gates().indexOf(gate);
    }
}
