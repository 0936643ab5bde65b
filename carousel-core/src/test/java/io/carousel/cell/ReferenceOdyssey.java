package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;
import static io.carousel.cell.ReferenceCell.sum;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link PeepholeCell} and the cells that lack one thing of it, in {@code double}: a gate that is missing is 1, its rows and
 * its peephole are left out of the weights.
 */
final class ReferenceOdyssey implements ReferenceCell {
    private final List<double[][]> weights;
    private final Gate input;
    private final Gate forget;
    private final Gate candidate;
    private final Gate output;
    private final boolean squashesInput;
    private final boolean squashesOutput;

    /** The rows of a gate in the weights, -1 for none, and its peephole, if it has one. */
    private record Gate(int block, double @Nullable [] peephole) {
        double value(double[] z, int size, int k, double c) {
            if (block < 0) {
                return 1;
            }
            double sum = z[block * size + k];
            return sigmoid(peephole == null ? sum : sum + peephole[k] * c);
        }
    }

    ReferenceOdyssey(Cell cell, List<double[][]> weights) {
        this.weights = weights;
        List<CellWeight> kinds = cell.weights(); // made anew by each call
        input = gate("input", kinds);
        forget = gate("forget", kinds);
        candidate = gate("candidate", kinds);
        output = gate("output", kinds);
        squashesInput = !cell.name().equals(NoInputActivationCell.NAME);
        squashesOutput = !cell.name().equals(NoOutputActivationCell.NAME);
    }

    private Gate gate(String name, List<CellWeight> kinds) {
        double[] peephole = null;
        for (int i = 4; i < kinds.size(); i++) {
            if (kinds.get(i).gates().contains(name)) {
                peephole = weights.get(i)[0];
            }
        }
        return new Gate(kinds.get(0).gates().indexOf(name), peephole);
    }

    @Override
    public void step(double[] x, double[][] state) {
        double[] h = state[0];
        double[] c = state[1];
        double[] z = sum(affine(weights.get(0), x, weights.get(2)[0]), affine(weights.get(1), h, weights.get(3)[0]));
        for (int k = 0; k < h.length; k++) {
            double i = input.value(z, h.length, k, c[k]);
            double f = forget.value(z, h.length, k, c[k]);
            double n = z[candidate.block() * h.length + k];
            c[k] = f * c[k] + i * (squashesInput ? Math.tanh(n) : n);
            double o = output.value(z, h.length, k, c[k]);
            h[k] = o * (squashesOutput ? Math.tanh(c[k]) : c[k]);
        }
    }
}
