package io.carousel.layer;

import io.carousel.cell.CellStep;

/**
 * What a layer does around each step of its cell, without the cell knowing; belongs to one run over one batch.
 *
 * <p>Hooks are nested: what comes before a step is called from the outermost in, what comes after it from the innermost out.
 */
interface StepHook {
    /** Follows the step to time step {@code t}; the layer has placed its operands. */
    void place(CellStep step, int t);

    /** Before the cell's step. */
    default void beforeStep(CellStep step) {}

    /** After the cell's step. */
    default void afterStep(CellStep step) {}

    /** Before the cell's backward step, with the gradient of the next state. */
    default void beforeBackward(CellStep step) {}

    /** After the cell's backward step, with the gradient of the previous state. */
    default void afterBackward(CellStep step) {}
}
