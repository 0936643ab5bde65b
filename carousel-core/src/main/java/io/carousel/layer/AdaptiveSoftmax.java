package io.carousel.layer;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The layer of an {@link AdaptiveSoftmaxSpec}: for prediction, where the logarithms of all probabilities are wanted. */
record AdaptiveSoftmax(AdaptiveSoftmaxSpec spec, int inputSize) implements Layer {
    @Override
    public int outputSize() {
        return spec.outputs();
    }

    @Override
    public List<Parameters.Declaration> parameters() {
        List<Parameters.Declaration> all = new ArrayList<>();
        add(all, spec.headName(), spec.shortList() + spec.clusters(), inputSize);
        for (int k = 0; k < spec.clusters(); k++) {
            int features = spec.features(k, inputSize);
            add(all, spec.projectionName(k), features, inputSize);
            add(all, spec.tailName(k), spec.size(k), features);
        }
        return all;
    }

    private static void add(List<Parameters.Declaration> all, String prefix, int outputs, int inputs) {
        all.add(new Parameters.Declaration(
                prefix + ".weight", Shape.of(outputs, inputs), true, Initializer.glorotUniform(1)));
        all.add(new Parameters.Declaration(prefix + ".bias", Shape.of(outputs), false, Initializer.constant(0)));
    }

    @Override
    public Flow forward(Flow input, LayerContext context) {
        Tensor x = input.rows().value();
        Tensor y = context.tape().workspace().take(x.rows(), spec.outputs());
        new Scorer(context.tape().kernels(), context.parameters(), x.rows())
                .step(x.rows(), x.data(), x.offset(), y.data(), y.offset());
        return new Flow(
                context.tape()
                        .record(
                                y,
                                gradient -> {
                                    throw new IllegalStateException(
                                            "a network that ends with an adaptive softmax must be"
                                                    + " trained with an AdaptiveSoftmaxOutput, got another loss");
                                },
                                input.rows()),
                input.layout());
    }

    @Override
    public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
        return new Scorer(kernels, parameters, rows);
    }

    /** Computes rows of logarithms; both paths use it, so that they give the same bits. */
    private final class Scorer extends StatelessStepper {
        private final Kernels kernels;
        private final Parameters parameters;
        private final float[] head;
        private final float[][] features;
        private final float[][] tails;

        Scorer(Kernels kernels, Parameters parameters, int capacity) {
            this.kernels = kernels;
            this.parameters = parameters;
            head = new float[Math.multiplyExact(capacity, spec.shortList() + spec.clusters())];
            features = new float[spec.clusters()][];
            tails = new float[spec.clusters()][];
            for (int k = 0; k < tails.length; k++) {
                features[k] = new float[Math.multiplyExact(capacity, spec.features(k, inputSize))];
                tails[k] = new float[Math.multiplyExact(capacity, spec.size(k))];
            }
        }

        @Override
        public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
            int first = spec.shortList();
            int width = first + spec.clusters();
            linear(spec.head(parameters), rows, x, xOffset, inputSize, head, width);
            SoftmaxCrossEntropy.logProbabilities(kernels, rows, width, head, 0);
            for (int row = 0; row < rows; row++) {
                System.arraycopy(head, row * width, y, yOffset + row * spec.outputs(), first);
            }
            for (int k = 0; k < tails.length; k++) {
                int size = spec.size(k);
                int narrow = spec.features(k, inputSize);
                linear(spec.projection(parameters, k), rows, x, xOffset, inputSize, features[k], narrow);
                linear(spec.tail(parameters, k), rows, features[k], 0, narrow, tails[k], size);
                SoftmaxCrossEntropy.logProbabilities(kernels, rows, size, tails[k], 0);
                for (int row = 0; row < rows; row++) {
                    float cluster = head[row * width + first + k];
                    int to = yOffset + row * spec.outputs() + spec.first(k);
                    for (int v = 0; v < size; v++) {
                        y[to + v] = tails[k][row * size + v] + cluster;
                    }
                }
            }
        }

        private void linear(
                AdaptiveSoftmaxSpec.Linear linear,
                int rows,
                float[] x,
                int xOffset,
                int inputs,
                float[] y,
                int outputs) {
            Tensor bias = linear.bias().tensor();
            kernels.broadcastRow(rows, outputs, bias.data(), bias.offset(), y, 0, outputs);
            kernels.multiply(
                    rows, x, xOffset, inputs, false, linear.weight().packedTranspose(kernels), y, 0, outputs, true);
        }
    }
}
