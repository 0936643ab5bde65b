package io.carousel.cell;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameters;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * One weight of a cell.
 *
 * @param name within one layer, such as {@code weight_ih}; PyTorch's where it has the cell
 * @param shape the shape, with one row for each output of its product
 * @param role what the weight is applied to
 * @param gates the gates whose rows it stacks, in order, each with the same number of rows
 * @param initializer gives the first values when the spec asks for no other
 */
public record CellWeight(String name, Shape shape, Role role, List<String> gates, Initializer initializer) {
    /** What a weight is applied to, which decides how it starts and whether it decays. */
    public enum Role {
        /** A matrix that multiplies the input. */
        INPUT,
        /** A matrix that multiplies the output of the time step before. */
        RECURRENT,
        /** Any other matrix, such as a projection. */
        MATRIX,
        /** Added to pre-activations; starts with the forget bias. */
        BIAS,
        /** A second bias of the same pre-activations, as PyTorch has it; starts at 0. */
        RECURRENT_BIAS,
        /** Multiplies a state element by element, such as a peephole. */
        DIAGONAL,
        /** Multiplies normalised values. */
        GAIN
    }

    public CellWeight {
        gates = List.copyOf(gates);
    }

    /** The weight as a parameter of a layer. */
    public Parameters.Declaration declaration() {
        boolean decays = role == Role.INPUT || role == Role.RECURRENT || role == Role.MATRIX;
        return new Parameters.Declaration(name, shape, decays, initializer);
    }
}
