package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.cell.CellWeight.Role;
import io.carousel.tensor.Shape;
import java.util.List;

/** What the simple recurrent cells share: {@code z = W x + b + R h + d} and its derivatives, z in their only block. */
final class SimpleRecurrence {
    private static final List<String> GATES = List.of("candidate");
    private static final int WEIGHT_IH = 0;
    private static final int WEIGHT_HH = 1;
    private static final int BIAS_IH = 2;
    private static final int BIAS_HH = 3;

    private SimpleRecurrence() {}

    static List<CellWeight> weights(int inputSize, int hiddenSize, Initializer recurrent) {
        Initializer glorot = Initializer.glorotUniform(1);
        Initializer zero = Initializer.constant(0);
        return List.of(
                new CellWeight("weight_ih", Shape.of(hiddenSize, inputSize), Role.INPUT, GATES, glorot),
                new CellWeight("weight_hh", Shape.of(hiddenSize, hiddenSize), Role.RECURRENT, GATES, recurrent),
                new CellWeight("bias_ih", Shape.of(hiddenSize), Role.BIAS, GATES, zero),
                new CellWeight("bias_hh", Shape.of(hiddenSize), Role.RECURRENT_BIAS, GATES, zero));
    }

    static void input(CellInput s) {
        s.inputProduct(WEIGHT_IH, s.activation(0), BIAS_IH, BIAS_HH);
    }

    static void addRecurrent(CellStep s) {
        s.recurrentProduct(WEIGHT_HH, s.activation(0), true);
    }

    static void recurrentBack(CellStep s) {
        s.recurrentBack(WEIGHT_HH, s.activation(0), false);
    }

    static void sequenceBackward(CellSequence s) {
        s.addWeightGradient(WEIGHT_IH, s.activation(0), s.x());
        s.addWeightGradient(WEIGHT_HH, s.activation(0), s.recurrent());
        s.addBiasGradient(s.activation(0), BIAS_IH, BIAS_HH);
        s.addInputGradient(WEIGHT_IH, s.activation(0));
    }
}
