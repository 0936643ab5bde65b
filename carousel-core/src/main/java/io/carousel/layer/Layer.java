package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.List;

/**
 * A function of sequences. Holds neither weights nor state: immutable, safe for any number of threads.
 *
 * <p>Names of parameters and state parts are unique in the network.
 */
public interface Layer {
    /** The width of a row of the output. */
    int outputSize();

    /** Its weights; none unless a layer says otherwise. */
    default List<Parameters.Declaration> parameters() {
        return List.of();
    }

    /** The weights of other layers that this one uses, too, with the shapes that they must have. */
    default List<Parameters.Declaration> shared() {
        return List.of();
    }

    /** What a sequence remembers in this layer, under names of the whole network; nothing unless a layer says otherwise. */
    default List<StatePart> state() {
        return List.of();
    }

    /** Overwrites those parts of a state of zeros that are learned with what they are before the first time step. */
    default void writeInitialState(Parameters parameters, State state) {}

    /** Computes a whole batch, recording itself on the context's tape. */
    Flow forward(Flow input, LayerContext context);

    /**
     * The names of the layers within that read backward, whose outputs depend on later inputs; {@link #stepper} is only for
     * a layer without.
     */
    default List<String> backward() {
        return List.of();
    }

    /** The layers within that read the rows of a source. */
    default List<SourceReader> readers() {
        return List.of();
    }

    /** A path of its own for the same function, one time step at a time and without a tape. */
    LayerStepper stepper(Kernels kernels, Parameters parameters, int rows);

    /**
     * The path for one sequence, one time step at a time, of a layer that may read backward.
     *
     * @param lookAhead the later inputs that each level which reads backward waits for
     * @param place where the layer stands in the network, such as {@code .1.0}
     */
    default LookAheadStepper lookAhead(Kernels kernels, Parameters parameters, int lookAhead, String place) {
        return new Immediate(stepper(kernels, parameters, 1), state());
    }

    /**
     * The outputs of every time step of a batch, without derivatives.
     *
     * @param layout of sequences that are sorted: index and position are the same
     * @param x {@code [N, F]}
     * @param state overwritten with that after the last time step
     * @return {@code [N, outputSize]}, in an array of its own
     */
    default Tensor predict(Kernels kernels, Parameters parameters, BatchLayout layout, Tensor x, State state) {
        return DirectPath.step(this, kernels, parameters, layout, x, state);
    }
}
