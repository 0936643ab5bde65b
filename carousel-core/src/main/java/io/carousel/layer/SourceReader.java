package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;

/** A layer of a decoder that reads the rows of a source, not its last state alone. */
public interface SourceReader {
    /** The name of the layer. */
    String name();

    /** E: the width of a row. */
    int rowSize();

    /**
     * What the layer needs of the rows and can be computed before its first time step.
     *
     * @param rows {@code [N, E]}, one sequence after the other
     * @return {@code [N, any]}, each row of the same row alone
     */
    Variable prepare(Tape tape, Parameters parameters, Variable rows);
}
