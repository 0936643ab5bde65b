package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.cell.StatePart;
import io.carousel.kernel.Kernels;
import java.util.List;

/**
 * A function of sequences. Holds neither weights nor state: immutable, safe for any number of threads.
 *
 * <p>Names of parameters and state parts are unique in the network.
 */
public interface Layer {
    /** The width of a row of the output. */
    int outputSize();

    List<Parameters.Declaration> parameters();

    /** What a sequence remembers in this layer, under names of the whole network. */
    List<StatePart> state();

    /** Computes a whole batch, recording itself on the context's tape. */
    Flow forward(Flow input, LayerContext context);

    /** A path of its own for the same function, one time step at a time and without a tape. */
    LayerStepper stepper(Kernels kernels, Parameters parameters, int rows);
}
