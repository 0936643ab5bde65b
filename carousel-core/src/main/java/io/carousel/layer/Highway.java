package io.carousel.layer;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * The gate of a highway connection: see {@link Connection#HIGHWAY}.
 *
 * @param stack the name of the stack
 * @param level the index of the level, from 1
 * @param width O
 */
record Highway(String stack, int level, int width) {
    List<Parameters.Declaration> declarations() {
        return List.of(
                new Parameters.Declaration(weightName(), Shape.of(width, width), true, Initializer.glorotUniform(1)),
                new Parameters.Declaration(
                        biasName(), Shape.of(width), false, Initializer.constant(Connection.FIRST_BIAS)));
    }

    Variable taped(Tape tape, Parameters parameters, Variable x, Variable f) {
        Variable gate = Operations.linear(tape, x, parameters.get(weightName()), parameters.get(biasName()));
        return Operations.mix(tape, gate, f, x);
    }

    Stepper stepper(Kernels kernels, Parameters parameters, int rows) {
        return new Stepper(kernels, parameters.get(weightName()), parameters.get(biasName()), rows, width);
    }

    private String weightName() {
        return stack + ".highway_weight_l" + level;
    }

    private String biasName() {
        return stack + ".highway_bias_l" + level;
    }

    /** The direct path. */
    static final class Stepper {
        private final Kernels kernels;
        private final Parameter weight;
        private final Parameter bias;
        private final int width;
        private final float[] gates;
        private final Slice gate;
        private final Slice x = new Slice();
        private final Slice f = new Slice();

        Stepper(Kernels kernels, Parameter weight, Parameter bias, int rows, int width) {
            this.kernels = kernels;
            this.weight = weight;
            this.bias = bias;
            this.width = width;
            gates = new float[Math.multiplyExact(rows, width)];
            gate = Slice.of(gates, 0, width);
        }

        /** Overwrites f with what is handed on. */
        void step(int rows, float[] xRows, int xOffset, float[] fRows, int fOffset) {
            kernels.broadcastRow(rows, width, bias.tensor().data(), bias.offset(), gates, 0, width);
            kernels.multiply(
                    rows, xRows, xOffset, width, false, weight.packedTranspose(kernels), gates, 0, width, true);
            x.place(xRows, xOffset, width);
            f.place(fRows, fOffset, width);
            kernels.sigmoid(rows, width, gate, gate);
            kernels.mix(rows, width, gate, f, x, f);
        }
    }
}
