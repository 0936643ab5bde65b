package io.carousel.layer;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.cell.StatePart;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * A linear function of each row: {@code y = W x + b}, with {@code weight [O, F]} and {@code bias [O]}.
 *
 * @param name the prefix of its parameters, such as {@code head}
 * @param outputs O
 */
public record DenseSpec(String name, int outputs) implements LayerSpec {
    public DenseSpec {
        Names.require(name);
        if (outputs < 1) {
            throw new IllegalArgumentException("outputs of " + name + " must be positive, got " + outputs);
        }
    }

    @Override
    public Layer layer(int inputSize) {
        return new Dense(name, inputSize, outputs);
    }

    private record Dense(String name, int inputSize, int outputSize) implements Layer {
        @Override
        public List<Parameters.Declaration> parameters() {
            return List.of(
                    new Parameters.Declaration(
                            weightName(), Shape.of(outputSize, inputSize), true, Initializer.glorotUniform(1)),
                    new Parameters.Declaration(biasName(), Shape.of(outputSize), false, Initializer.constant(0)));
        }

        @Override
        public List<StatePart> state() {
            return List.of();
        }

        @Override
        public Flow forward(Flow input, LayerContext context) {
            Parameters parameters = context.parameters();
            return new Flow(
                    Operations.linear(
                            context.tape(), input.rows(), parameters.get(weightName()), parameters.get(biasName())),
                    input.layout());
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int capacity) {
            Parameter weight = parameters.get(weightName());
            Parameter bias = parameters.get(biasName());
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

        private String weightName() {
            return name + ".weight";
        }

        private String biasName() {
            return name + ".bias";
        }
    }
}
