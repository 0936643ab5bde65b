package io.carousel.cell;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import java.util.List;

/**
 * The equations of one time step of a recurrent network, forward and backward.
 *
 * <p>A layer calls {@link #input} once for the rows of all its time steps, then {@link #step} for each time step in order;
 * in training it then calls {@link #stepBackward} for each time step in reverse order and {@link #sequenceBackward} once.
 * What a cell computes for a row depends on that row only. A cell holds no weights and no state: immutable, safe for any
 * number of threads.
 */
public interface Cell {
    /** The name by which specs choose the cell. */
    String name();

    /** F: the width of a row of the input. */
    int inputSize();

    /** H: the width of a row of the output. */
    int hiddenSize();

    /** The parts of the state; the first is the output. */
    List<StatePart> state();

    /** The gates in the order of their blocks in the weights. */
    List<String> gates();

    /** The weights, under their names within one layer, in the order in which the other methods get them. */
    List<Parameters.Declaration> weights();

    /** The columns of the activations: what {@link #input} writes and {@link #step} turns into gates. */
    int activations();

    /** The columns that {@link #step} keeps for {@link #stepBackward}, beside activations and states. */
    int saved();

    /**
     * What can be computed without the state: the pre-activations that the input causes.
     *
     * @param x {@code [rows, F]}
     * @param z {@code [rows, activations]} out
     */
    void input(Kernels kernels, List<Parameter> weights, int rows, float[] x, int xOffset, float[] z, int zOffset);

    /** One time step: from activations and the previous state to the next state. */
    void step(CellStep step);

    /** The derivative of {@link #step}: see {@link CellStep} for what is read and overwritten. */
    void stepBackward(CellStep step);

    /** The derivatives of the weights and of the input, from those of the activations of all time steps at once. */
    void sequenceBackward(CellSequence sequence);
}
