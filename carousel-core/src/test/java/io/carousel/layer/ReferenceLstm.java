package io.carousel.layer;

import java.util.List;

/** The equations of a stack of LSTM layers in {@code double}, one sequence and one number at a time. */
final class ReferenceLstm {
    private final int hiddenSize;
    private final double[][] weightIh;
    private final double[][] weightHh;
    private final double[] bias;

    /** One layer from the flat weights in PyTorch's order: weight_ih, weight_hh, bias_ih, bias_hh. */
    ReferenceLstm(int inputSize, int hiddenSize, double[] weights) {
        this.hiddenSize = hiddenSize;
        int width = 4 * hiddenSize;
        weightIh = new double[width][inputSize];
        weightHh = new double[width][hiddenSize];
        bias = new double[width];
        int at = 0;
        for (double[] row : weightIh) {
            System.arraycopy(weights, at, row, 0, inputSize);
            at += inputSize;
        }
        for (double[] row : weightHh) {
            System.arraycopy(weights, at, row, 0, hiddenSize);
            at += hiddenSize;
        }
        for (int j = 0; j < width; j++) {
            bias[j] = weights[at + j] + weights[at + width + j];
        }
    }

    static int weights(int inputSize, int hiddenSize) {
        return 4 * hiddenSize * (inputSize + hiddenSize + 2);
    }

    /** The hidden states of all time steps; {@code h} and {@code c} go from the initial to the final state. */
    double[][] run(List<double[]> inputs, double[] h, double[] c) {
        double[][] outputs = new double[inputs.size()][];
        for (int t = 0; t < outputs.length; t++) {
            step(inputs.get(t), h, c);
            outputs[t] = h.clone();
        }
        return outputs;
    }

    private void step(double[] x, double[] h, double[] c) {
        double[] z = bias.clone();
        for (int j = 0; j < z.length; j++) {
            for (int k = 0; k < x.length; k++) {
                z[j] += weightIh[j][k] * x[k];
            }
            for (int k = 0; k < hiddenSize; k++) {
                z[j] += weightHh[j][k] * h[k];
            }
        }
        for (int k = 0; k < hiddenSize; k++) {
            double input = sigmoid(z[k]);
            double forget = sigmoid(z[hiddenSize + k]);
            double candidate = Math.tanh(z[2 * hiddenSize + k]);
            double output = sigmoid(z[3 * hiddenSize + k]);
            c[k] = forget * c[k] + input * candidate;
            h[k] = output * Math.tanh(c[k]);
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
