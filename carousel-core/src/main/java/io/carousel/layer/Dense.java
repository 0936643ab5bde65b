package io.carousel.layer;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * A linear function of each row.
 *
 * @param name the prefix of its bias
 * @param weightName that of its own weight or, when it is tied, of another layer's
 */
record Dense(String name, String weightName, boolean tied, int inputSize, int outputSize) implements Layer {
    static void requireOutputs(String name, int outputs) {
        if (outputs < 1) {
            throw new IllegalArgumentException("outputs of " + name + " must be positive, got " + outputs);
        }
    }

    @Override
    public List<Parameters.Declaration> parameters() {
        Parameters.Declaration bias =
                new Parameters.Declaration(biasName(), Shape.of(outputSize), false, Initializer.constant(0));
        return tied ? List.of(bias) : List.of(weight(), bias);
    }

    @Override
    public List<Parameters.Declaration> shared() {
        return tied ? List.of(weight()) : List.of();
    }

    private Parameters.Declaration weight() {
        return new Parameters.Declaration(
                weightName, Shape.of(outputSize, inputSize), true, Initializer.glorotUniform(1));
    }

    /** {@code [O, F]}. */
    Parameter weight(Parameters parameters) {
        return parameters.get(weightName);
    }

    /** {@code [O]}. */
    Parameter bias(Parameters parameters) {
        return parameters.get(biasName());
    }

    private String biasName() {
        return name + ".bias";
    }

    @Override
    public Flow forward(Flow input, LayerContext context) {
        Parameters parameters = context.parameters();
        return new Flow(
                Operations.linear(context.tape(), input.rows(), weight(parameters), bias(parameters)), input.layout());
    }

    @Override
    public LayerStepper stepper(Kernels kernels, Parameters parameters, int capacity) {
        Parameter weight = weight(parameters);
        Parameter bias = bias(parameters);
        return new StatelessStepper() {
            @Override
            public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
                kernels.broadcastRow(rows, outputSize, bias.tensor().data(), bias.offset(), y, yOffset, outputSize);
                kernels.multiply(
                        rows,
                        x,
                        xOffset,
                        inputSize,
                        false,
                        weight.packedTranspose(kernels),
                        y,
                        yOffset,
                        outputSize,
                        true);
            }
        };
    }
}
