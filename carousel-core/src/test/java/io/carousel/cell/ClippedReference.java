package io.carousel.cell;

import static io.carousel.cell.ReferenceCell.affine;
import static io.carousel.cell.ReferenceCell.sigmoid;
import static io.carousel.cell.ReferenceCell.sum;

import java.util.List;

/** The cells that bound what goes into their activation functions, in {@code double}. */
public record ClippedReference(String name, List<double[][]> weights, double limit) implements ReferenceCell {
    /** The reference of a cell; weights as in {@link ReferenceCells#of}. */
    public static ReferenceCell of(Cell cell, double[] weights, double limit) {
        return new ClippedReference(cell.name(), ReferenceCells.matrices(cell.declarations(), weights), limit);
    }

    @Override
    public void step(double[] x, double[][] state) {
        switch (name) {
            case "elman", "elman-relu" -> elman(x, state);
            case "lstm", "peephole" -> lstm(x, state);
            case "coupled" -> coupled(x, state);
            case "gru" -> gru(x, state);
            case "gru-reset-before" -> gruResetBefore(x, state);
            default -> throw new IllegalArgumentException("cell " + name + " must have a clipped reference");
        }
    }

    private void elman(double[] x, double[][] state) {
        double[] z = sum(affine(weights.get(0), x, row(2)), affine(weights.get(1), state[0], row(3)));
        for (int k = 0; k < z.length; k++) {
            state[0][k] = name.equals("elman") ? Math.tanh(clip(z[k])) : Math.max(clip(z[k]), 0);
        }
    }

    private void lstm(double[] x, double[][] state) {
        double[] h = state[0];
        double[] c = state[1];
        int size = h.length;
        boolean peeps = name.equals("peephole");
        double[] z = sum(affine(weights.get(0), x, row(2)), affine(weights.get(1), h, row(3)));
        for (int k = 0; k < size; k++) {
            double input = sigmoid(clip(z[k] + (peeps ? row(4)[k] * c[k] : 0)));
            double forget = sigmoid(clip(z[size + k] + (peeps ? row(5)[k] * c[k] : 0)));
            c[k] = forget * c[k] + input * Math.tanh(clip(z[2 * size + k]));
            h[k] = sigmoid(clip(z[3 * size + k] + (peeps ? row(6)[k] * c[k] : 0))) * Math.tanh(c[k]);
        }
    }

    private void coupled(double[] x, double[][] state) {
        double[] h = state[0];
        double[] c = state[1];
        int size = h.length;
        double[] z = sum(affine(weights.get(0), x, row(2)), affine(weights.get(1), h, row(3)));
        for (int k = 0; k < size; k++) {
            double input = sigmoid(clip(z[k] + row(4)[k] * c[k]));
            c[k] = (1 - input) * c[k] + input * Math.tanh(clip(z[size + k]));
            h[k] = sigmoid(clip(z[2 * size + k] + row(5)[k] * c[k])) * Math.tanh(c[k]);
        }
    }

    private void gru(double[] x, double[][] state) {
        double[] h = state[0];
        int size = h.length;
        double[] input = affine(weights.get(0), x, row(2));
        double[] recurrent = affine(weights.get(1), h, row(3));
        for (int k = 0; k < size; k++) {
            double reset = sigmoid(clip(input[k] + recurrent[k]));
            double update = sigmoid(clip(input[size + k] + recurrent[size + k]));
            double candidate = Math.tanh(clip(input[2 * size + k] + reset * recurrent[2 * size + k]));
            h[k] = (1 - update) * candidate + update * h[k];
        }
    }

    private void gruResetBefore(double[] x, double[][] state) {
        double[] h = state[0];
        int size = h.length;
        double[] input = sum(affine(weights.get(0), x, row(3)), row(4));
        double[] gates = affine(weights.get(1), h, new double[0]);
        double[] resetHidden = new double[size];
        for (int k = 0; k < size; k++) {
            resetHidden[k] = sigmoid(clip(input[k] + gates[k])) * h[k];
        }
        double[] recurrent = affine(weights.get(2), resetHidden, new double[0]);
        for (int k = 0; k < size; k++) {
            double update = sigmoid(clip(input[size + k] + gates[size + k]));
            h[k] = (1 - update) * Math.tanh(clip(input[2 * size + k] + recurrent[k])) + update * h[k];
        }
    }

    private double[] row(int weight) {
        return weights.get(weight)[0];
    }

    private double clip(double z) {
        return Math.min(Math.max(z, -limit), limit);
    }
}
